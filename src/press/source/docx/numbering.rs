//! The markers and indents of lists.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use super::xml::{attribute, child, elements, value};

/// The formats of a document's lists.
///
/// Many lists can be based on the same abstract list, so its levels are kept once.
#[derive(Default)]
pub(crate) struct Numbering<'a> {
    abstracts: HashMap<&'a str, Levels>,
    lists: HashMap<&'a str, NumberedList<'a>>,
}

/// A list: the id of the abstract list that it is based on, and the levels that differ.
struct NumberedList<'a> {
    base: Option<&'a str>,
    overrides: Levels,
}

type Levels = HashMap<usize, ListLevel>;

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

impl<'a> Numbering<'a> {
    pub(crate) fn parse(parts: &'a [Xml<'a>]) -> Numbering<'a> {
        let roots = || parts.iter().flat_map(|part| elements(part.root_element()));
        let abstracts = roots().filter_map(|node| {
            let id = attribute(node, "abstractNumId")?;
            Some((id, parse_levels(elements(node))))
        });
        let lists = roots().filter_map(|node| {
            let overrides = elements(node).filter(|node| node.tag_name().name() == "lvlOverride");
            let list = NumberedList {
                base: value(node, "abstractNumId"),
                overrides: parse_levels(overrides.flat_map(elements)),
            };
            Some((attribute(node, "numId")?, list))
        });
        Numbering {
            abstracts: abstracts.collect(),
            lists: lists.collect(),
        }
    }

    /// Returns the format of a list's level; a list that is not defined has bullets.
    pub(crate) fn level(&self, list: &str, level: usize) -> ListLevel {
        self.find_level(list, level).unwrap_or(ListLevel {
            marker: Marker::Bullet,
            indent: None,
        })
    }

    fn find_level(&self, list: &str, level: usize) -> Option<ListLevel> {
        let list = self.lists.get(list)?;
        let base = || self.abstracts.get(list.base?)?.get(&level);
        list.overrides.get(&level).or_else(base).copied()
    }
}

fn parse_levels<'a>(nodes: impl Iterator<Item = Node<'a, 'a>>) -> Levels {
    let levels = nodes.filter_map(|node| {
        let level = attribute(node, "ilvl")?.parse().ok()?;
        Some((level, parse_level(node)))
    });
    levels.collect()
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
