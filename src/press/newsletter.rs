//! A newsletter as its editor writes it, and the issue that it becomes.

mod bold_lead;
mod bullet;
mod cjk;
mod detail;
mod document;
mod front_matter;
mod group_omissions;
mod headings;
mod import;
mod label;
mod layout;
mod lines;
mod link;
mod link_lead;
mod map_source;
mod markdown;
mod masthead;
mod parallel_lists;
mod parts;
pub(crate) mod probe;
mod references;
mod rich_text;
mod slug;
mod story;
mod title;
mod typed_bullets;
mod unlabelled_lists;

pub use import::{Imported, import};
pub(crate) use import::{Read, read};
