//! The index: finds the entries that contain every term of a query.

use std::ops::Range;

use crate::finder::Finder;
use crate::query::split_terms;

/// An entry that contains every term of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The number of the entry's line in the index, from 0.
    pub entry: u32,
    /// True if each term is somewhere in the entry as a whole word, and for a query of one character.
    pub is_whole_word: bool,
}

/// The folded text of all entries.
pub struct Index {
    text: String,
    /// Where each line begins, and where one after the last would.
    starts: Vec<u32>,
    /// The searches of which each narrows the one before, as a reader types.
    searches: Vec<PastSearch>,
}

/// The result of a search.
struct PastSearch {
    terms: Vec<String>,
    entries: Vec<u32>,
}

impl Index {
    /// Makes an index of folded entries, one on each line, the newest first.
    pub fn new(folded_entries: String) -> Self {
        let line_breaks = folded_entries.match_indices('\n');
        let mut starts = vec![0];
        starts.extend(line_breaks.map(|(at, _)| at as u32 + 1));
        starts.push(folded_entries.len() as u32 + 1);
        Self {
            text: folded_entries,
            starts,
            searches: Vec::new(),
        }
    }

    /// Finds the entries that contain every term of a folded query.
    ///
    /// Entries in which every term is a whole word come first, then those that have one within a
    /// longer word; both in the order of the index. A query without terms has no hits.
    ///
    /// A query that extends an earlier one is searched only in the hits of that one. A query of one
    /// character has no order but that of the index: it is in nearly every entry, and looking at each
    /// place would take longer than all that follows.
    pub fn search(&mut self, folded_query: &str) -> Vec<Hit> {
        let terms = split_terms(folded_query);
        while let Some(search) = self.searches.last()
            && !search.is_narrowed_by(&terms)
        {
            self.searches.pop();
        }
        if terms.is_empty() {
            return Vec::new();
        }
        let finders: Vec<Finder> = terms.iter().map(|term| Finder::new(term)).collect();
        let finders = Finders {
            finders: &finders,
            is_ordered: !matches!(terms[..], [term] if term.chars().nth(1).is_none()),
        };
        let hits = match self.searches.last() {
            Some(search) => self.search_entries(&search.entries, &finders),
            None => self.search_all(&finders),
        };
        self.searches.push(PastSearch {
            terms: terms.into_iter().map(str::to_owned).collect(),
            entries: hits.iter().map(|hit| hit.entry).collect(),
        });
        let (mut hits, inside): (Vec<Hit>, Vec<Hit>) =
            hits.into_iter().partition(|hit| hit.is_whole_word);
        hits.extend(inside);
        hits
    }

    fn search_entries(&self, entries: &[u32], finders: &Finders<'_>) -> Vec<Hit> {
        let hits = entries
            .iter()
            .map(|entry| self.check_entry(*entry, finders));
        hits.flatten().collect()
    }

    /// Looks for the longest term in the whole text, and for the others where that is.
    fn search_all(&self, finders: &Finders<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(longest) = finders
            .finders
            .iter()
            .max_by_key(|finder| finder.term_len())
        else {
            return hits;
        };
        let mut entry = 0;
        let mut from = 0;
        while let Some(at) = longest.find(&self.text, from..self.text.len()) {
            while self.start(entry + 1) <= at {
                entry += 1;
            }
            hits.extend(self.check_entry(entry, finders));
            entry += 1;
            from = self.start(entry);
        }
        hits
    }

    fn check_entry(&self, entry: u32, finders: &Finders<'_>) -> Option<Hit> {
        let range = self.entry_range(entry);
        let mut is_whole_word = true;
        for finder in finders.finders {
            let first = finder.find(&self.text, range.clone())?;
            is_whole_word = is_whole_word
                && (!finders.is_ordered
                    || finder
                        .find_whole_word(&self.text, first..range.end)
                        .is_some());
        }
        Some(Hit {
            entry,
            is_whole_word,
        })
    }

    /// Returns where an entry is in the text, without its line break.
    fn entry_range(&self, entry: u32) -> Range<usize> {
        self.start(entry)..self.start(entry + 1) - 1
    }

    fn start(&self, entry: u32) -> usize {
        let start = self.starts.get(entry as usize);
        start.map_or(usize::MAX, |start| *start as usize)
    }
}

/// The terms of a query, prepared to be found.
struct Finders<'f> {
    finders: &'f [Finder<'f>],
    /// True if entries with whole words come first.
    is_ordered: bool,
}

