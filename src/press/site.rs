//! The folder that a publisher serves: what is in each of its files.

mod address;
mod archive;
mod archive_page;
mod atom;
mod bibtex;
mod cms;
mod digest;
mod feed;
mod files;
mod head;
mod json_feed;
mod json_ld;
mod name;
mod oembed;
mod page;
mod plain;
mod render;
mod ris;
mod snippet;
mod style;
mod words;

pub use address::{InvalidSite, Site};
pub use files::{File, issue_files, series_files};
pub use page::Neighbours;
pub use style::STYLES;
