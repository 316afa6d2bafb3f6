//! The JSON forms of blocks and runs.
//!
//! `serde(untagged)` would be shorter, but it buffers every value, which costs bytes in the widget,
//! and its error message does not say where the error is. A derived struct for each kind of object
//! would cost about 1,500 bytes more than this one reader.

use std::{fmt, mem};

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lines::split_item;
use crate::{Block, Href, Image, List, Run, Table};

/// A piece of text in one style, marked or linked.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct MarkedRun<'a> {
    text: &'a str,
    /// Strong importance, shown bold.
    #[serde(default, skip_serializing_if = "is_false")]
    strong: bool,
    /// Emphasis, shown italic.
    #[serde(default, skip_serializing_if = "is_false")]
    em: bool,
    /// Computer code or a literal, shown in a fixed-width font.
    #[serde(default, skip_serializing_if = "is_false")]
    code: bool,
    /// Superscript.
    #[serde(default, skip_serializing_if = "is_false")]
    sup: bool,
    /// Subscript.
    #[serde(default, skip_serializing_if = "is_false")]
    sub: bool,
    /// Text that no longer applies, shown struck through.
    #[serde(default, skip_serializing_if = "is_false")]
    del: bool,
    /// The source that the text links to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    href: Option<&'a Href>,
}

/// A list: bulleted, or numbered if it has `start`.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListBlock<'a> {
    list: Vec<Item<'a>>,
    /// The number of the first item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
}

/// An item of a list: the runs of its first paragraph, then blocks.
pub(crate) struct Item<'a>(&'a [Block]);

/// A quotation.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct QuoteBlock<'a> {
    quote: &'a [Block],
}

/// Text that keeps its spaces and line ends, such as code.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct PreBlock<'a> {
    pre: &'a [Run],
}

/// A heading inside the text.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct HeadingBlock<'a> {
    heading: &'a [Run],
}

/// A table. A row is an array of cells, and a cell is an array of runs.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct TableBlock<'a> {
    table: &'a [Vec<Vec<Run>>],
    /// The column headings.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    head: &'a [Vec<Run>],
}

/// A picture inside the text.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ImageBlock<'a> {
    image: &'a Image,
}

/// A value inside a text.
enum Node {
    Run(Run),
    Array(Vec<Node>),
    Block(Block),
}

/// Every object of a text, before its kind is known.
#[derive(Default)]
struct Object {
    text: Option<String>,
    /// The marks and the link of the text.
    style: Run,
    start: Option<u32>,
    head: Vec<Node>,
    image: Option<Image>,
    /// The key of a block, such as “list”, and its array.
    block: Option<(String, Vec<Node>)>,
}

impl Object {
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        key: String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        if let Some(mark) = self.style.find_mark(&key) {
            *mark = map.next_value()?;
            return Ok(());
        }
        match &*key {
            "text" => self.text = map.next_value()?,
            "href" => self.style.href = map.next_value()?,
            "start" => self.start = map.next_value()?,
            "head" => self.head = map.next_value()?,
            "image" => self.image = map.next_value()?,
            "list" | "quote" | "pre" | "heading" | "table" => {
                self.block = Some((key, map.next_value()?));
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn into_node<E: Error>(self) -> Result<Node, E> {
        if let Some(text) = self.text {
            return Ok(Node::Run(Run { text, ..self.style }));
        }
        if let Some(image) = self.image {
            return Ok(Node::Block(Block::Image(image)));
        }
        let Some((key, nodes)) = self.block else {
            // A block of a later version: it shows nothing.
            return Ok(Node::Block(Block::Paragraph(Vec::new())));
        };
        Ok(Node::Block(match &*key {
            "list" => Block::List(List {
                start: self.start,
                items: convert(nodes, into_item)?,
            }),
            "quote" => Block::Quote(convert(nodes, into_block)?),
            "pre" => Block::Preformatted(convert(nodes, into_run)?),
            "heading" => Block::Heading(convert(nodes, into_run)?),
            _ => Block::Table(Table {
                head: into_row(Node::Array(self.head))?,
                rows: convert(nodes, into_row)?,
            }),
        }))
    }
}

fn convert<T, E>(nodes: Vec<Node>, into: fn(Node) -> Result<T, E>) -> Result<Vec<T>, E> {
    nodes.into_iter().map(into).collect()
}

fn into_run<E: Error>(node: Node) -> Result<Run, E> {
    match node {
        Node::Run(run) => Ok(run),
        other => Err(other.report_instead("text, or an object with \"text\"")),
    }
}

fn into_block<E: Error>(node: Node) -> Result<Block, E> {
    match node {
        Node::Array(runs) => convert(runs, into_run).map(Block::Paragraph),
        Node::Block(block) => Ok(block),
        run @ Node::Run(_) => {
            Err(run.report_instead("a paragraph (an array), or a block (an object)"))
        }
    }
}

/// A run behind a block would have no place: it is a paragraph.
fn into_item<E: Error>(node: Node) -> Result<Vec<Block>, E> {
    let mut blocks = Vec::new();
    let mut runs = Vec::new();
    for node in node.into_array()? {
        match node {
            Node::Run(run) if blocks.is_empty() => runs.push(run),
            Node::Run(run) => blocks.push(Block::Paragraph(vec![run])),
            other => {
                if !runs.is_empty() {
                    blocks.push(Block::Paragraph(mem::take(&mut runs)));
                }
                blocks.push(into_block(other)?);
            }
        }
    }
    if !runs.is_empty() {
        blocks.push(Block::Paragraph(runs));
    }
    Ok(blocks)
}

fn into_row<E: Error>(node: Node) -> Result<Vec<Vec<Run>>, E> {
    convert(node.into_array()?, |cell| {
        convert(cell.into_array()?, into_run)
    })
}

impl Node {
    fn into_array<E: Error>(self) -> Result<Vec<Node>, E> {
        match self {
            Node::Array(nodes) => Ok(nodes),
            other => Err(other.report_instead("an array")),
        }
    }

    /// Returns the error for this value in the place of another.
    fn report_instead<E: Error>(self, expected: &str) -> E {
        let found = match self {
            Node::Run(_) => "text",
            Node::Array(_) => "an array",
            Node::Block(_) => "a block",
        };
        Error::invalid_type(Unexpected::Other(found), &expected)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text, an array or an object")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Run(Run::plain(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Node, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Node::Array)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut object = Object::default();
        while let Some(key) = map.next_key()? {
            object.read_field(key, &mut map)?;
        }
        object.into_node()
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

impl<'de> Deserialize<'de> for Run {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Run, D::Error> {
        into_run(Node::deserialize(deserializer)?)
    }
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Block, D::Error> {
        into_block(Node::deserialize(deserializer)?)
    }
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.has_marks() && self.href.is_none() {
            return serializer.serialize_str(&self.text);
        }
        MarkedRun {
            text: &self.text,
            strong: self.strong,
            em: self.em,
            code: self.code,
            sup: self.sup,
            sub: self.sub,
            del: self.del,
            href: self.href.as_ref(),
        }
        .serialize(serializer)
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Block::Paragraph(runs) => runs.serialize(serializer),
            Block::List(List { start, items }) => ListBlock {
                list: items.iter().map(|item| Item(item)).collect(),
                start: *start,
            }
            .serialize(serializer),
            Block::Quote(quote) => QuoteBlock { quote }.serialize(serializer),
            Block::Preformatted(pre) => PreBlock { pre }.serialize(serializer),
            Block::Heading(heading) => HeadingBlock { heading }.serialize(serializer),
            Block::Image(image) => ImageBlock { image }.serialize(serializer),
            Block::Table(Table { head, rows }) => {
                TableBlock { table: rows, head }.serialize(serializer)
            }
        }
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (runs, blocks) = split_item(self.0);
        let mut seq = serializer.serialize_seq(Some(runs.len() + blocks.len()))?;
        for run in runs {
            seq.serialize_element(run)?;
        }
        for block in blocks {
            seq.serialize_element(block)?;
        }
        seq.end()
    }
}

// Serde passes the field by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain(text: &str) -> Block {
        Block::Paragraph(vec![Run::plain(text)])
    }

