use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

/// The text as a part of an address: its words in lower case with hyphens between them.
///
/// Letters of every script are kept, since a Japanese headline has no others. Apostrophes are left
/// out, so that "Japan's" stays one word. It is empty if the text has no letter and no digit.
pub(crate) fn slug(text: &str) -> String {
    // Some systems type "が" as one character and some as two: the address must not depend on it.
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

/// The id of an issue; the dots of its volume stay: `us-japan-alliance-digest-1.5`.
pub(crate) fn issue_id(title: &str, volume: &str) -> String {
    let volume: Vec<_> = volume.split('.').map(slug).collect();
    format!("{}-{}", slug(title), volume.join("."))
}

/// Gives out ids that are unique within one issue.
#[derive(Default)]
pub(crate) struct HeadlineIds {
    taken: HashSet<String>,
    /// The next number to try behind a slug.
    next: HashMap<String, usize>,
}

impl HeadlineIds {
    /// The slug of the headline, with `-2`, `-3` and so on if an earlier headline has it already.
    pub(crate) fn next(&mut self, headline: &str) -> String {
        let slug = Some(slug(headline))
            .filter(|slug| !slug.is_empty())
            .unwrap_or("headline".to_owned());
        let mut id = slug.clone();
        // Thousands of the same headline must not each try all numbers that are given away.
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
    fn a_slug_is_the_words_with_hyphens() {
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
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn an_issue_is_named_by_title_and_volume() {
        assert_eq!(
            issue_id("US-Japan Alliance Digest", "1.5"),
            "us-japan-alliance-digest-1.5"
        );
        assert_eq!(
            issue_id("Digest", "12/2022 (special)"),
            "digest-12-2022-special"
        );
    }

    #[test]
    fn an_id_is_given_out_once() {
        let mut ids = HeadlineIds::default();
        let given =
            ["Radar", "radar!", "Radar 2", "Radar", "🎉", "🎊"].map(|headline| ids.next(headline));
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
    fn a_hundred_thousand_headlines_of_one_name_take_no_long_time() {
        let mut ids = HeadlineIds::default();
        assert_eq!(
            (0..100_000).map(|_| ids.next("Radar")).last().unwrap(),
            "radar-100000"
        );
    }
}
