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

impl Region {
    /// Converts `span`, in bytes of `text`.
    pub(crate) fn from_span(text: &str, span: &Range<usize>) -> Region {
        Region {
            start: Position::from_offset(text, span.start),
            end: Position::from_offset(text, span.end.max(span.start)),
        }
    }
}

impl Position {
    fn from_offset(text: &str, offset: usize) -> Position {
        let before = text.get(..text.floor_char_boundary(offset)).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Position {
            line: 1 + before.matches('\n').count(),
            column: 1 + line.chars().count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "日米\r\n- [同盟](#) a";
        let start = text.find('[').unwrap();
        let region = Region::from_span(text, &(start..text.find(" a").unwrap()));
        assert_eq!(region.start, Position { line: 2, column: 3 });
        assert_eq!(
            region.end,
            Position {
                line: 2,
                column: 10
            }
        );
        assert_eq!(
            Region::from_span(text, &(0..3)).end,
            Position { line: 1, column: 2 }
        );
    }

    #[test]
    fn any_span_has_a_region() {
        let text = "\u{feff}日\n\u{1f30f}\n";
        for start in 0..text.len() + 2 {
            for end in 0..text.len() + 2 {
                let Region { start, end } = Region::from_span(text, &(start..end));
                assert!((start.line, start.column) <= (end.line, end.column));
            }
        }
    }
}
