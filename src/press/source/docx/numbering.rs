//! The markers and indents of lists.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use super::xml::{attribute, child, elements, value};

/// The formats of a document's lists, by list and level.
#[derive(Default)]
pub(crate) struct Numbering {
    levels: HashMap<(String, usize), ListLevel>,
}

/// The format of one level of a list.
#[derive(Clone, Copy)]
pub(crate) struct ListLevel {
    pub(crate) marker: Marker,
    /// The indent of the text in twentieths of a point.
    pub(crate) indent: Option<i64>,
}

/// The marker before an item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    Bullet,
    Number,
    /// No marker: some programs write further paragraphs of an item like this.
    None,
}

impl Numbering {
    pub(crate) fn parse(parts: &[Xml<'_>]) -> Numbering {
        let roots = || parts.iter().flat_map(|part| elements(part.root_element()));
        let abstracts: HashMap<_, _> = roots()
            .filter_map(|node| Some((attribute(node, "abstractNumId")?, node)))
            .collect();
        let mut levels = HashMap::new();
        for list in roots() {
            let Some(id) = attribute(list, "numId") else {
                continue;
            };
            let base = value(list, "abstractNumId").and_then(|id| abstracts.get(id).copied());
            // A list's own levels override the levels of the list that it is based on.
            let overrides = elements(list).filter(|node| node.tag_name().name() == "lvlOverride");
            for node in base.into_iter().chain(overrides).flat_map(elements) {
                if let Some(level) = attribute(node, "ilvl").and_then(|level| level.parse().ok()) {
                    levels.insert((id.to_owned(), level), parse_level(node));
                }
            }
        }
        Numbering { levels }
    }

    /// Returns the format of a list's level; a list that is not defined has bullets.
    pub(crate) fn level(&self, list: &str, level: usize) -> ListLevel {
        let found = self.levels.get(&(list.to_owned(), level)).copied();
        found.unwrap_or(ListLevel {
            marker: Marker::Bullet,
            indent: None,
        })
    }
}

fn parse_level(node: Node<'_, '_>) -> ListLevel {
    let text = value(node, "lvlText").unwrap_or_default();
    let marker = match value(node, "numFmt") {
        // U+F020 is the space of the font Symbol.
        _ if text
            .trim_matches(|character: char| character.is_whitespace() || character == '\u{f020}')
            .is_empty()
            && child(node, "lvlPicBulletId").is_none() =>
        {
            Marker::None
        }
        Some("bullet" | "none") => Marker::Bullet,
        _ => Marker::Number,
    };
    let indent = child(node, "pPr").and_then(|properties| child(properties, "ind"));
    let indent = indent.and_then(|indent| attribute(indent, "left").or(attribute(indent, "start")));
    ListLevel {
        marker,
        indent: indent.and_then(|indent| indent.parse().ok()),
    }
}
