use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use super::xml::{attribute, child, elements, value};

/// How the lists of a document look, by list and level.
#[derive(Default)]
pub(crate) struct Numbering {
    levels: HashMap<(String, usize), Level>,
}

/// How one level of a list looks.
#[derive(Clone, Copy)]
pub(crate) struct Level {
    pub(crate) marker: Marker,
    /// How far the text is from the margin, in twentieths of a point.
    pub(crate) indent: Option<i64>,
}

/// What stands before an item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    Bullet,
    Number,
    /// Nothing: some programs write the further paragraphs of an item so.
    Nothing,
}

impl Numbering {
    pub(crate) fn read(parts: &[Xml<'_>]) -> Numbering {
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
            // A list may look other than what it is based on, so its own levels come last.
            let overrides = elements(list).filter(|node| node.tag_name().name() == "lvlOverride");
            for node in base.into_iter().chain(overrides).flat_map(elements) {
                if let Some(level) = attribute(node, "ilvl").and_then(|level| level.parse().ok()) {
                    levels.insert((id.to_owned(), level), look(node));
                }
            }
        }
        Numbering { levels }
    }

    /// How the items of a list look; one that is not described has bullets.
    pub(crate) fn level(&self, list: &str, level: usize) -> Level {
        let found = self.levels.get(&(list.to_owned(), level)).copied();
        found.unwrap_or(Level {
            marker: Marker::Bullet,
            indent: None,
        })
    }
}

fn look(node: Node<'_, '_>) -> Level {
    let text = value(node, "lvlText").unwrap_or_default();
    let marker = match value(node, "numFmt") {
        // The blank of the font Symbol is one of these as well.
        _ if text
            .trim_matches(|character: char| character.is_whitespace() || character == '\u{f020}')
            .is_empty()
            && child(node, "lvlPicBulletId").is_none() =>
        {
            Marker::Nothing
        }
        Some("bullet" | "none") => Marker::Bullet,
        _ => Marker::Number,
    };
    let indent = child(node, "pPr").and_then(|properties| child(properties, "ind"));
    let indent = indent.and_then(|indent| attribute(indent, "left").or(attribute(indent, "start")));
    Level {
        marker,
        indent: indent.and_then(|indent| indent.parse().ok()),
    }
}
