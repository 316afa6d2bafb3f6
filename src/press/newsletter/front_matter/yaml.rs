//! Front matter in YAML.

use saphyr_parser::{Event, Parser};

use super::settings::{FrontMatterError, RawEntry, Settings};
use crate::source_map::Span;

/// Parses the keys and the comments of a YAML document, in the order of the text.
///
/// It reads events and not values, since as a number the volume 1.10 would be 1.1.
pub(super) fn parse_settings(text: &str) -> Result<Settings, FrontMatterError> {
    let offsets = ByteOffsets::new(text);
    let mut reader = YamlReader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let start = offsets.find_byte(error.marker().index());
            FrontMatterError {
                message: error.info().to_owned(),
                span: start..text.len(),
            }
        })?;
        reader.read_event(
            event,
            offsets.find_byte(span.start.index())..offsets.find_byte(span.end.index()),
        );
    }
    if reader.is_mapping || reader.texts.is_empty() {
        return Ok(Settings {
            entries: reader.entries,
            comments: find_comments(text, &reader.texts),
        });
    }
    Err(FrontMatterError {
        message: "expected lines such as “title: Digest”".to_owned(),
        span: 0..text.len(),
    })
}

/// Finds the comments, which the parser skips. Each begins with a “#” at the start of a line or
/// behind a space, outside of all `texts`, and ends with its line.
fn find_comments(text: &str, texts: &[Span]) -> Vec<Span> {
    let mut comments: Vec<Span> = Vec::new();
    for (start, _) in text.match_indices('#') {
        let is_apart = text[..start]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        let above = texts.partition_point(|text| text.start <= start);
        let is_text = texts[..above].last().is_some_and(|text| start < text.end);
        let goes_on = comments.last().is_some_and(|comment| start < comment.end);
        if is_apart && !is_text && !goes_on {
            let line = text[start..].lines().next().unwrap_or_default();
            comments.push(start..start + line.trim_end().len());
        }
    }
    comments
}

/// The byte offset of each character: the YAML parser counts in characters.
struct ByteOffsets {
    bytes: Vec<usize>,
    end: usize,
}

impl ByteOffsets {
    fn new(text: &str) -> ByteOffsets {
        ByteOffsets {
            bytes: text.char_indices().map(|(offset, _)| offset).collect(),
            end: text.len(),
        }
    }

    fn find_byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.end)
    }
}

#[derive(Default)]
struct YamlReader {
    entries: Vec<RawEntry>,
    /// The spans of all keys and values that are single texts.
    texts: Vec<Span>,
    /// True if the document is a mapping from keys to values.
    is_mapping: bool,
    /// Number of open mappings and sequences.
    depth: usize,
    /// The key whose value comes next, and its offset.
    key: Option<(String, usize)>,
}

impl YamlReader {
    fn read_event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                self.is_mapping |= self.depth == 0 && matches!(event, Event::MappingStart(..));
                self.depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.depth -= 1;
                self.add_node(None, span);
            }
            Event::Scalar(text, ..) => {
                self.texts.push(span.clone());
                self.add_node(Some(text.into_owned()), span);
            }
            Event::Alias(_) => self.add_node(None, span),
            _ => {}
        }
    }

    /// Adds a key or value of the outermost mapping.
    fn add_node(&mut self, text: Option<String>, span: Span) {
        if self.depth != 1 || !self.is_mapping {
            return;
        }
        match self.key.take() {
            None => self.key = Some((text.unwrap_or_default(), span.start)),
            Some((name, start)) => self.entries.push(RawEntry {
                name,
                value: text,
                span: start..span.end,
            }),
        }
    }
}
