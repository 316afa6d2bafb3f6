//! The preview server: serves the site of a folder of newsletters on this computer, and reloads
//! open pages after each change.

mod preview_folder;
mod respond;
mod server;
mod watch;

pub(crate) use preview_folder::PreviewFolder;
pub(crate) use server::{PreviewServer, bind_port};
pub(crate) use watch::{PreviewEvent, watch_folder};

/// The state of the preview, which the server sends to open pages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct PreviewState {
    /// The id of the last successful build. Pages of another build reload.
    pub(crate) build: String,
    /// The errors of the newsletters as they are now, as the terminal shows them.
    pub(crate) problem: Option<String>,
}
