//! The search over all issues of a series.
//!
//! An entry is a headline with its detail. Entries and query are folded, so that case, accents and
//! width make no difference. An [`Index`] finds the entries that contain every term of the query.
//! For the entries on view, [`find_matches`] finds the matches in the original text, and
//! [`make_excerpt`] and [`split_pieces`] prepare it for display.
//!
//! The crate has no Unicode tables: a browser has them, and implements [`Normalizer`].
//!
//! ```
//! use digest_search::{
//!     Index, Normalizer, find_matches, fold, make_excerpt, split_pieces, split_terms,
//! };
//! use unicode_normalization::UnicodeNormalization;
//!
//! struct NativeNormalizer;
//!
//! impl Normalizer for NativeNormalizer {
//!     fn decompose(&self, text: &str) -> String {
//!         text.nfkd().collect::<String>().to_lowercase()
//!     }
//!
//!     fn compose(&self, text: &str) -> String {
//!         text.nfc().collect()
//!     }
//! }
//!
//! let entries = [
//!     ("Straße closed", "The main road is closed for two weeks."),
//!     ("A café opens", "Coffee, cake and a view of the main roads."),
//! ];
//! let lines: Vec<String> = entries
//!     .iter()
//!     .map(|(headline, detail)| fold(&format!("{headline} {detail}"), &NativeNormalizer))
//!     .collect();
//! let mut index = Index::new(lines.join("\n"));
//!
//! let query = fold("CAFE road", &NativeNormalizer);
//! let hits = index.search(&query);
//! assert_eq!(hits.len(), 1);
//! assert_eq!(hits[0].entry, 1);
//! // "road" is only in "roads".
//! assert!(!hits[0].is_whole_word);
//!
//! let terms = split_terms(&query);
//! let (headline, detail) = entries[1];
//! let pieces = split_pieces(headline, &find_matches(headline, &terms, &NativeNormalizer));
//! assert_eq!(pieces[1].text, "café");
//! assert!(pieces[1].is_match);
//!
//! let excerpt = make_excerpt(detail, &find_matches(detail, &terms, &NativeNormalizer), 20);
//! let text: String = excerpt.iter().map(|piece| piece.text.as_str()).collect();
//! assert_eq!(text, "…of the main roads.");
//! ```

#![forbid(unsafe_code)]

mod cluster;
mod excerpt;
mod finder;
mod fold;
mod index;
mod matches;
mod query;
#[cfg(test)]
mod test_support;
mod word;

pub use excerpt::{ExcerptPiece, make_excerpt, split_pieces};
pub use fold::{Normalizer, fold};
pub use index::{Hit, Index};
pub use matches::find_matches;
pub use query::{MAX_QUERY_CHARS, MAX_TERMS, split_terms};
