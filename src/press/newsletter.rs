//! A newsletter as its editor writes it, and the issue that it becomes.

mod bullet;
mod detail;
mod import;
mod label;
mod link;
mod markdown;
mod parallel_lists;
mod parts;
mod rich_text;
mod slug;

pub use import::{Imported, import};
