use std::ops::Range;

/// A part of a text by lines and columns, as editors count them: both from 1, columns in characters
/// (Unicode code points, so that 日 is one), and the end column behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Region {
    /// Where `span`, in bytes of `text`, is.
    pub(crate) fn of(text: &str, span: &Range<usize>) -> Region {
        Region {
            start: Position::of(text, span.start),
            end: Position::of(text, span.end.max(span.start)),
        }
    }
}

impl Position {
    fn of(text: &str, offset: usize) -> Position {
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
    fn columns_count_characters_and_not_bytes() {
        let text = "日米\r\n- [同盟](#) a";
        let start = text.find('[').unwrap();
        let region = Region::of(text, &(start..text.find(" a").unwrap()));
        assert_eq!(region.start, Position { line: 2, column: 3 });
        assert_eq!(
            region.end,
            Position {
                line: 2,
                column: 10
            }
        );
        assert_eq!(
            Region::of(text, &(0..3)).end,
            Position { line: 1, column: 2 }
        );
    }

    #[test]
    fn any_span_has_a_region() {
        let text = "\u{feff}日\n\u{1f30f}\n";
        for start in 0..text.len() + 2 {
            for end in 0..text.len() + 2 {
                let Region { start, end } = Region::of(text, &(start..end));
                assert!((start.line, start.column) <= (end.line, end.column));
            }
        }
    }
}
