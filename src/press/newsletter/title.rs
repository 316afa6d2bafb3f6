use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// What stands before the number of a volume, in titles and labels.
const MARKERS: [&str; 8] = ["volume", "vol", "number", "no", "issue", "№", "#", "第"];

/// What may stand between a title and its volume, or around that.
const SEPARATORS: &str = "-–—―|~〜:：,，、・";
const OPENING: &str = "([{【（〔「『";
const CLOSING: &str = ")]}】）〕」』";

/// How many bytes of a title are searched for a volume.
const LONGEST_VOLUME: usize = 60;

/// A title without the volume in it, if there is one, and the volume: “Digest -Vol 1.9-” is “Digest” and
/// “1.9”. The volume is at the start or at the end, and a marker says that it is one.
pub(crate) fn split(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match volume_at_end(text).or_else(|| volume_at_start(text)) {
        Some((title, volume)) => (title, Some(volume)),
        None => (text, None),
    }
}

/// Whether a text says nothing but the title `known`, or a part of it, and numbers.
pub(crate) fn repeats(text: &str, known: &str) -> bool {
    let known: HashSet<_> = words(known).collect();
    let (shared, others): (Vec<_>, Vec<_>) =
        words(split(text).0).partition(|word| known.contains(word));
    !shared.is_empty() && others.iter().all(|word| word.chars().all(is_digit))
}

/// Where the volume is in a text that is nothing but one: “Vol. 1.5”, “Volume 3, No. 4”, “第12号”.
pub(crate) fn volume_alone(text: &str) -> Option<Range<usize>> {
    let (number, end) = volume(text)?;
    text[end..].trim().is_empty().then_some(number)
}

/// The words of a text, in lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let words = text.split(|character: char| !character.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

fn volume_at_end(text: &str) -> Option<(&str, &str)> {
    let end = text.trim_end_matches(|sign| is_one_of(sign, &[SEPARATORS, CLOSING]) || sign == '.');
    let starts = end.char_indices().map(|(start, _)| start);
    starts
        .filter(|start| end.len() - start <= LONGEST_VOLUME && is_start_of_word(end, *start))
        .find_map(|start| {
            let number = volume_alone(&end[start..])?;
            let title =
                end[..start].trim_end_matches(|sign| is_one_of(sign, &[SEPARATORS, OPENING]));
            (!title.is_empty()).then_some((title, &end[start..][number]))
        })
}

fn volume_at_start(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(|sign| is_one_of(sign, &[SEPARATORS, OPENING]));
    let (number, end) = volume(text)?;
    let title = text[end..].trim_start_matches(|sign| is_one_of(sign, &[SEPARATORS, CLOSING]));
    let between = &text[end..text.len() - title.len()];
    (!between.trim().is_empty() && !title.is_empty()).then(|| (title, &text[number]))
}

/// “Moscow 5” does not end in “No 5” in any spelling, but “ダイジェストVol.3” ends in a volume.
fn is_start_of_word(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    let begins_word = text[start..].starts_with(|first: char| first.is_ascii_alphabetic());
    !begins_word || before.is_none_or(|before| !before.is_ascii_alphanumeric())
}

fn is_one_of(sign: char, signs: &[&str]) -> bool {
    sign.is_whitespace() || signs.iter().any(|signs| signs.contains(sign))
}

/// Where the volume is that the text begins with, and where the text goes on.
fn volume(text: &str) -> Option<(Range<usize>, usize)> {
    let (number, mut end) = numbered(text, 0)?;
    let mut last = number.end;
    // “Volume 3, No. 4” is one volume.
    while let Some((next, next_end)) = numbered(text, end) {
        (last, end) = (next.end, next_end);
    }
    Some((number.start..last, end))
}

/// Where the number is behind the next marker from `start` on, and where the text goes on.
fn numbered(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let rest = text[start..].trim_start_matches(|sign| is_one_of(sign, &[",，、"]));
    let marker = MARKERS.iter().find(|marker| {
        rest.get(..marker.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(marker))
    })?;
    let rest = rest[marker.len()..].trim_start_matches(|sign| is_one_of(sign, &[".:："]));
    let length = rest
        .find(|sign: char| !is_digit(sign) && sign != '.')
        .unwrap_or(rest.len());
    let digits = rest[..length].trim_end_matches('.');
    if !digits.starts_with(is_digit) {
        return None;
    }
    let number = text.len() - rest.len()..text.len() - rest.len() + digits.len();
    let rest = &rest[digits.len()..];
    let end = text.len() - rest.len();
    match (*marker, rest.chars().next()) {
        ("第", Some(counter @ ('号' | '巻'))) => Some((number, end + counter.len_utf8())),
        ("第", _) => None,
        // “No 5th” has no number.
        (_, next) => next
            .is_none_or(|next| !next.is_alphanumeric())
            .then_some((number, end)),
    }
}

/// In full width as well, as it is typed in Japanese.
fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_hold_the_volume() {
        for (text, title, volume) in [
            (
                "US-Japan Alliance Digest -Vol 1.9-",
                "US-Japan Alliance Digest",
                "1.9",
            ),
            (
                "US-Japan Alliance Digest – Vol. 1.10",
                "US-Japan Alliance Digest",
                "1.10",
            ),
            ("Digest (US) (Volume 3, No. 4)", "Digest (US)", "3, No. 4"),
            (
                "Bitcoin Optech Newsletter #353",
                "Bitcoin Optech Newsletter",
                "353",
            ),
            ("#04 - NixOS Weekly", "NixOS Weekly", "04"),
            ("Issue 12: The Digest", "The Digest", "12"),
            ("日米同盟ダイジェスト第12号", "日米同盟ダイジェスト", "12"),
            (
                "【第３巻第４号】日米同盟ダイジェスト",
                "日米同盟ダイジェスト",
                "３巻第４",
            ),
            ("ダイジェストVol.3", "ダイジェスト", "3"),
        ] {
            assert_eq!(split(text), (title, Some(volume)), "{text}");
        }
    }

    #[test]
    fn a_number_without_a_marker_is_no_volume() {
        for text in [
            "This Week in Rust 510",
            "Plano 5",
            "Digest",
            "Vol 1.5",
            "Vol. one",
            "No 5th",
            "#",
            "No 10 Downing Street",
            "第一回 1",
            "",
        ] {
            assert_eq!(split(text), (text, None));
        }
    }

    #[test]
    fn a_long_title_takes_no_long_time() {
        let text = "no 1 ".repeat(200_000);
        assert_eq!(split(&text).0.len(), text.trim().len() - 60);
    }
}
