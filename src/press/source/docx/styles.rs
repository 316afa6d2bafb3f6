//! The named styles of a document, and the properties of paragraphs.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node};

use super::text_style::TextProperties;
use super::xml::{attribute, child, elements, value};

/// The styles of a document by their ids.
#[derive(Default)]
pub(crate) struct Styles<'a> {
    styles: HashMap<&'a str, NamedStyle<'a>>,
    /// The style of paragraphs that name none.
    default_paragraph: Option<&'a str>,
    /// The properties of all text.
    pub(crate) text_defaults: TextProperties<'a>,
}

/// A style, with the properties that it inherits once it is resolved.
#[derive(Clone, Copy, Default)]
pub(crate) struct NamedStyle<'a> {
    based_on: Option<&'a str>,
    pub(crate) paragraph: ParagraphProperties<'a>,
    pub(crate) text: TextProperties<'a>,
}

/// The properties that a style or a paragraph sets.
#[derive(Clone, Copy, Default)]
pub(crate) struct ParagraphProperties<'a> {
    pub(crate) is_title: bool,
    /// The level of a heading, from 0.
    pub(crate) outline: Option<usize>,
    pub(crate) numbering: Option<&'a str>,
    pub(crate) level: Option<usize>,
    /// The indent of the text in twentieths of a point.
    pub(crate) indent: Option<i64>,
}

impl<'a> Styles<'a> {
    pub(crate) fn parse(parts: &'a [Xml<'a>]) -> Styles<'a> {
        let mut styles = Styles::default();
        for node in parts.iter().flat_map(|part| elements(part.root_element())) {
            match attribute(node, "styleId") {
                Some(id) => styles.add_style(id, node),
                None if node.tag_name().name() == "docDefaults" => {
                    styles.text_defaults = parse_defaults(node).unwrap_or_default();
                }
                None => {}
            }
        }
        styles
    }

    fn add_style(&mut self, id: &'a str, node: Node<'a, 'a>) {
        self.styles.insert(id, NamedStyle::parse(node));
        let is_default = matches!(attribute(node, "default"), Some("1" | "true" | "on"));
        if is_default && attribute(node, "type") == Some("paragraph") {
            self.default_paragraph = Some(id);
        }
    }

    /// Returns a style with the properties it inherits, or an empty one without an id.
    pub(crate) fn resolve(&self, id: Option<&str>) -> NamedStyle<'a> {
        /// Limits chains, which may be circular.
        const MAX_CHAIN: usize = 20;
        let mut found = NamedStyle::default();
        let mut next = id.and_then(|id| self.find(id));
        for _ in 0..MAX_CHAIN {
            let Some(style) = next else { break };
            found.paragraph = found.paragraph.or(&style.paragraph);
            found.text = found.text.or(&style.text);
            next = style.based_on.and_then(|id| self.find(id));
        }
        found
    }

    fn find(&self, id: &str) -> Option<&NamedStyle<'a>> {
        is_short(id).then(|| self.styles.get(id))?
    }

    /// Returns the id of a paragraph's style from its `pPr`.
    pub(crate) fn paragraph_style(&self, properties: Option<Node<'a, 'a>>) -> Option<&'a str> {
        let named = properties.and_then(|properties| value(properties, "pStyle"));
        named.or(self.default_paragraph)
    }
}

impl<'a> NamedStyle<'a> {
    fn parse(node: Node<'a, 'a>) -> NamedStyle<'a> {
        let paragraph = child(node, "pPr").map(ParagraphProperties::parse);
        // Word translates the names of built-in styles only on the screen.
        let is_title = value(node, "name").is_some_and(|name| name.eq_ignore_ascii_case("title"));
        NamedStyle {
            based_on: value(node, "basedOn"),
            paragraph: ParagraphProperties {
                is_title,
                ..paragraph.unwrap_or_default()
            },
            text: TextProperties::parse(child(node, "rPr")),
        }
    }
}

impl<'a> ParagraphProperties<'a> {
    /// Parses the `pPr` of a paragraph.
    pub(crate) fn parse(node: Node<'a, 'a>) -> ParagraphProperties<'a> {
        let numbering = child(node, "numPr");
        let indent =
            child(node, "ind").and_then(|ind| attribute(ind, "left").or(attribute(ind, "start")));
        ParagraphProperties {
            is_title: false,
            outline: value(node, "outlineLvl").and_then(|level| level.parse().ok()),
            numbering: numbering
                .and_then(|numbering| value(numbering, "numId"))
                .filter(|id| is_short(id)),
            level: numbering.and_then(|numbering| value(numbering, "ilvl")?.parse().ok()),
            indent: indent.and_then(|indent| indent.parse().ok()),
        }
    }

    /// Fills the properties that are not set from `other`.
    pub(crate) fn or(self, other: &ParagraphProperties<'a>) -> ParagraphProperties<'a> {
        ParagraphProperties {
            is_title: self.is_title || other.is_title,
            outline: self.outline.or(other.outline),
            numbering: self.numbering.or(other.numbering),
            level: self.level.or(other.level),
            indent: self.indent.or(other.indent),
        }
    }

    /// Returns the level of a heading, from 1. Only outline levels below 9 are headings.
    pub(crate) fn heading(&self) -> Option<usize> {
        match self.outline {
            Some(level @ 0..9) => Some(level + 1),
            _ => self.is_title.then_some(1),
        }
    }
}

/// Returns true for the length of real ids: many lookups of a very long one would take hours.
pub(crate) fn is_short(id: &str) -> bool {
    id.len() <= 255
}

fn parse_defaults<'a>(node: Node<'a, 'a>) -> Option<TextProperties<'a>> {
    let properties = child(child(node, "rPrDefault")?, "rPr");
    Some(TextProperties::parse(properties))
}
