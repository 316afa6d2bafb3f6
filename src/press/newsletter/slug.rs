//! Ids of issues and headlines, which are parts of addresses.

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER;
use digest_issue::Headline;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Writes a text as a part of an address: its words in lower case with hyphens between them.
///
/// Letters of every script stay. Apostrophes are removed, so that "Japan's" stays one word. The
/// result is empty if the text has neither letters nor digits.
fn slugify(text: &str) -> String {
    // Some systems type "が" as one character and some as two.
    let text: String = text
        .to_lowercase()
        .nfc()
        .filter(|character| !"'’".contains(*character))
        .collect();
    let words = text.split(|character: char| !character.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// Maximum length of an issue's id in bytes. It names a folder, and systems limit such names.
const MAX_ISSUE_ID: usize = 200;

/// Formats the id of an issue. The dots of its volume stay: `us-japan-alliance-digest-1.5`.
///
/// A long title is cut, and a number made from all of it stands for the rest.
pub(crate) fn format_issue_id(title: &str, volume: &str) -> String {
    let volume: Vec<_> = volume.split('.').map(slugify).collect();
    let (title, volume) = (slugify(title), volume.join("."));
    let id = format!("{title}-{volume}");
    if id.len() <= MAX_ISSUE_ID {
        return id;
    }
    let hash = HEXLOWER.encode(&Sha256::digest(&id)[..4]);
    let volume = cut_slug(&volume, MAX_ISSUE_ID / 2);
    let title = cut_slug(&title, MAX_ISSUE_ID - volume.len() - hash.len() - 2);
    format!("{title}-{hash}-{volume}")
}

/// Cuts a slug to at most `max` bytes, between words if there are any.
fn cut_slug(slug: &str, max: usize) -> &str {
    let start = &slug[..slug.floor_char_boundary(max)];
    if start.len() == slug.len() {
        return slug;
    }
    let word = start.rfind('-').filter(|end| *end > max / 2);
    start[..word.unwrap_or(start.len())].trim_end_matches(['-', '.'])
}

/// Creates ids that are unique within one issue.
#[derive(Default)]
pub(crate) struct HeadlineIds {
    taken: HashSet<String>,
    /// The next number to try for a slug.
    next: HashMap<String, usize>,
}

impl HeadlineIds {
    /// Creates the id of the next headline: its slug, with `-2`, `-3` and so on if it is taken.
    pub(crate) fn create_id(&mut self, headline: &str) -> String {
        let slug = Some(slugify(headline))
            .filter(|slug| !slug.is_empty())
            .unwrap_or("headline".to_owned());
        let mut id = slug.clone();
        // Thousands of equal headlines must not each try all numbers.
        let number = self.next.entry(slug.clone()).or_insert(2);
        while !self.taken.insert(id.clone()) {
            id = format!("{slug}-{number}");
            *number += 1;
        }
        id
    }
}

/// Gives headlines of the same text ids that do not depend on their order, which changes when a feed
/// has new entries: each has a number made from the id of its entry.
pub(crate) fn rename_repeated_headlines(headlines: &mut [Headline], entries: &[String]) {
    if headlines.len() != entries.len() {
        return;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for headline in headlines.iter() {
        *counts.entry(slugify(&headline.text)).or_default() += 1;
    }
    let mut ids = HeadlineIds::default();
    for (headline, entry) in headlines.iter_mut().zip(entries) {
        let is_repeated = counts[&slugify(&headline.text)] > 1;
        headline.id = if is_repeated {
            let hash = HEXLOWER.encode(&Sha256::digest(entry)[..4]);
            ids.create_id(&format!("{} {hash}", headline.text))
        } else {
            ids.create_id(&headline.text)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_words_with_hyphens() {
        for (text, expected) in [
            (
                "Japan mostly in step with US, Europe on Russia sanctions",
                "japan-mostly-in-step-with-us-europe-on-russia-sanctions",
            ),
            (
                "US-Japan Begin Planning for Economic 2+2 Launch",
                "us-japan-begin-planning-for-economic-2-2-launch",
            ),
            ("“Japan’s” Partnership", "japans-partnership"),
            ("日米、初会合を開催", "日米-初会合を開催"),
            ("か\u{3099}", "が"),
            ("Élysée", "élysée"),
            ("--", ""),
        ] {
            assert_eq!(slugify(text), expected);
        }
    }

    #[test]
    fn issue_ids_have_title_and_volume() {
        assert_eq!(
            format_issue_id("US-Japan Alliance Digest", "1.5"),
            "us-japan-alliance-digest-1.5"
        );
        assert_eq!(
            format_issue_id("Digest", "12/2022 (special)"),
            "digest-12-2022-special"
        );
    }

    #[test]
    fn ids_of_long_titles_are_short_and_differ() {
        let long = "日米同盟の".repeat(20);
        for (title, other) in [
            (long.clone(), format!("{long}未来")),
            ("a".repeat(300), "a".repeat(301)),
        ] {
            let [id, other] = [&title, &other].map(|title| format_issue_id(title, "1.5"));
            assert!(id.len() <= MAX_ISSUE_ID && id.ends_with("-1.5"), "{id}");
            assert_ne!(id, other);
        }
        let words = format_issue_id(&"alliance ".repeat(40), &"1.".repeat(200));
        assert!(
            words.starts_with("alliance-alliance-") && words.len() <= MAX_ISSUE_ID,
            "{words}"
        );
        assert!(!words.ends_with('.'), "{words}");
    }

    #[test]
    fn headline_ids_are_unique() {
        let mut ids = HeadlineIds::default();
        let given = ["Radar", "radar!", "Radar 2", "Radar", "🎉", "🎊"]
            .map(|headline| ids.create_id(headline));
        assert_eq!(
            given,
            [
                "radar",
                "radar-2",
                "radar-2-2",
                "radar-3",
                "headline",
                "headline-2"
            ]
        );
    }

    #[test]
    fn many_equal_headlines_are_fast() {
        let mut ids = HeadlineIds::default();
        assert_eq!(
            (0..100_000).map(|_| ids.create_id("Radar")).last().unwrap(),
            "radar-100000"
        );
    }

    #[test]
    fn repeated_headlines_keep_their_ids_when_their_order_changes() {
        let name = |texts: &[(&str, &str)]| {
            let headline = |(text, _): &(&str, &str)| Headline {
                text: (*text).to_owned(),
                ..Headline::default()
            };
            let mut headlines: Vec<_> = texts.iter().map(headline).collect();
            let entries: Vec<_> = texts.iter().map(|(_, id)| (*id).to_owned()).collect();
            rename_repeated_headlines(&mut headlines, &entries);
            let ids = headlines.into_iter().map(|headline| headline.id);
            ids.collect::<Vec<_>>()
        };
        let before = name(&[("News", "1"), ("A", "2"), ("News!", "3")]);
        let after = name(&[("News", "4"), ("News", "1"), ("A", "2"), ("News!", "3")]);
        assert_eq!(before, after[1..]);
        assert_eq!(before[1], "a");
        assert!(before[0].starts_with("news-"), "{before:?}");
        assert_eq!(HashSet::<String>::from_iter(after).len(), 4);
    }
}
