//! Lines and columns of byte offsets, as editors show them.

use std::ops::Range;

/// A range of a text by lines and columns. The end is behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// A line and a column, both from 1. Columns count Unicode code points, so 日 is one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The lines and characters of a text, counted once: a file can have thousands of diagnostics, and
/// all of its text can be in one line.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    text: &'a str,
    /// The offsets at which lines begin.
    lines: Vec<usize>,
    /// The number of characters before each block of [`BLOCK`] bytes.
    characters: Vec<usize>,
}

/// The distance between counts of characters, in bytes.
const BLOCK: usize = 1024;

impl Default for LineIndex<'_> {
    /// The index of an empty text, which has one line as well.
    fn default() -> Self {
        LineIndex::new("")
    }
}

impl<'a> LineIndex<'a> {
    pub(crate) fn new(text: &'a str) -> LineIndex<'a> {
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        let counts = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let count = *before;
            *before += count_characters(block);
            Some(count)
        });
        LineIndex {
            text,
            lines: std::iter::once(0).chain(breaks).collect(),
            characters: counts.collect(),
        }
    }

    /// Returns true if it is an index of this very text.
    pub(crate) fn is_for(&self, text: &str) -> bool {
        std::ptr::eq(self.text, text)
    }

    /// Converts `span`, in bytes of the text.
    pub(crate) fn region(&self, span: &Range<usize>) -> Region {
        Region {
            start: self.position(span.start),
            end: self.position(span.end.max(span.start)),
        }
    }

    fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[..line].last().copied().unwrap_or_default();
        Position {
            line,
            column: 1 + self.characters_before(offset) - self.characters_before(start),
        }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset);
        let before = self.characters.get(block).copied();
        match (before, rest) {
            (Some(before), Some(rest)) => before + count_characters(rest),
            // The end of a text that fills its last block.
            _ => self.text.chars().count(),
        }
    }
}

/// Counts the bytes that begin a character.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "日米\r\n- [同盟](#) a";
        let start = text.find('[').unwrap();
        let region = LineIndex::new(text).region(&(start..text.find(" a").unwrap()));
        assert_eq!(region.start, Position { line: 2, column: 3 });
        assert_eq!(
            region.end,
            Position {
                line: 2,
                column: 10
            }
        );
        assert_eq!(
            LineIndex::new(text).region(&(0..3)).end,
            Position { line: 1, column: 2 }
        );
    }

    #[test]
    fn any_span_has_a_region() {
        let text = "\u{feff}日\n\u{1f30f}\n";
        for start in 0..text.len() + 2 {
            for end in 0..text.len() + 2 {
                let Region { start, end } = LineIndex::new(text).region(&(start..end));
                assert!((start.line, start.column) <= (end.line, end.column));
            }
        }
    }

    #[test]
    fn empty_text_has_one_line() {
        let first = Position { line: 1, column: 1 };
        for index in [LineIndex::new(""), LineIndex::default()] {
            assert_eq!(index.region(&(0..0)).start, first);
        }
    }

    #[test]
    fn columns_are_counted_across_blocks() {
        for length in [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let text = "日".repeat(length) + "\n" + &"a".repeat(length);
            let index = LineIndex::new(&text);
            let end = index.region(&(0..text.len())).end;
            assert_eq!((end.line, end.column), (2, length + 1));
            let end = index.region(&(0..3 * length)).end;
            assert_eq!((end.line, end.column), (1, length + 1));
        }
    }
}
