//! A preview on this computer of the site that a folder of newsletters would give.

mod answer;
mod folder;
mod server;
mod watch;

pub(crate) use folder::Folder;
pub(crate) use server::{Server, bind};
pub(crate) use watch::{Change, watch};

/// What the pages that are open know of the site.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct State {
    /// Which build they are of. Pages of another one renew themselves.
    pub(crate) build: String,
    /// Why the newsletters as they are now give no site, in the words of the terminal.
    pub(crate) problem: Option<String>,
}
