//! Ids of issues and headlines, which are parts of addresses.

use std::collections::{HashMap, HashSet};

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

/// Formats the id of an issue. The dots of its volume stay: `us-japan-alliance-digest-1.5`.
pub(crate) fn format_issue_id(title: &str, volume: &str) -> String {
    let volume: Vec<_> = volume.split('.').map(slugify).collect();
    format!("{}-{}", slugify(title), volume.join("."))
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
}
