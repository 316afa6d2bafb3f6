//! The search for one term in a text, eight bytes at a time.

use std::ops::Range;

use crate::word::is_whole_word;

/// A term, prepared to be found.
///
/// It compares two bytes of the term at eight places at once. WebAssembly without SIMD has no wider
/// numbers.
pub(crate) struct Finder<'t> {
    term: &'t str,
    /// The place of the first byte that is compared.
    head_place: usize,
    /// That byte, eight times.
    head: u64,
    /// The last byte of the term, eight times.
    tail: u64,
    /// Letters that make no whole word of the term: before it, and after it.
    before_mask: u64,
    after_mask: u64,
}

const LOW_BITS: u64 = repeat(1);
const HIGH_BITS: u64 = repeat(0x80);

impl<'t> Finder<'t> {
    pub(crate) fn new(term: &'t str) -> Self {
        let bytes = term.as_bytes();
        let byte_at = |at| bytes.get(at).copied().unwrap_or(0);
        // The first of three bytes is nearly the same for all Chinese and Japanese characters.
        let head_place = usize::from(byte_at(0) > 0xe0);
        let tail = byte_at(bytes.len().saturating_sub(1));
        let mask = |byte: u8| match byte.is_ascii_lowercase() {
            true => HIGH_BITS,
            false => 0,
        };
        Self {
            term,
            head_place,
            head: repeat(byte_at(head_place)),
            tail: repeat(tail),
            before_mask: mask(byte_at(0)),
            after_mask: mask(tail),
        }
    }

    /// Returns the number of bytes of the term.
    pub(crate) fn term_len(&self) -> usize {
        self.term.len()
    }

    /// Returns the first occurrence within a range of a text.
    pub(crate) fn find(&self, text: &str, range: Range<usize>) -> Option<usize> {
        self.find_where(text, range, |places, _, _| places, |_| true)
    }

    /// Calls a function for each occurrence, also for those that overlap.
    pub(crate) fn for_each(&self, text: &str, mut handle: impl FnMut(usize)) {
        let handle = |at| {
            handle(at);
            false
        };
        self.find_where(text, 0..text.len(), |places, _, _| places, handle);
    }

    /// Returns the first occurrence within a range of a text that is a whole word.
    pub(crate) fn find_whole_word(&self, text: &str, range: Range<usize>) -> Option<usize> {
        // Most places are beside a letter, and are left out eight at a time.
        let leave_out_words = |places, heads: u64, tails: u64| {
            let before = find_letters(heads << 8) & self.before_mask;
            let after = find_letters(tails >> 8) & self.after_mask;
            places & !before & !after
        };
        let is_whole = |at| is_whole_word(text, at..at + self.term.len());
        self.find_where(text, range, leave_out_words, is_whole)
    }

    /// Returns the first occurrence that `accept` accepts, at a place that `select` leaves.
    fn find_where(
        &self,
        text: &str,
        range: Range<usize>,
        select: impl Fn(u64, u64, u64) -> u64,
        mut accept: impl FnMut(usize) -> bool,
    ) -> Option<usize> {
        let text = text.as_bytes();
        let heads = text.get(range.start + self.head_place..)?;
        let tails = text.get(range.start + self.term.len().saturating_sub(1)..)?;
        let text = text.get(..range.end)?;
        let mut start = range.start;
        for (heads, tails) in heads.as_chunks().0.iter().zip(tails.as_chunks().0) {
            if start >= range.end {
                return None;
            }
            let (heads, tails) = (u64::from_le_bytes(*heads), u64::from_le_bytes(*tails));
            let places = find_zeros((heads ^ self.head) | (tails ^ self.tail));
            let mut places = select(places, heads, tails);
            while places != 0 {
                let at = start + (places.trailing_zeros() / 8) as usize;
                if self.is_at(text, at) && accept(at) {
                    return Some(at);
                }
                places &= places - 1;
            }
            start += 8;
        }
        (start..range.end).find(|at| self.is_at(text, *at) && accept(*at))
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
        // A loop is faster than a comparison of slices, because nearly all terms are short.
        text.get(at..at + self.term.len())
            .is_some_and(|bytes| bytes.iter().zip(self.term.bytes()).all(|(a, b)| *a == b))
    }
}

const fn repeat(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Returns the high bit of each byte that is zero, and of some that follow one.
fn find_zeros(bytes: u64) -> u64 {
    bytes.wrapping_sub(LOW_BITS) & !bytes & HIGH_BITS
}

/// Returns the high bit of each byte that is a letter from a to z.
fn find_letters(bytes: u64) -> u64 {
    let low = bytes & !HIGH_BITS;
    let from_a = low + repeat(0x80 - b'a');
    let after_z = low + repeat(0x7f - b'z');
    from_a & !after_z & !bytes & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn occurrences_are_those_of_a_simple_search() {
        let characters: Vec<char> = "aab`z{ \u{1}éか".chars().collect();
        let mut random = Random(3);
        for _ in 0..20_000 {
            let text = random.text(&characters, 40);
            let term = random.text(&characters, 4);
            if term.is_empty() {
                continue;
            }
            let case = format!("{term:?} in {text:?}");
            let is_at = |at: &usize| text.as_bytes()[*at..].starts_with(term.as_bytes());
            let expected: Vec<usize> = (0..text.len()).filter(is_at).collect();
            let finder = Finder::new(&term);
            let mut found = Vec::new();
            finder.for_each(&text, |at| found.push(at));
            assert_eq!(found, expected, "{case}");

            let range = random.range(text.len());
            let fits = |at: &usize| range.start <= *at && at + term.len() <= range.end;
            let mut expected = expected.into_iter().filter(fits);
            let first = expected.clone().next();
            assert_eq!(finder.find(&text, range.clone()), first, "{case}");
            let whole = expected.find(|at| is_whole_word(&text, *at..at + term.len()));
            assert_eq!(finder.find_whole_word(&text, range), whole, "{case}");
        }
    }
}
