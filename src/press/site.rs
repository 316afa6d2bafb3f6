//! The folder that a publisher serves: what is in each of its files.

mod address;
mod files;
mod oembed;
mod page;
mod render;

pub use address::{InvalidSite, Site};
pub use files::{File, Neighbours, STYLES, issue_files, series_files};
pub use oembed::oembed;
pub use page::page;
