//! The issue format of Digest Widget, version 1: what one issue of a newsletter holds.
//!
//! A publisher turns Markdown into this format once; a reader's page only builds text and links
//! from it. So nothing here is HTML or Markdown, and an address can reach a page only through
//! [`Href`] and [`Src`], which let no scheme but the known ones through.
//!
//! The crate is pure: it does no I/O and no input makes it panic. Reading is done in two steps:
//! [`Issue::decode`] accepts every document of the right shape, so that a reader's page shows
//! whatever it can, and [`Issue::problems`] lists every rule that the issue breaks, for the
//! publisher. [`Issue::from_json`] does both. The checks are behind the default feature `check`.
//!
//! ```
//! use digest_issue::{Date, Issue, Volume};
//!
//! let json = r##"{
//!   "format": 1, "id": "digest-1.5", "title": "US-Japan Alliance Digest", "volume": "1.5",
//!   "date": "2022-03-11", "lang": "en",
//!   "headlines": [
//!     { "id": "radar", "text": "Radar site completed",
//!       "detail": [["It was ", { "text": "completed", "href": "https://example.com/radar" }, "."]] }
//!   ]
//! }"##;
//! let issue = Issue::from_json(json.as_bytes())?;
//!
//! assert_eq!(issue.date, Date::new(2022, 3, 11).unwrap());
//! assert!(issue.volume < Volume::new("1.10"));
//! assert_eq!(issue.headlines[0].text, "Radar site completed");
//! assert_eq!(issue.to_json()?.lines().next(), Some("{"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

#[cfg(feature = "check")]
mod check;
mod date;
mod decode;
mod href;
mod issue;
#[cfg(feature = "check")]
mod json;
mod lang;
mod rich_text;
#[cfg(feature = "schema")]
mod schema;
mod src;
mod volume;

#[cfg(feature = "check")]
pub use check::Problem;
pub use date::{Date, InvalidDate};
pub use decode::DecodeError;
pub use href::Href;
pub use issue::{Credit, FORMAT, Headline, Image, Issue};
#[cfg(feature = "check")]
pub use json::JsonError;
pub use lang::Lang;
pub use rich_text::{Block, Run};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use src::Src;
pub use volume::Volume;
