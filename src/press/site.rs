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
mod hosting;
mod json_feed;
mod json_ld;
mod moved;
mod name;
mod nginx;
mod oembed;
mod page;
mod plain;
mod render;
mod ris;
mod serving;
mod snippet;
mod strings;
mod style;

pub use address::{InvalidSiteAddress, SiteAddress};
pub use files::{SiteFile, issue_files, series_files};
pub(crate) use files::{moved_file, server_files};
pub use page::Neighbours;
pub(crate) use serving::{CONFIGURATOR, PICTURES, never_changes};
pub use style::STYLES;
