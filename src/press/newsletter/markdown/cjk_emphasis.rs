//! Bold and italics beside Chinese, Japanese and Korean characters, which CommonMark misses.

use std::borrow::Cow;

use crate::cjk::{is_chinese_or_japanese, is_hangul, is_symbol};

/// A Markdown text in which every `**` beside Chinese, Japanese or Korean characters is a mark.
///
/// CommonMark decides by the spaces and the punctuation beside `**` whether it starts or ends a
/// mark. So `これは**「重要」**です` has no bold: there is no space before 「. The proposed amendment
/// (“CJK-friendly emphasis”) treats punctuation as a letter if one side has such a character. Here
/// a separator, which the parser takes for a letter, is put between `**` and the punctuation, and
/// removed from the parser's events.
pub(super) struct SeparatedText<'a> {
    pub(super) text: Cow<'a, str>,
    /// The offsets of the separators in the text, in order.
    separators: Vec<usize>,
}

/// A noncharacter, which Unicode keeps out of texts.
const SEPARATOR: char = '\u{fdd0}';

impl<'a> SeparatedText<'a> {
    pub(super) fn new(text: &'a str) -> SeparatedText<'a> {
        let gaps = if text.contains(SEPARATOR) {
            Vec::new()
        } else {
            find_gaps(text)
        };
        if gaps.is_empty() {
            return SeparatedText {
                text: Cow::Borrowed(text),
                separators: gaps,
            };
        }
        let mut separated = String::with_capacity(text.len() + gaps.len() * SEPARATOR.len_utf8());
        let mut separators = Vec::new();
        let mut start = 0;
        for gap in gaps {
            separated.push_str(&text[start..gap]);
            separators.push(separated.len());
            separated.push(SEPARATOR);
            start = gap;
        }
        separated.push_str(&text[start..]);
        SeparatedText {
            text: Cow::Owned(separated),
            separators,
        }
    }

    /// Maps an offset in this text to the offset in the original one.
    pub(super) fn original_offset(&self, offset: usize) -> usize {
        let before = self.separators.partition_point(|start| *start < offset);
        offset - SEPARATOR.len_utf8() * before
    }

    /// Removes the separators from a piece of this text; `None` if it has none.
    pub(super) fn without_separators(text: &str) -> Option<String> {
        text.contains(SEPARATOR)
            .then(|| text.replace(SEPARATOR, ""))
    }
}

/// Returns the offsets between `*` and punctuation that needs a separator.
fn find_gaps(text: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut end = 0;
    while let Some(length) = text[end..].find('*') {
        let start = end + length;
        end = start
            + text[start..]
                .find(|character| character != '*')
                .unwrap_or(text.len() - start);
        let (Some(before), Some(after)) = (
            text[..start].chars().next_back(),
            text[end..].chars().next(),
        ) else {
            continue;
        };
        if !is_cjk(before) && !is_cjk(after) {
            continue;
        }
        // A backslash escapes the asterisk behind it.
        if is_symbol(before) && before != '\\' {
            gaps.push(start);
        }
        if is_symbol(after) {
            gaps.push(end);
        }
    }
    gaps
}

fn is_cjk(character: char) -> bool {
    is_chinese_or_japanese(character) || is_hangul(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_map_to_the_original_text() {
        let source = "a は**「重要」**です *b*";
        let separated = SeparatedText::new(source);
        let marks: Vec<_> = separated
            .text
            .match_indices("**")
            .map(|(at, _)| separated.original_offset(at))
            .collect();
        assert_eq!(
            marks,
            source
                .match_indices("**")
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        );
        assert_eq!(
            separated.original_offset(separated.text.len()),
            source.len()
        );
        assert_eq!(
            SeparatedText::without_separators(&separated.text).as_deref(),
            Some(source)
        );
    }

    #[test]
    fn text_without_cjk_emphasis_is_not_copied() {
        for text in [
            "a **\"b\"** c",
            "***",
            "* 「a」",
            "は*は",
            "は\u{fdd0}**「",
            "*",
            "",
        ] {
            assert!(
                matches!(SeparatedText::new(text).text, Cow::Borrowed(_)),
                "{text}"
            );
        }
    }
}