impl PastSearch {
    /// Returns true if only hits of this search can be hits of these terms: each old term is in the
    /// new one at its place.
    fn is_narrowed_by(&self, terms: &[&str]) -> bool {
        let mut pairs = self.terms.iter().zip(terms);
        self.terms != terms
            && self.terms.len() <= terms.len()
            && pairs.all(|(old, new)| new.contains(old.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{Random, fold_text};
    use crate::word::is_whole_word;

    fn search(entries: &[&str], query: &str) -> Vec<(u32, bool)> {
        let lines: Vec<String> = entries.iter().map(|entry| fold_text(entry)).collect();
        let hits = Index::new(lines.join("\n")).search(&fold_text(query));
        hits.iter()
            .map(|hit| (hit.entry, hit.is_whole_word))
            .collect()
    }

    #[test]
    fn entries_match_if_they_contain_every_term() {
        let chinese = ["新幹線が開通", "新しい幹と線", "北陸新幹線"];
        for (kind, entries, query, hits) in [
            ("one term", &["rust", "wasm"][..], "WASM", vec![(1, true)]),
            (
                "two terms",
                &["a b", "a", "b a"],
                "b a",
                vec![(0, true), (2, true)],
            ),
            ("terms twice", &["a b"], "a a", vec![(0, true)]),
            (
                "contiguous",
                &chinese,
                "新幹線",
                vec![(0, true), (2, false)],
            ),
            (
                "one character",
                &chinese,
                "線",
                vec![(0, true), (1, true), (2, true)],
            ),
            (
                "one character beside another term",
                &chinese,
                "線 新",
                vec![(1, true), (0, false), (2, false)],
            ),
            (
                "inside a word",
                &["rusty", "rust"],
                "rust",
                vec![(1, true), (0, false)],
            ),
            ("whole later", &["trust rust"], "rust", vec![(0, true)]),
            (
                "one term inside",
                &["a rusty tool"],
                "tool rust",
                vec![(0, false)],
            ),
            ("accents", &["Ça coûte"], "coute ca", vec![(0, true)]),
            ("Turkish", &["İstanbul'da"], "istanbul", vec![(0, true)]),
            ("Vietnamese", &["Việt Nam"], "viet", vec![(0, true)]),
            ("Greek", &["ΤΕΛΟΣ"], "τέλος", vec![(0, true)]),
            ("German", &["Fußball"], "FUSSBALL", vec![(0, true)]),
            ("full width", &["ＮＡＴＯ首脳"], "nato", vec![(0, true)]),
            ("kana", &["ガスの", "カスの"], "カス", vec![(1, true)]),
            (
                "Korean",
                &["한국의 소식", "한국 소식"],
                "한국",
                vec![(1, true), (0, false)],
            ),
            (
                "Arabic",
                &["الأخبارُ", "أخبار"],
                "اخبار",
                vec![(1, true), (0, false)],
            ),
            ("Hebrew", &["שָׁלוֹם"], "שלום", vec![(0, true)]),
            ("punctuation", &["c++ and c"], "c++", vec![(0, true)]),
            ("no terms", &["a"], "", vec![]),
            ("white space", &["a b"], "  ", vec![]),
            ("no entries", &[], "a", vec![]),
            ("empty entries", &["", "a", ""], "a", vec![(1, true)]),
            ("nothing across entries", &["ab", "cd"], "bc", vec![]),
        ] {
            assert_eq!(search(entries, query), hits, "{kind}");
        }
    }

    /// The rules without any haste.
    fn search_simply(text: &str, query: &str) -> Vec<Hit> {
        let terms = split_terms(query);
        let is_ordered = terms.len() > 1 || query.trim().chars().count() > 1;
        let check = |entry: &str, term: &str| {
            let places = entry.match_indices(term);
            let mut places = places.map(|(at, _)| is_whole_word(entry, at..at + term.len()));
            places.clone().next()?;
            Some(places.any(|is_whole| is_whole) || !is_ordered)
        };
        let mut hits = Vec::new();
        for (number, entry) in text.split('\n').enumerate() {
            let checks: Option<Vec<bool>> = terms.iter().map(|term| check(entry, term)).collect();
            hits.extend(checks.map(|checks| Hit {
                entry: u32::try_from(number).unwrap(),
                is_whole_word: checks.iter().all(|is_whole| *is_whole),
            }));
        }
        hits.retain(|_| !terms.is_empty());
        hits.sort_by_key(|hit| !hit.is_whole_word);
        hits
    }

    #[test]
    fn typed_and_deleted_queries_have_the_hits_of_a_simple_search() {
        let characters: Vec<char> = "abcd  -é新幹カひ한".chars().collect();
        let mut random = Random(11);
        for _ in 0..300 {
            let entries: Vec<String> = (0..20).map(|_| random.text(&characters, 30)).collect();
            let text = entries.join("\n");
            let mut index = Index::new(text.clone());
            let mut query: Vec<char> = Vec::new();
            for _ in 0..30 {
                let place = random.below(query.len() + 1);
                match random.below(4) {
                    0 if place < query.len() => drop(query.remove(place)),
                    1 => query.insert(place, characters[random.below(characters.len())]),
                    2 => query.truncate(random.below(6)),
                    _ => query.push(characters[random.below(characters.len())]),
                }
                let typed: String = query.iter().collect();
                assert_eq!(
                    index.search(&typed),
                    search_simply(&text, &typed),
                    "{typed:?}"
                );
            }
        }
    }

    #[test]
    fn extended_query_is_searched_in_earlier_hits_only() {
        let mut index = Index::new("ab\nac\nb".to_owned());
        index.search("a");
        index.search("ab");
        assert_eq!(index.searches.len(), 2);
        index.search("a");
        assert_eq!(index.searches.len(), 1);
        index.search("c");
        assert_eq!(index.searches.len(), 1);
    }
}
