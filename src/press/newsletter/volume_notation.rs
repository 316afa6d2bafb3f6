//! Volumes as editors write them in titles and labels: “Vol. 1.5”, “#12”, “第12号”.

use crate::source_map::Span;

/// Words and signs before the number of a volume.
const MARKERS: [&str; 8] = ["volume", "vol", "number", "no", "issue", "№", "#", "第"];

/// Signs between a title and its volume, or around the volume.
const SEPARATORS: &str = "-–—―|~〜:：,，、・";
const OPENING: &str = "([{【（〔「『";
const CLOSING: &str = ")]}】）〕」』";

/// Maximum length of a volume at the end of a title, in bytes.
const MAX_VOLUME_LENGTH: usize = 60;

/// Splits a title from the volume at its start or end, if there is one: “Digest -Vol 1.9-” is
/// “Digest” and “1.9”. A volume has a marker such as “Vol”.
pub(crate) fn split_volume(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match split_at_end(text).or_else(|| split_at_start(text)) {
        Some((title, volume)) => (title, Some(volume)),
        None => (text, None),
    }
}

/// Splits a title around the volume in its middle, which a separator follows: “Digest #3: special”
/// is “Digest: special” and “3”.
pub(crate) fn split_volume_in_middle(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    let starts = text.char_indices().map(|(start, _)| start);
    starts
        .filter(|start| *start > 0 && *start < MAX_VOLUME_LENGTH && is_word_start(text, *start))
        .find_map(|start| {
            let (number, end) = find_volume(&text[start..])?;
            let [before, after] = [&text[..start], &text[start + end..]];
            let is_separated = after
                .trim_start()
                .starts_with(|sign| SEPARATORS.contains(sign) || OPENING.contains(sign));
            let has_words = [before, after]
                .iter()
                .all(|part| part.contains(char::is_alphanumeric));
            let before = before.trim_end_matches(|sign| is_one_of(sign, &[SEPARATORS, OPENING]));
            (is_separated && has_words)
                .then(|| (format!("{before}{after}"), &text[start..][number]))
        })
}

/// Returns the span of the number in a text that is only a volume: “Vol. 1.5”, “Volume 3, No. 4”,
/// “第12号”.
pub(crate) fn find_lone_volume(text: &str) -> Option<Span> {
    let (number, end) = find_volume(text)?;
    text[end..].trim().is_empty().then_some(number)
}

fn split_at_end(text: &str) -> Option<(&str, &str)> {
    let end = text.trim_end_matches(|sign| is_one_of(sign, &[SEPARATORS, CLOSING]) || sign == '.');
    let starts = end.char_indices().map(|(start, _)| start);
    starts
        .filter(|start| end.len() - start <= MAX_VOLUME_LENGTH && is_word_start(end, *start))
        .find_map(|start| {
            let number = find_lone_volume(&end[start..])?;
            let title =
                end[..start].trim_end_matches(|sign| is_one_of(sign, &[SEPARATORS, OPENING]));
            (!title.is_empty()).then_some((title, &end[start..][number]))
        })
}

fn split_at_start(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(|sign| is_one_of(sign, &[SEPARATORS, OPENING]));
    let (number, end) = find_volume(text)?;
    let title = text[end..].trim_start_matches(|sign| is_one_of(sign, &[SEPARATORS, CLOSING]));
    let between = &text[end..text.len() - title.len()];
    (!between.trim().is_empty() && !title.is_empty()).then(|| (title, &text[number]))
}

/// Returns true if a marker may begin here: not within “Moscow 5”, but within “ダイジェストVol.3”.
fn is_word_start(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    let begins_word = text[start..].starts_with(|first: char| first.is_ascii_alphabetic());
    !begins_word || before.is_none_or(|before| !before.is_ascii_alphanumeric())
}

fn is_one_of(sign: char, signs: &[&str]) -> bool {
    sign.is_whitespace() || signs.iter().any(|signs| signs.contains(sign))
}

/// Returns the span of the number of a volume at the start of the text, and the end of the volume.
fn find_volume(text: &str) -> Option<(Span, usize)> {
    let (number, mut end) = find_marked_number(text, 0)?;
    let mut last = number.end;
    // “Volume 3, No. 4” is one volume.
    while let Some((next, next_end)) = find_marked_number(text, end) {
        (last, end) = (next.end, next_end);
    }
    Some((number.start..last, end))
}

/// Returns the span of the number behind a marker at `start`, and its end.
fn find_marked_number(text: &str, start: usize) -> Option<(Span, usize)> {
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

/// Returns true for ASCII digits and for full-width digits, as Japanese keyboards type them.
pub(crate) fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_split_from_titles() {
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
            assert_eq!(split_volume(text), (title, Some(volume)), "{text}");
        }
    }

    #[test]
    fn numbers_without_a_marker_are_no_volume() {
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
            assert_eq!(split_volume(text), (text, None));
        }
    }

    #[test]
    fn volumes_are_found_in_the_middle_of_titles() {
        for (text, title, volume) in [
            ("Digest #3: special", "Digest: special", "3"),
            ("Digest Vol. 1.5 – Radar", "Digest – Radar", "1.5"),
            ("Digest, Issue 12 (Spring)", "Digest (Spring)", "12"),
            (
                "日米ダイジェスト第3号「特集」",
                "日米ダイジェスト「特集」",
                "3",
            ),
        ] {
            let found = split_volume_in_middle(text);
            assert_eq!(found, Some((title.to_owned(), volume)), "{text}");
        }
        for text in [
            "Digest #3",
            "#3: special",
            "Digest #3 special",
            "Moscow 5: special",
            "",
        ] {
            assert_eq!(split_volume_in_middle(text), None, "{text}");
        }
    }

    #[test]
    fn long_titles_are_fast() {
        let text = "no 1 ".repeat(200_000);
        assert_eq!(split_volume(&text).0.len(), text.trim().len() - 60);
    }
}
