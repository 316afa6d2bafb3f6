//! Parses the XML of a feed into a tree within the budget.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;
use quick_xml::errors::Error as XmlError;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::vocabulary::Vocabulary;
use crate::budget::{Budget, Limit};
use crate::source::MAX_DEPTH;
use crate::{Diagnostic, Rule};

/// An element with what is in it.
#[derive(Debug)]
pub(super) struct XmlElement {
    pub(super) vocabulary: Vocabulary,
    /// The name as written, with its prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<XmlNode>,
}

/// A node inside an element.
#[derive(Debug)]
pub(super) enum XmlNode {
    Element(XmlElement),
    Text(String),
}

/// A parsed file.
pub(super) struct XmlFile {
    pub(super) root: XmlElement,
    /// The number of entities that the file defines itself. They are not expanded.
    pub(super) entities: usize,
}

/// Parses a file. References to entities that neither XML nor HTML defines stay as they
/// are written.
///
/// # Errors
///
/// If the file is not well-formed or not complete, nests too deep, or exceeds the budget.
pub(super) fn parse(text: &str, budget: &mut Budget) -> Result<XmlFile, Diagnostic> {
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut builder = TreeBuilder {
        budget,
        namespaces: 0,
        open: Vec::new(),
        root: None,
        entities: 0,
    };
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(read) => read,
            Err(error) => return Err(syntax_error(text, reader.error_position(), &error)),
        };
        if matches!(event, Event::Eof) {
            return builder.finish(text);
        }
        builder.add_event(&namespace, &event)?;
    }
}

struct TreeBuilder<'b> {
    budget: &'b mut Budget,
    /// The number of namespaces declared so far, each of which is compared with later elements.
    namespaces: usize,
    /// The elements around the next node, outermost first.
    open: Vec<XmlElement>,
    root: Option<XmlElement>,
    entities: usize,
}

impl TreeBuilder<'_> {
    fn add_event(
        &mut self,
        namespace: &ResolveResult<'_>,
        event: &Event<'_>,
    ) -> Result<(), Diagnostic> {
        match event {
            Event::Start(start) => self.start_element(namespace, start)?,
            Event::End(_) => self.end_element(),
            Event::Text(text) => self.add_text(&decode(text)),
            Event::CData(text) => self.add_text(&decode(text)),
            Event::GeneralRef(reference) => self.add_text(&resolve_reference(reference)),
            Event::DocType(declarations) => {
                self.entities += decode(declarations).matches("<!ENTITY").count();
            }
            _ => {}
        }
        self.budget.check()
    }

    fn start_element(
        &mut self,
        namespace: &ResolveResult<'_>,
        start: &BytesStart<'_>,
    ) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep_error());
        }
        let name = decode(start.name().as_ref());
        let attributes = read_attributes(start);
        let is_namespace = |(name, _): &&(String, String)| name.starts_with("xmlns");
        let namespaces = attributes.iter().filter(is_namespace).count();
        self.namespaces += namespaces;
        self.budget.spend(Limit::Elements, 1);
        self.budget.spend(Limit::Attributes, attributes.len());
        self.budget.spend(Limit::Namespaces, namespaces);
        self.budget.spend(Limit::Steps, 1 + self.namespaces);
        let root = self.open.first().map_or(name.as_str(), |root| &root.name);
        self.open.push(XmlElement {
            vocabulary: Vocabulary::find(namespace, root),
            name,
            attributes,
            children: Vec::new(),
        });
        Ok(())
    }

    fn end_element(&mut self) {
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(outer) => outer.children.push(XmlNode::Element(element)),
            None => {
                self.root.get_or_insert(element);
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else {
            return;
        };
        match element.children.last_mut() {
            Some(XmlNode::Text(before)) => before.push_str(text),
            _ => element.children.push(XmlNode::Text(text.to_owned())),
        }
    }

    fn finish(self, text: &str) -> Result<XmlFile, Diagnostic> {
        if let Some(element) = self.open.last() {
            return Err(incomplete_error(text, &element.name));
        }
        let root = self.root.ok_or_else(|| incomplete_error(text, "?xml"))?;
        Ok(XmlFile {
            root,
            entities: self.entities,
        })
    }
}

