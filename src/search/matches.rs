//! Finds the terms of a query in an original text, for `<mark>`.

use std::ops::Range;

use crate::cluster::find_cluster_bounds;
use crate::finder::Finder;
use crate::fold::{Normalizer, fold};

/// Returns the byte ranges of all occurrences of the folded terms, merged and in order.
///
/// A match of a part of a character, such as the first letter of `ﬁ`, covers all of it and the
/// marks that follow.
pub fn find_matches(
    text: &str,
    folded_terms: &[&str],
    normalizer: &impl Normalizer,
) -> Vec<Range<usize>> {
    let folded = FoldedClusters::new(text, normalizer);
    let mut is_covered = vec![false; folded.ends.len()];
    for term in folded_terms.iter().filter(|term| !term.is_empty()) {
        folded.cover_occurrences(term, &mut is_covered);
    }
    collect_ranges(&is_covered, &folded.bounds)
}

/// A text folded cluster by cluster.
struct FoldedClusters {
    folded: String,
    /// The end of each cluster in the folded text.
    ends: Vec<usize>,
    /// The start of each cluster in the original text, and its length.
    bounds: Vec<usize>,
}

impl FoldedClusters {
    fn new(text: &str, normalizer: &impl Normalizer) -> Self {
        let bounds = find_cluster_bounds(text);
        let mut folded = String::with_capacity(text.len());
        let mut ends = Vec::with_capacity(bounds.len());
        for (start, end) in bounds.iter().zip(bounds.iter().skip(1)) {
            folded.push_str(&fold(&text[*start..*end], normalizer));
            ends.push(folded.len());
        }
        Self {
            folded,
            ends,
            bounds,
        }
    }

    fn cover_occurrences(&self, term: &str, is_covered: &mut [bool]) {
        Finder::new(term).for_each(&self.folded, |at| {
            let first = self.cluster_at(at);
            let last = self.cluster_at(at + term.len() - 1);
            if let Some(covered) = is_covered.get_mut(first..=last) {
                covered.fill(true);
            }
        });
    }

    /// Returns the cluster that holds a byte of the folded text.
    fn cluster_at(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end <= at)
    }
}

fn collect_ranges(is_covered: &[bool], bounds: &[usize]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let clusters = bounds.iter().zip(bounds.iter().skip(1));
    for ((start, end), _) in clusters.zip(is_covered).filter(|(_, covered)| **covered) {
        match ranges.last_mut() {
            Some(last) if last.end == *start => last.end = *end,
            _ => ranges.push(*start..*end),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split_terms;
    use crate::test_support::{NativeNormalizer, Random, fold_text, hostile_strings};

    fn find_texts<'t>(text: &'t str, query: &str) -> Vec<&'t str> {
        let query = fold_text(query);
        let ranges = find_matches(text, &split_terms(&query), &NativeNormalizer);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn matches_are_found_in_the_original_text() {
        for (text, query, expected) in [
            ("Rust and rust", "RUST", vec!["Rust", "rust"]),
            ("Un Café, cafe\u{301}s", "cafe", vec!["Café", "cafe\u{301}"]),
            ("Straße STRASSE", "strasse", vec!["Straße", "STRASSE"]),
            ("Straße", "stras", vec!["Straß"]),
            ("ﬁnal", "f", vec!["ﬁ"]),
            ("ﬁnal", "in", vec!["ﬁn"]),
            ("in ＮＡＴＯ", "nato", vec!["ＮＡＴＯ"]),
            ("ﾊﾟﾝとﾊﾟｲ", "パ", vec!["ﾊﾟ", "ﾊﾟ"]),
            ("ガスとカス", "か カ", vec!["カ"]),
            ("新幹線と新線", "新幹線", vec!["新幹線"]),
            ("新闻与新聞", "新", vec!["新", "新"]),
            (
                "\u{1112}\u{1161}\u{11ab}국 한국",
                "한",
                vec!["\u{1112}\u{1161}\u{11ab}", "한"],
            ),
            ("أَخْبَار", "اخبار", vec!["أَخْبَار"]),
            ("שָׁלוֹם", "שלום", vec!["שָׁלוֹם"]),
            ("İstanbul", "ist", vec!["İst"]),
            ("Tiếng Việt", "viet tieng", vec!["Tiếng", "Việt"]),
            ("Οδός", "ΟΔΟΣ", vec!["Οδός"]),
            ("soft\u{ad}ware", "software", vec!["soft\u{ad}ware"]),
            ("हिन्दी", "ह", vec!["हि"]),
            ("it’s", "it's", vec!["it’s"]),
            ("ababa", "aba", vec!["ababa"]),
            ("foobar", "bar foo", vec!["foobar"]),
            ("foo", "", vec![]),
            ("", "foo", vec![]),
            ("foo", "bar", vec![]),
        ] {
            assert_eq!(find_texts(text, query), expected, "{query} in {text}");
        }
    }

    #[test]
    fn every_text_has_a_match_for_its_own_fold() {
        let characters: Vec<char> = "aéßﬁ\u{301}\u{ad}か\u{3099}ﾊﾟ\u{1112}\u{1161}한क\u{93c}ि😀"
            .chars()
            .collect();
        let mut random = Random(5);
        for _ in 0..2000 {
            let text = random.text(&characters, 10);
            let query = fold_text(&text);
            let ranges = find_matches(&text, &split_terms(&query), &NativeNormalizer);
            let covered: String = ranges.into_iter().map(|range| &text[range]).collect();
            assert_eq!(fold_text(&covered), query, "{text:?}");
        }
    }

    #[test]
    fn matches_in_hostile_strings_are_whole_characters_in_order() {
        let texts = hostile_strings();
        for text in &texts {
            for query in &texts {
                let query = fold_text(query);
                let ranges = find_matches(text, &split_terms(&query), &NativeNormalizer);
                let is_apart = |pair: &[Range<usize>]| pair[0].end < pair[1].start;
                assert!(ranges.windows(2).all(is_apart), "{query:?} in {text:?}");
                for range in ranges {
                    assert!(
                        !text.get(range).unwrap().is_empty(),
                        "{query:?} in {text:?}"
                    );
                }
            }
        }
    }
}
