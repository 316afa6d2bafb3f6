use std::rc::Rc;

use digest_issue::Issue;
use yew::{Callback, Properties};

use crate::Words;

/// Everything that a [`Digest`](crate::Digest) shows, and whom it tells of a wish to try again.
#[derive(Clone)]
pub struct View {
    /// What there is to show.
    pub state: State,
    /// The words of the interface, in the language of the page around it.
    pub words: &'static Words,
    /// The id of the headline to open at first, from the page's address.
    pub target: Option<String>,
    /// Called when a reader asks to fetch the issue again.
    pub on_retry: Callback<()>,
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

impl State {
    pub(crate) fn issue_id(&self) -> Option<&str> {
        match self {
            State::Ready(reading) => Some(&reading.issue.id),
            _ => None,
        }
    }
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
