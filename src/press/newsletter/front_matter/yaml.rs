use saphyr_parser::{Event, Parser};

use super::{Entry, FrontMatterError, Settings};
use crate::newsletter::markdown::Span;

/// The keys and the comments of a YAML document, in the order of the text.
///
/// It is read as events and not as values, since the volume 1.10 would be the number 1.1.
pub(super) fn settings(text: &str) -> Result<Settings, FrontMatterError> {
    let offsets = Offsets::of(text);
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let start = offsets.byte(error.marker().index());
            FrontMatterError {
                message: error.info().to_owned(),
                span: start..text.len(),
            }
        })?;
        reader.event(
            event,
            offsets.byte(span.start.index())..offsets.byte(span.end.index()),
        );
    }
    if reader.is_mapping || reader.texts.is_empty() {
        return Ok(Settings {
            entries: reader.entries,
            comments: comments(text, &reader.texts),
        });
    }
    Err(FrontMatterError {
        message: "expected lines such as “title: Digest”".to_owned(),
        span: 0..text.len(),
    })
}

/// The comments: each begins with a “#” at the start of a line or behind a space, but in none of the
/// `texts`, and ends with its line. The parser passes over them.
fn comments(text: &str, texts: &[Span]) -> Vec<Span> {
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

/// Where each character of a text begins: YAML's parser counts in characters.
struct Offsets {
    bytes: Vec<usize>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Offsets {
        Offsets {
            bytes: text.char_indices().map(|(offset, _)| offset).collect(),
            end: text.len(),
        }
    }

    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.end)
    }
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// The places of all keys and values that are single texts.
    texts: Vec<Span>,
    /// Whether the document is a mapping, of keys to values.
    is_mapping: bool,
    /// How many mappings and sequences are open.
    depth: usize,
    /// The key whose value is to come.
    key: Option<(String, usize)>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                self.is_mapping |= self.depth == 0 && matches!(event, Event::MappingStart(..));
                self.depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.depth -= 1;
                self.node(None, span);
            }
            Event::Scalar(text, ..) => {
                self.texts.push(span.clone());
                self.node(Some(text.into_owned()), span);
            }
            Event::Alias(_) => self.node(None, span),
            _ => {}
        }
    }

    /// A whole key or value, if it is one of the document's own.
    fn node(&mut self, text: Option<String>, span: Span) {
        if self.depth != 1 || !self.is_mapping {
            return;
        }
        match self.key.take() {
            None => self.key = Some((text.unwrap_or_default(), span.start)),
            Some((name, start)) => self.entries.push(Entry {
                name,
                value: text,
                span: start..span.end,
            }),
        }
    }
}
