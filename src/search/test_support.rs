//! Helpers of the tests: a normalizer, hostile strings and random texts.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::{Normalizer, fold};

/// Does what a browser does.
pub(crate) struct NativeNormalizer;

impl Normalizer for NativeNormalizer {
    fn decompose(&self, text: &str) -> String {
        text.nfkd().collect::<String>().to_lowercase()
    }

    fn compose(&self, text: &str) -> String {
        text.nfc().collect()
    }
}

pub(crate) fn fold_text(text: &str) -> String {
    fold(text, &NativeNormalizer)
}

pub(crate) fn hostile_strings() -> Vec<String> {
    let groups: BTreeMap<String, Vec<String>> =
        serde_json::from_str(include_str!("../../tests/hostile_strings.json")).unwrap();
    groups.into_values().flatten().collect()
}

/// Random numbers that are the same in each run (xorshift64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// A range within `0..length`.
    pub(crate) fn range(&mut self, length: usize) -> Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below(length - start + 1)
    }

    /// A text of up to `length` characters.
    pub(crate) fn text(&mut self, characters: &[char], length: usize) -> String {
        let length = self.below(length + 1);
        let mut pick = || characters[self.below(characters.len())];
        (0..length).map(|_| pick()).collect()
    }
}
