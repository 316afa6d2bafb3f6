//! Splits a text into matches and the text between them, whole or around its first match.

use std::ops::Range;

use crate::cluster::find_cluster_bounds;
use crate::word::{is_letter, is_unspaced};

/// A part of a text that is a match, or is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptPiece {
    /// The text as it is written.
    pub text: String,
    /// True if it belongs into a `<mark>`.
    pub is_match: bool,
}

const ELLIPSIS: &str = "…";

/// Splits a whole text, such as a headline, at the matches that
/// [`find_matches`](crate::find_matches) found.
pub fn split_pieces(text: &str, matches: &[Range<usize>]) -> Vec<ExcerptPiece> {
    split_range(text, 0..text.len(), matches)
}

/// Returns the part of a text around its first match, or its beginning if it has none.
///
/// It has at most `max_chars` characters, each with its marks, and an ellipsis where it was cut. It
/// is cut between words if it can be. A short text is returned whole.
pub fn make_excerpt(text: &str, matches: &[Range<usize>], max_chars: usize) -> Vec<ExcerptPiece> {
    let bounds = find_cluster_bounds(text);
    if bounds.len() <= max_chars + 1 {
        return split_pieces(text, matches);
    }
    let range = choose_range(text, &bounds, matches.first(), max_chars);
    let mut pieces = split_range(text, trim_range(text, range.clone()), matches);
    if range.start > 0 {
        add_ellipsis(&mut pieces, 0);
    }
    if range.end < text.len() {
        let end = pieces.len();
        add_ellipsis(&mut pieces, end);
    }
    pieces
}

/// Returns the range of an excerpt: a third of it is before the match.
fn choose_range(
    text: &str,
    bounds: &[usize],
    first_match: Option<&Range<usize>>,
    max_chars: usize,
) -> Range<usize> {
    let count = bounds.len() - 1;
    let find_bound = |at: usize| bounds.partition_point(|bound| *bound < at);
    let matched = first_match.map_or(0..1, |found| find_bound(found.start)..find_bound(found.end));
    let wanted = matched.start.saturating_sub(max_chars / 3);
    let start = wanted.min(count - max_chars);
    let end = start + max_chars;
    let mut before_match = start..end.min(matched.start + 1);
    let mut after_match = (matched.end..end + 1).rev();
    let can_cut = |place: &usize| can_cut_at(text, bounds[*place]);
    let start = before_match.find(can_cut).unwrap_or(start);
    let end = after_match.find(can_cut).unwrap_or(end);
    bounds[start]..bounds[end]
}

/// Returns true between words, and between letters of scripts without spaces.
fn can_cut_at(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    before.is_whitespace()
        || after.is_whitespace()
        || (is_unspaced(before) || is_unspaced(after)) && is_letter(after)
}

fn trim_range(text: &str, range: Range<usize>) -> Range<usize> {
    let cut = &text[range.clone()];
    let start = range.start + (cut.len() - cut.trim_start().len());
    start..start + cut.trim().len()
}

fn split_range(text: &str, range: Range<usize>, matches: &[Range<usize>]) -> Vec<ExcerptPiece> {
    let mut pieces = Vec::new();
    let mut done = range.start;
    for found in matches {
        let start = found.start.clamp(done, range.end);
        let end = found.end.clamp(start, range.end);
        push_piece(&mut pieces, text, done..start, false);
        push_piece(&mut pieces, text, start..end, true);
        done = end;
    }
    push_piece(&mut pieces, text, done..range.end, false);
    pieces
}

/// Adds a piece unless it is empty.
fn push_piece(pieces: &mut Vec<ExcerptPiece>, text: &str, range: Range<usize>, is_match: bool) {
    let text = text.get(range).unwrap_or_default();
    if !text.is_empty() {
        pieces.push(ExcerptPiece {
            text: text.to_owned(),
            is_match,
        });
    }
}

