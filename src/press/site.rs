//! The static site that `digest-press build` writes: the content of each file.

mod archive;
mod archive_page;
mod atom;
mod bibtex;
mod cms;
mod feed;
mod files;
mod frame_page;
mod head;
mod hosting;
mod issue_folder;
mod issue_name;
mod issue_page;
mod json_feed;
mod json_ld;
mod nginx;
mod oembed;
mod page_strings;
mod page_styles;
mod plain_html;
mod prerender;
mod redirect_page;
mod render;
mod ris;
mod serving;
mod site_address;
mod snippet;

pub use files::{SiteFile, issue_files, series_files};
pub(crate) use files::{redirect_file, server_files};
pub use issue_page::Neighbours;
pub use page_styles::STYLES;
pub(crate) use serving::{CONFIGURATOR, PICTURES, is_immutable};
pub use site_address::{InvalidSiteAddress, SiteAddress};
