//! The issue format of Digest Widget, version 1: one issue of a newsletter as data.
//!
//! The publisher converts a newsletter to this format once. A reader's page only builds text and
//! links from it: the format contains neither HTML nor Markdown, and an address reaches a page only
//! through [`Href`] and [`Src`], which accept known schemes only.
//!
//! The crate does no I/O and never panics. [`Issue::decode`] accepts every document of the right
//! shape, so that a reader's page shows what it can. [`Issue::find_problems`] lists every rule that
//! the issue breaks, for the publisher. [`Issue::from_json`] does both. The checks need the default
//! feature `check`.
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
mod images;
mod issue;
#[cfg(feature = "check")]
mod json;
mod lang;
mod lines;
mod rich_text;
mod rich_text_json;
#[cfg(feature = "schema")]
mod schema;
mod src;
mod volume;

#[cfg(feature = "check")]
pub use check::Problem;
pub use date::{Date, InvalidDate};
pub use decode::DecodeError;
pub use href::Href;
pub use issue::{Correction, Credit, FORMAT, Headline, Image, Issue};
#[cfg(feature = "check")]
pub use json::JsonError;
pub use lang::Lang;
pub use lines::{Line, list_images, list_lines};
pub use rich_text::{Block, List, Run, Table, run_text};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use src::Src;
pub use volume::Volume;
