//! The formats of lists, as the numbering part defines them.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use super::styles::{Styles, is_short};
use super::xml::{attribute, child, elements, switch, value};

/// The number of levels that a list can have.
pub(crate) const MAX_LEVELS: usize = 9;

/// The formats of a document's lists.
///
/// Many lists can be based on the same abstract list, so its levels are kept once.
#[derive(Default)]
pub(crate) struct Numbering<'a> {
    abstracts: HashMap<&'a str, AbstractList<'a>>,
    lists: HashMap<&'a str, NumberedList<'a>>,
}

struct AbstractList<'a> {
    levels: Levels<'a>,
    /// The style whose list has the levels instead.
    style_link: Option<&'a str>,
    /// The levels of paragraph styles.
    styles: HashMap<&'a str, usize>,
}

/// A list: the id of the abstract list that it is based on, and what differs.
struct NumberedList<'a> {
    base: Option<&'a str>,
    overrides: Levels<'a>,
    starts: HashMap<usize, usize>,
}

type Levels<'a> = HashMap<usize, ListLevel<'a>>;

/// The format of one level of a list.
#[derive(Clone, Copy)]
pub(crate) struct ListLevel<'a> {
    /// The notation of its numbers: a name, `bullet`, or the first numbers.
    pub(crate) notation: &'a str,
    /// The marker, with `%1` for the number of the first level.
    pub(crate) text: &'a str,
    pub(crate) has_picture: bool,
    pub(crate) start: usize,
    /// The level, counted from 1, whose items restart the numbers. 0 if none does.
    pub(crate) restart: Option<usize>,
    /// True if all numbers of the marker are decimal.
    pub(crate) is_decimal: bool,
    /// True if the text follows without a space.
    pub(crate) is_tight: bool,
    /// The indent of the text in twentieths of a point.
    pub(crate) indent: Option<i64>,
}

impl<'a> Numbering<'a> {
    pub(crate) fn parse(parts: &'a [Xml<'a>], styles: &Styles<'a>) -> Numbering<'a> {
        let roots = || parts.iter().flat_map(|part| elements(part.root_element()));
        let abstracts = roots().filter_map(|node| {
            Some((attribute(node, "abstractNumId")?, AbstractList::parse(node)))
        });
        let lists =
            roots().filter_map(|node| Some((attribute(node, "numId")?, NumberedList::parse(node))));
        let mut numbering = Numbering {
            abstracts: abstracts.collect(),
            lists: lists.collect(),
        };
        numbering.follow_style_links(styles);
        numbering
    }

    /// Bases lists that a style defines on the abstract list of that style.
    fn follow_style_links(&mut self, styles: &Styles<'a>) {
        let find_base = |base: &str| {
            let style = self.abstracts.get(base)?.style_link?;
            let list = styles.resolve(Some(style)).paragraph.numbering?;
            self.lists.get(list)?.base
        };
        let links = self
            .lists
            .iter()
            .filter_map(|(id, list)| Some((*id, find_base(list.base?)?)));
        for (id, base) in links.collect::<Vec<_>>() {
            if let Some(list) = self.lists.get_mut(id) {
                list.base = Some(base);
            }
        }
    }

    /// Returns the id of the abstract list that a list is based on: such lists count together.
    pub(crate) fn base(&self, list: &str) -> Option<&'a str> {
        self.lists.get(list)?.base
    }

    pub(crate) fn level(&self, list: &str, level: usize) -> Option<ListLevel<'a>> {
        let list = self.lists.get(list)?;
        let base = || self.abstracts.get(list.base?)?.levels.get(&level);
        list.overrides.get(&level).or_else(base).copied()
    }

    /// Returns the level that is defined for a paragraph style.
    pub(crate) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let base = self.abstracts.get(self.base(list)?)?;
        base.styles.get(style).copied()
    }

    /// Returns the number with which this list restarts a level.
    pub(crate) fn start_override(&self, list: &str, level: usize) -> Option<usize> {
        self.lists.get(list)?.starts.get(&level).copied()
    }
}

impl<'a> AbstractList<'a> {
    fn parse(node: Node<'a, 'a>) -> AbstractList<'a> {
        let styles = elements(node)
            .filter_map(|level| Some((value(level, "pStyle")?, read_number(level, "ilvl")?)));
        AbstractList {
            levels: parse_levels(elements(node)),
            style_link: value(node, "numStyleLink"),
            styles: styles.collect(),
        }
    }
}

impl<'a> NumberedList<'a> {
    fn parse(node: Node<'a, 'a>) -> NumberedList<'a> {
        let overrides = || elements(node).filter(|node| node.tag_name().name() == "lvlOverride");
        let starts = overrides().filter_map(|level| {
            let start = value(level, "startOverride")?.parse().ok()?;
            Some((read_number(level, "ilvl")?, start))
        });
        NumberedList {
            base: value(node, "abstractNumId").filter(|id| is_short(id)),
            overrides: parse_levels(overrides().flat_map(elements)),
            starts: starts.collect(),
        }
    }
}

fn parse_levels<'a>(nodes: impl Iterator<Item = Node<'a, 'a>>) -> Levels<'a> {
    let levels = nodes.filter_map(|node| Some((read_number(node, "ilvl")?, parse_level(node))));
    levels.collect()
}

fn read_number<'a>(node: Node<'a, 'a>, name: &str) -> Option<usize> {
    attribute(node, name)?.parse().ok()
}

fn parse_level<'a>(node: Node<'a, 'a>) -> ListLevel<'a> {
    let number = |name| value(node, name).and_then(|number| number.parse().ok());
    let notation = child(node, "numFmt");
    let notation =
        notation.and_then(|notation| attribute(notation, "format").or(attribute(notation, "val")));
    let indent = child(node, "pPr").and_then(|properties| child(properties, "ind"));
    let indent = indent.and_then(|indent| attribute(indent, "left").or(attribute(indent, "start")));
    ListLevel {
        notation: notation
            .filter(|notation| is_short(notation))
            .unwrap_or("decimal"),
        text: value(node, "lvlText").unwrap_or_default(),
        has_picture: child(node, "lvlPicBulletId").is_some(),
        start: number("start").unwrap_or(0),
        restart: number("lvlRestart"),
        is_decimal: switch(node, "isLgl") == Some(true),
        is_tight: value(node, "suff") == Some("nothing"),
        indent: indent.and_then(|indent| indent.parse().ok()),
    }
}