impl XmlElement {
    /// Returns the name without its prefix.
    pub(super) fn local_name(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// Returns the value of an attribute, by its name as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(found, _)| found == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &XmlElement> {
        self.children.iter().filter_map(|child| match child {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    pub(super) fn find(&self, local_name: &str) -> Option<&XmlElement> {
        self.elements()
            .find(|element| element.local_name() == local_name)
    }

    /// Returns all text inside, trimmed.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text.trim().to_owned()
    }

    fn collect_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                XmlNode::Text(own) => text.push_str(own),
                XmlNode::Element(inner) => {
                    inner.collect_text(text);
                    // Texts of an author's name and address are no single word.
                    text.push(' ');
                }
            }
        }
    }

    /// Writes the children as HTML, without the prefixes of their names.
    pub(super) fn write_children(&self) -> String {
        let mut html = String::new();
        self.push_children(&mut html);
        html
    }

    fn push_children(&self, html: &mut String) {
        for child in &self.children {
            match child {
                XmlNode::Text(text) => html.push_str(&escape_html(text)),
                XmlNode::Element(element) => element.push_html(html),
            }
        }
    }

    fn push_html(&self, html: &mut String) {
        let name = self.local_name();
        html.push('<');
        html.push_str(name);
        for (name, value) in &self.attributes {
            html.push_str(&format!(" {name}=\"{}\"", escape_html(value)));
        }
        html.push('>');
        self.push_children(html);
        if !VOID_ELEMENTS.contains(&name) {
            html.push_str(&format!("</{name}>"));
        }
    }
}

/// The elements of HTML without an end tag.
const VOID_ELEMENTS: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

pub(super) fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn decode(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read_attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = start.attributes();
    // Comparing each attribute with all others takes the square of their number.
    attributes.with_checks(false);
    let attributes = attributes.filter_map(Result::ok).map(|attribute| {
        let value = decode(&attribute.value);
        let value = unescape(&value).map_or_else(|_| value.clone(), Cow::into_owned);
        (decode(attribute.key.as_ref()), value)
    });
    attributes.collect()
}

/// Resolves a reference to a character, also by its name in HTML. Others stay as they are written.
fn resolve_reference(reference: &BytesRef<'_>) -> String {
    let name = decode(reference);
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => resolve_entity(&name).unwrap_or_else(|| format!("&{name};")),
    }
}

fn resolve_entity(name: &str) -> Option<String> {
    let (first, second) = NAMED_ENTITIES.get(format!("{name};").as_str())?;
    let characters = [*first, *second].into_iter().filter(|code| *code > 0);
    characters.map(char::from_u32).collect()
}

fn syntax_error(text: &str, position: u64, error: &XmlError) -> Diagnostic {
    let start = usize::try_from(position).unwrap_or(text.len());
    let start = text.floor_char_boundary(start.min(text.len()));
    Diagnostic::error(
        Rule::Document,
        start..start,
        format!("this feed is not well-formed XML: {error}"),
        "download the feed again; if that does not help, report it to the program that writes it",
    )
}

fn incomplete_error(text: &str, name: &str) -> Diagnostic {
    Diagnostic::error(
        Rule::Document,
        text.len()..text.len(),
        format!("this feed ends inside <{name}>: it is not complete"),
        "download the feed again",
    )
}

fn too_deep_error() -> Diagnostic {
    let message = format!("this feed nests elements more than {MAX_DEPTH} deep");
    Diagnostic::without_span(
        Rule::Document,
        message,
        "check that the file is the feed of a news site or newsletter",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_root(text: &str) -> Result<XmlElement, String> {
        let file = parse(text, &mut Budget::default());
        file.map(|file| file.root).map_err(|error| error.message)
    }

    #[test]
    fn text_cdata_and_references_are_one_text() {
        let root = parse_root("<a>b &amp; <![CDATA[<c>]]>&#x64;&eacute;&e; & f</a>").unwrap();
        assert_eq!(root.text(), "b & <c>dé&e; & f");
    }

    #[test]
    fn children_are_written_as_html() {
        let root =
            parse_root("<a><x:p xmlns:x='y' title='&quot;&lt;'>b<x:br/>&lt;c<x:i/></x:p></a>")
                .unwrap();
        assert_eq!(
            root.write_children(),
            "<p xmlns:x=\"y\" title=\"&quot;&lt;\">b<br>&lt;c<i></i></p>"
        );
    }

    #[test]
    fn entities_are_counted_and_not_expanded() {
        let text = "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>";
        let file = parse(text, &mut Budget::default()).unwrap();
        assert_eq!((file.root.text().as_str(), file.entities), ("&d;", 2));
    }

    #[test]
    fn broken_files_are_errors_with_their_lines() {
        for (text, line, message) in [
            ("<a>\n<b></a>", 2, "not well-formed"),
            ("<a>\n<b>\nc", 3, "ends inside <b>"),
            ("\n", 2, "ends inside <?xml>"),
        ] {
            let error = parse(text, &mut Budget::default()).err().unwrap();
            assert!(error.message.contains(message), "{error:?}");
            assert_eq!(error.line(text), Some(line), "{text}");
        }
    }

    #[test]
    fn depth_and_namespaces_are_limited() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        assert!(parse_root(&deep).unwrap_err().contains("200 deep"));
        let namespaces: String = (0..2_001).map(|n| format!("<a xmlns:b{n}='c'/>")).collect();
        let error = parse_root(&format!("<a>{namespaces}</a>")).unwrap_err();
        assert!(error.contains("2000 namespaces"), "{error}");
    }
}
