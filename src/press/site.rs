//! The folder that a publisher serves.

mod address;
mod oembed;
mod page;
mod render;

pub use address::{InvalidSite, Site};
pub use oembed::oembed;
pub use page::page;