    #[test]
    fn every_block_survives_a_round_trip() {
        for json in [
            json!({ "list": [["one"], ["two"]], "start": 3 }),
            json!({ "list": [["one", { "list": [["nested"]] }], [{ "quote": [["two"]] }, ["three"]]] }),
            json!({ "list": [["one", { "text": "two", "em": true }, ["three"]]] }),
            json!({ "quote": [["one"], { "list": [["two"]] }] }),
            json!({ "pre": ["fn main() {\n    ", { "text": "exit", "strong": true }, "();\n}"] }),
            json!({ "heading": ["Economy"] }),
            json!({ "table": [[["1"], [{ "text": "2", "sup": true }]]], "head": [["A"], ["B"]] }),
            json!({ "table": [[["1"], []]] }),
            json!({ "image": {
                "src": "radar.jpg", "alt": "A radar site", "width": 6, "height": 4,
                "href": "https://example.com/", "caption": ["At ", { "text": "dusk", "em": true }],
                "credit": { "text": "Japan Times" },
            } }),
            json!([{ "text": "10", "sub": true }, { "text": "old", "del": true, "code": true }]),
        ] {
            let block = Block::deserialize(&json).unwrap();
            assert_eq!(serde_json::to_value(&block).unwrap(), json);
        }
    }

    #[test]
    fn block_of_a_later_version_is_empty() {
        let block = Block::deserialize(&json!({ "poll": ["Yes", "No"] })).unwrap();
        assert_eq!(block, Block::Paragraph(Vec::new()));
    }

    #[test]
    fn plain_run_is_a_string_and_marked_run_an_object() {
        let linked = Run {
            href: Some(Href::new("https://example.com/")),
            ..Run::plain("loans")
        };
        let block = Block::Paragraph(vec![
            Run::plain("a "),
            Run {
                strong: true,
                ..Run::plain("b")
            },
            linked,
        ]);
        let expected = json!([
            "a ",
            { "text": "b", "strong": true },
            { "text": "loans", "href": "https://example.com/" },
        ]);
        assert_eq!(serde_json::to_value(&block).unwrap(), expected);
        assert_eq!(Block::deserialize(&expected).unwrap(), block);
    }

    #[test]
    fn list_is_an_object() {
        let block = Block::List(List {
            start: None,
            items: vec![vec![plain("one")], vec![plain("two")]],
        });
        let expected = json!({ "list": [["one"], ["two"]] });
        assert_eq!(serde_json::to_value(&block).unwrap(), expected);
        assert_eq!(Block::deserialize(&expected).unwrap(), block);
    }

    #[test]
    fn wrong_shape_error_says_what_was_expected() {
        let error = Block::deserialize(&json!(7)).unwrap_err().to_string();
        assert!(
            error.contains("expected text, an array or an object"),
            "{error}"
        );
        let error = Run::deserialize(&json!([])).unwrap_err().to_string();
        assert!(
            error.contains("expected text, or an object with \"text\""),
            "{error}"
        );
    }
}