fn add_ellipsis(pieces: &mut Vec<ExcerptPiece>, place: usize) {
    pieces.insert(
        place,
        ExcerptPiece {
            text: ELLIPSIS.to_owned(),
            is_match: false,
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{NativeNormalizer, fold_text, hostile_strings};
    use crate::{find_matches, split_terms};

    fn find(text: &str, query: &str) -> Vec<Range<usize>> {
        find_matches(text, &split_terms(&fold_text(query)), &NativeNormalizer)
    }

    /// Writes matches in brackets.
    fn show(pieces: &[ExcerptPiece]) -> String {
        let show_piece = |piece: &ExcerptPiece| match piece.is_match {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(show_piece).collect()
    }

    #[test]
    fn whole_texts_are_split_at_their_matches() {
        for (text, query, expected) in [
            ("", "a", ""),
            ("Rust", "rust", "[Rust]"),
            ("A café, a Café", "cafe", "A [café], a [Café]"),
            ("Rust", "wasm", "Rust"),
            ("新幹線が開通", "開通 新幹線", "[新幹線]が[開通]"),
        ] {
            let pieces = split_pieces(text, &find(text, query));
            assert_eq!(show(&pieces), expected, "{query} in {text}");
        }
    }

    #[test]
    fn excerpts_are_cut_between_words_around_the_match() {
        let english = "The quick brown fox jumps over the lazy dog and runs away";
        for (text, query, max_chars, expected) in [
            ("short text", "text", 20, "short [text]"),
            (english, "jumps", 20, "…fox [jumps] over the…"),
            (english, "quick", 20, "The [quick] brown fox…"),
            (english, "away", 20, "…dog and runs [away]"),
            (english, "nothing", 20, "The quick brown fox…"),
            (
                english,
                "jumps dog",
                30,
                "…brown fox [jumps] over the lazy…",
            ),
            (english, "the", 12, "[The] quick…"),
            ("a Donaudampfschifffahrt b", "schiff", 9, "…mpf[schiff]…"),
            ("Donaudampfschifffahrt", "donaudampf", 5, "[Donau]…"),
            (
                "北陸新幹線が敦賀まで開通した。",
                "敦賀",
                7,
                "…線が[敦賀]まで開…",
            ),
            (
                "첫째 소식 한국 뉴스 여기 있습니다",
                "한국",
                9,
                "…소식 [한국] 뉴스…",
            ),
            (
                "قالت الحكومة اليوم إن الأخبار جيدة",
                "اليوم",
                14,
                "…[اليوم] إن…",
            ),
            (
                "e\u{301}e\u{301}e\u{301} ab cd ef",
                "zz",
                6,
                "e\u{301}e\u{301}e\u{301} ab…",
            ),
            ("ab cd ef", "zz", 0, "…"),
        ] {
            let pieces = make_excerpt(text, &find(text, query), max_chars);
            assert_eq!(show(&pieces), expected, "{query} in {text}");
        }
    }

    #[test]
    fn excerpts_of_hostile_strings_are_parts_of_them() {
        let texts = hostile_strings();
        for text in &texts {
            for query in &texts {
                let found = find(text, query);
                for max_chars in [0, 1, 2, 5, 40] {
                    let pieces = make_excerpt(text, &found, max_chars);
                    let excerpt: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
                    let excerpt = excerpt.strip_prefix(ELLIPSIS).unwrap_or(&excerpt);
                    let excerpt = excerpt.strip_suffix(ELLIPSIS).unwrap_or(excerpt);
                    assert!(text.contains(excerpt), "{excerpt:?} of {text:?}");
                    assert!(find_cluster_bounds(excerpt).len() <= max_chars.max(text.len()) + 1);
                }
            }
        }
    }

    #[test]
    fn ranges_of_another_text_do_not_panic() {
        for range in [1..2, 0..9, 7..9, 30..40, 5..5] {
            split_pieces("é日本 e", std::slice::from_ref(&range));
            make_excerpt("é日本 e日本", &[range], 3);
        }
    }
}
