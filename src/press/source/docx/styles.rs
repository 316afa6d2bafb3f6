//! The named styles of a document, and the properties of paragraphs and runs.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use super::xml::{attribute, child, elements, switch, value};

/// The styles of a document by their ids.
#[derive(Default)]
pub(crate) struct Styles<'a> {
    styles: HashMap<&'a str, Properties<'a>>,
}

/// The properties that a style, a paragraph or a run sets.
#[derive(Clone, Copy, Default)]
pub(crate) struct Properties<'a> {
    based_on: Option<&'a str>,
    pub(crate) is_title: bool,
    /// The level of a heading, from 0.
    pub(crate) outline: Option<usize>,
    pub(crate) numbering: Option<&'a str>,
    pub(crate) level: Option<usize>,
    /// The indent of the text in twentieths of a point.
    pub(crate) indent: Option<i64>,
    pub(crate) strong: Option<bool>,
    pub(crate) em: Option<bool>,
    pub(crate) hidden: Option<bool>,
}

impl<'a> Styles<'a> {
    pub(crate) fn parse(parts: &'a [Xml<'a>]) -> Styles<'a> {
        let nodes = parts.iter().flat_map(|part| elements(part.root_element()));
        let styles =
            nodes.filter_map(|node| Some((attribute(node, "styleId")?, parse_style(node))));
        Styles {
            styles: styles.collect(),
        }
    }

    /// Returns the properties of a style, including those it inherits.
    pub(crate) fn get(&self, id: &str) -> Properties<'a> {
        /// Limits chains, which may be circular.
        const MAX_CHAIN: usize = 20;
        let mut found = Properties::default();
        let mut next = self.styles.get(id);
        for _ in 0..MAX_CHAIN {
            let Some(style) = next else { break };
            found = found.or(style);
            next = style.based_on.and_then(|id| self.styles.get(id));
        }
        found
    }
}

impl<'a> Properties<'a> {
    /// Parses the `pPr` of a paragraph.
    pub(crate) fn from_paragraph(node: Node<'a, 'a>) -> Properties<'a> {
        let numbering = child(node, "numPr");
        let indent =
            child(node, "ind").and_then(|ind| attribute(ind, "left").or(attribute(ind, "start")));
        Properties {
            outline: value(node, "outlineLvl").and_then(|level| level.parse().ok()),
            numbering: numbering.and_then(|numbering| value(numbering, "numId")),
            level: numbering.and_then(|numbering| value(numbering, "ilvl")?.parse().ok()),
            indent: indent.and_then(|indent| indent.parse().ok()),
            ..Properties::default()
        }
    }

    /// Parses the `rPr` of a run.
    pub(crate) fn from_run(node: Node<'a, 'a>) -> Properties<'a> {
        Properties {
            strong: switch(node, "b"),
            em: switch(node, "i"),
            hidden: switch(node, "vanish"),
            ..Properties::default()
        }
    }

    /// Fills the properties that are not set from `other`.
    pub(crate) fn or(self, other: &Properties<'a>) -> Properties<'a> {
        Properties {
            based_on: None,
            is_title: self.is_title || other.is_title,
            outline: self.outline.or(other.outline),
            numbering: self.numbering.or(other.numbering),
            level: self.level.or(other.level),
            indent: self.indent.or(other.indent),
            strong: self.strong.or(other.strong),
            em: self.em.or(other.em),
            hidden: self.hidden.or(other.hidden),
        }
    }
}

fn parse_style<'a>(node: Node<'a, 'a>) -> Properties<'a> {
    let paragraph = child(node, "pPr")
        .map(Properties::from_paragraph)
        .unwrap_or_default();
    let text = child(node, "rPr")
        .map(Properties::from_run)
        .unwrap_or_default();
    Properties {
        based_on: value(node, "basedOn"),
        // Word translates the names of built-in styles only on the screen.
        is_title: value(node, "name").is_some_and(|name| name.eq_ignore_ascii_case("title")),
        ..paragraph.or(&text)
    }
}
