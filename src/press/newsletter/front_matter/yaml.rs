use saphyr_parser::{Event, Parser};

use super::{Entry, Unreadable};
use crate::newsletter::markdown::Span;

/// The keys of a YAML document, in the order of the text.
///
/// It is read as events and not as values, since the volume 1.10 would be the number 1.1.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, Unreadable> {
    let offsets = Offsets::of(text);
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let start = offsets.byte(error.marker().index());
            Unreadable { message: error.info().to_owned(), span: start..text.len() }
        })?;
        reader.event(event, offsets.byte(span.start.index())..offsets.byte(span.end.index()));
    }
    if reader.is_mapping || text.trim().is_empty() {
        return Ok(reader.entries);
    }
    Err(Unreadable { message: "expected lines such as “title: Digest”".to_owned(), span: 0..text.len() })
}

/// Where each character of a text begins: YAML's parser counts in characters.
struct Offsets {
    bytes: Vec<usize>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Offsets {
        Offsets { bytes: text.char_indices().map(|(offset, _)| offset).collect(), end: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.end)
    }
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
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
            Event::Scalar(text, ..) => self.node(Some(text.into_owned()), span),
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
            Some((name, start)) => self.entries.push(Entry { name, value: text, span: start..span.end }),
        }
    }
}
