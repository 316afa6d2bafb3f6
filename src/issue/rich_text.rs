//! The text of a detail: blocks of runs, and their JSON forms.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Href;

/// A block of a detail: a paragraph (in JSON an array of runs) or a bulleted list (in JSON
/// `{"list": [[run, …], …]}`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// One paragraph.
    Paragraph(Vec<Run>),
    /// One bulleted list, with one entry per bullet.
    List(Vec<Vec<Run>>),
}

/// A piece of text in one style: in JSON a string, or an object if it is marked or linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text, including the spaces that separate it from its neighbours.
    pub text: String,
    /// Strong importance, shown bold.
    pub strong: bool,
    /// Emphasis, shown italic.
    pub em: bool,
    /// Computer code or a literal, shown in a fixed-width font.
    pub code: bool,
    /// The source that the text links to.
    pub href: Option<Href>,
}

impl Run {
    /// Creates a run without marks or link.
    pub fn plain(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            ..Run::default()
        }
    }

    /// Returns true if both runs have the same marks and link, so that they can be merged.
    #[must_use]
    pub fn same_style(&self, other: &Run) -> bool {
        (self.strong, self.em, self.code, &self.href)
            == (other.strong, other.em, other.code, &other.href)
    }

    fn is_plain(&self) -> bool {
        !self.strong && !self.em && !self.code && self.href.is_none()
    }
}

/// A marked or linked piece of text.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct MarkedRun {
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    strong: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    em: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    code: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    href: Option<Href>,
}

/// A bulleted list: each bullet is an array of runs.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListBlock {
    list: Vec<Vec<Run>>,
}

// `serde(untagged)` would be shorter, but it buffers every value, which costs bytes in the
// widget, and its error message does not say where the error is.

impl<'de> Deserialize<'de> for Run {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Run, D::Error> {
        struct RunVisitor;
        impl<'de> Visitor<'de> for RunVisitor {
            type Value = Run;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("text, or an object with \"text\"")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Run, E> {
                Ok(Run::plain(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Run, A::Error> {
                let MarkedRun {
                    text,
                    strong,
                    em,
                    code,
                    href,
                } = MarkedRun::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Run {
                    text,
                    strong,
                    em,
                    code,
                    href,
                })
            }
        }
        deserializer.deserialize_any(RunVisitor)
    }
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Block, D::Error> {
        struct BlockVisitor;
        impl<'de> Visitor<'de> for BlockVisitor {
            type Value = Block;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a paragraph (an array), or an object with \"list\"")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Block, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Block::Paragraph)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Block, A::Error> {
                let ListBlock { list } = ListBlock::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Block::List(list))
            }
        }
        deserializer.deserialize_any(BlockVisitor)
    }
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_plain() {
            return serializer.serialize_str(&self.text);
        }
        let Run {
            text,
            strong,
            em,
            code,
            href,
        } = self.clone();
        MarkedRun {
            text,
            strong,
            em,
            code,
            href,
        }
        .serialize(serializer)
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Block::Paragraph(runs) => runs.serialize(serializer),
            Block::List(list) => ListBlock { list: list.clone() }.serialize(serializer),
        }
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
        let block = Block::List(vec![vec![Run::plain("one")], vec![Run::plain("two")]]);
        let expected = json!({ "list": [["one"], ["two"]] });
        assert_eq!(serde_json::to_value(&block).unwrap(), expected);
        assert_eq!(Block::deserialize(&expected).unwrap(), block);
    }

    #[test]
    fn wrong_shape_error_says_what_was_expected() {
        let error = Block::deserialize(&json!(7)).unwrap_err().to_string();
        assert!(
            error.contains("expected a paragraph (an array), or an object with \"list\""),
            "{error}"
        );
        let error = Run::deserialize(&json!([])).unwrap_err().to_string();
        assert!(
            error.contains("expected text, or an object with \"text\""),
            "{error}"
        );
    }
}
