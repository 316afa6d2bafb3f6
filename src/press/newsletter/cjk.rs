//! What Markdown does not know of scripts without spaces between words.

use std::borrow::Cow;

use crate::cjk::{is_chinese_or_japanese, is_hangul, is_symbol};

/// A Markdown text in which every `**` beside Chinese, Japanese or Korean characters is seen as a mark.
///
/// CommonMark takes `**` for the start or the end of a mark by the spaces and the punctuation beside it, so
/// that `これは**「重要」**です` has no bold: before 「 there is no space. The amendment that its maintainers
/// were offered (“CJK-friendly emphasis”) takes punctuation for a letter if there is such a character on
/// one of both sides. Here a sign that is never part of a text is put between `**` and that punctuation,
/// which is a letter to the parser; it is taken out of what the parser finds.
pub(crate) struct Separated<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Where the signs are in the text, in order.
    signs: Vec<usize>,
}

/// A noncharacter, which Unicode keeps out of texts.
const SIGN: char = '\u{fdd0}';

impl<'a> Separated<'a> {
    pub(crate) fn of(text: &'a str) -> Separated<'a> {
        let gaps = if text.contains(SIGN) {
            Vec::new()
        } else {
            gaps(text)
        };
        if gaps.is_empty() {
            return Separated {
                text: Cow::Borrowed(text),
                signs: gaps,
            };
        }
        let mut separated = String::with_capacity(text.len() + gaps.len() * SIGN.len_utf8());
        let mut signs = Vec::new();
        let mut start = 0;
        for gap in gaps {
            separated.push_str(&text[start..gap]);
            signs.push(separated.len());
            separated.push(SIGN);
            start = gap;
        }
        separated.push_str(&text[start..]);
        Separated {
            text: Cow::Owned(separated),
            signs,
        }
    }

    /// Where a place in this text is in the original one.
    pub(crate) fn original(&self, offset: usize) -> usize {
        offset - SIGN.len_utf8() * self.signs.partition_point(|sign| *sign < offset)
    }

    /// A piece of this text without the signs.
    pub(crate) fn without_signs(text: &str) -> Option<String> {
        text.contains(SIGN).then(|| text.replace(SIGN, ""))
    }
}

/// Where punctuation is beside `*` that is to be seen as a letter.
fn gaps(text: &str) -> Vec<usize> {
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
        // A backslash there takes the meaning from the asterisk behind it.
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
    fn the_places_are_those_of_the_original() {
        let source = "a は**「重要」**です *b*";
        let separated = Separated::of(source);
        let marks: Vec<_> = separated
            .text
            .match_indices("**")
            .map(|(at, _)| separated.original(at))
            .collect();
        assert_eq!(
            marks,
            source
                .match_indices("**")
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        );
        assert_eq!(separated.original(separated.text.len()), source.len());
        assert_eq!(
            Separated::without_signs(&separated.text).as_deref(),
            Some(source)
        );
    }

    #[test]
    fn a_text_without_such_characters_is_left_alone() {
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
                matches!(Separated::of(text).text, Cow::Borrowed(_)),
                "{text}"
            );
        }
    }
}
