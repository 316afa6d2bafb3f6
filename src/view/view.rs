use std::rc::Rc;

use digest_issue::Issue;
use yew::{Callback, Properties};

use crate::Strings;

/// Everything that a [`Digest`](crate::Digest) shows, and whom it tells that it has drawn it.
#[derive(Clone)]
pub struct View {
    /// What there is to show.
    pub state: State,
    /// The words of the interface, in the language of the page around it.
    pub words: &'static Strings,
    /// What whoever embeds it has chosen.
    pub options: Options,
    /// Whether every panel is open, so that the button for all of them closes them.
    pub all_open: bool,
    /// Called when an issue that was not there before is in the page.
    pub on_drawn: Callback<()>,
}

/// What whoever embeds a digest has chosen of its markup.
#[derive(Clone)]
pub struct Options {
    /// The level of the issue's title, 1 to 5. The headlines are one level below.
    pub heading_level: u8,
    /// Whether headlines link to `#id`.
    pub deep_links: bool,
    /// The target of the links to sources, such as `_blank`.
    pub link_target: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            heading_level: 2,
            deep_links: true,
            link_target: None,
        }
    }
}

/// What there is to show.
#[derive(Clone)]
pub enum State {
    /// The issue is under way for the first time.
    Loading,
    /// The issue is not to be had.
    Failed(Failure),
    /// A reader asked for the issue again and it is under way.
    Retrying(Failure),
    /// The issue is written in a later version of the format.
    Newer,
    /// The issue is here.
    Ready(Rc<Reading>),
}

/// Why an issue is not to be had.
#[derive(Clone, Copy)]
pub enum Failure {
    /// No answer came: the reader is offline, or the request was blocked.
    Unreachable,
    /// The server answered with this status, such as 404.
    Status(u16),
    /// An answer came that is not an issue.
    Unreadable,
}

/// An issue with what depends on the reader and on where it was fetched from.
pub struct Reading {
    /// The issue.
    pub issue: Issue,
    /// The issue's date as the reader writes dates.
    pub date: String,
    /// The language of `date`, for voices to read it right.
    pub date_lang: String,
    /// The absolute address of the picture.
    pub image: Option<String>,
}

/// The properties of a [`Digest`](crate::Digest): one [`View`], equal only to itself.
#[derive(Properties)]
pub struct DigestProps {
    /// What to show.
    pub view: Rc<View>,
}

// Comparing whole issues would cost more bytes than it could save drawing: a view changes seldom.
impl PartialEq for DigestProps {
    fn eq(&self, other: &DigestProps) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
    }
}
