//! The publisher of Digest Widget: turns newsletters in Markdown, Word or HTML, and feeds, into
//! issues that the widget shows.
//!
//! A newsletter has a title, then labels, then a list of headlines and a list of their details,
//! paired by position. [`import()`] reads it. Content that an issue cannot hold is an error with
//! its position, the reason and a remedy that an editor who does not program can follow. Settings
//! for all issues of a [`Series`] are in its `press.toml`. [`issue_files`] writes an issue's page,
//! which reads without a script, and [`series_files`] writes the archive and the feeds of a series.
//!
//! ```
//! use digest_press::{Series, import};
//!
//! let newsletter = "\
//! US-Japan Alliance Digest
//!
//! Vol: 1.5
//!
//! Date: March 11, 2022
//!
//! Headlines:
//!
//! - US Army Radar Site in Japan Completed
//!
//! Details:
//!
//! - The **Kyogamisaki** site was [completed](https://example.com/radar) on March 1.
//!   It is [operational](#).
//! ";
//! let imported = import(newsletter, None, &Series::default()).expect("a valid newsletter");
//!
//! let issue = imported.issue;
//! assert_eq!(issue.id, "us-japan-alliance-digest-1.5");
//! assert_eq!(issue.date.to_string(), "2022-03-11");
//! assert_eq!(issue.headlines[0].id, "us-army-radar-site-in-japan-completed");
//!
//! // The link that leads nowhere becomes plain text, with a warning for its line.
//! assert_eq!(imported.warnings[0].line(newsletter), Some(14));
//!
//! let without_date = newsletter.replace("Date: March 11, 2022", "");
//! let errors = import(&without_date, None, &Series::default()).unwrap_err();
//! assert_eq!(errors[0].message, "“Date:” is missing");
//! ```

#![forbid(unsafe_code)]

mod budget;
mod check;
mod cjk;
mod cli;
mod contained_folder;
mod count;
mod date;
mod diagnostic;
mod file;
mod folder;
mod image_source;
mod import;
mod links;
mod math_text;
mod newsletter;
mod picture;
mod probe;
mod publish;
mod right_to_left;
mod rule;
mod series;
mod serve;
mod shorten;
mod site;
mod source;
mod source_map;
mod template;
mod terminal;
mod tracker;
mod utf8;

pub use cli::Cli;
pub use diagnostic::{Diagnostic, LabeledSpan, Severity, SourceFile};
pub use digest_issue::{Issue, Lang};
pub use import::{Imported, import};
pub use picture::{Encoded, Picture, PictureError};
#[doc(hidden)]
pub use publish::REQUIRED_WIDGET_FILES;
pub use rule::Rule;
pub use series::{DateFrom, Future, Layout, Series, Unplaced, VolumeFrom};
pub use site::{
    InvalidSiteAddress, Neighbours, STYLES, SiteAddress, SiteFile, issue_files, series_files,
};
