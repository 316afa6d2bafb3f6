//! The props of a digest: its state, its options and the `on_drawn` callback.

use std::rc::Rc;

use digest_issue::Issue;
use yew::{Callback, Properties};

use crate::Strings;

/// The properties of a [`Digest`](crate::Digest): one [`View`], equal only to itself.
#[derive(Properties)]
pub struct DigestProps {
    /// The content to draw.
    pub view: Rc<View>,
}

// Comparing whole issues would cost more bytes than the redraws it saves: a view changes rarely.
impl PartialEq for DigestProps {
    fn eq(&self, other: &DigestProps) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
    }
}

/// State, strings, options and the `on_drawn` callback of a [`Digest`](crate::Digest).
#[derive(Clone)]
pub struct View {
    /// The state of the issue.
    pub state: DigestState,
    /// The strings of the interface, in the language of the page around it.
    pub strings: &'static Strings,
    /// The embedder's options.
    pub options: DigestOptions,
    /// True if every panel is open, so that the button for all panels closes them.
    pub all_open: bool,
    /// Called when an issue is in the page that was not there before.
    pub on_drawn: Callback<()>,
}

/// The embedder's options that affect the markup.
#[derive(Clone)]
pub struct DigestOptions {
    /// The heading level of the issue's title, 1 to 5. Headlines are one level below.
    pub heading_level: u8,
    /// True if headlines link to `#id`.
    pub deep_links: bool,
    /// The target of the links to sources, such as `_blank`.
    pub link_target: Option<String>,
}

impl Default for DigestOptions {
    fn default() -> DigestOptions {
        DigestOptions {
            heading_level: 2,
            deep_links: true,
            link_target: None,
        }
    }
}

/// The state of a digest.
#[derive(Clone)]
pub enum DigestState {
    /// The issue is loading for the first time.
    Loading,
    /// The issue failed to load.
    Failed(Failure),
    /// The issue failed to load, and the reader is trying again.
    Retrying(Failure),
    /// The issue uses a later version of the format.
    Newer,
    /// The issue is loaded.
    Ready(Rc<LocalizedIssue>),
}

/// The reason why an issue failed to load.
#[derive(Clone, Copy)]
pub enum Failure {
    /// No response: the reader is offline, or the request was blocked.
    Unreachable,
    /// The server responded with this error status, such as 404.
    Status(u16),
    /// The response is not an issue.
    Unreadable,
}

/// An issue with the values that depend on the reader and on the issue's address.
pub struct LocalizedIssue {
    /// The issue.
    pub issue: Issue,
    /// The issue's date in the reader's notation.
    pub date: String,
    /// The language of `date`, so that screen readers pronounce it correctly.
    pub date_lang: String,
    /// The absolute address of the picture.
    pub image_url: Option<String>,
}
