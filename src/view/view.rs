//! The props of a digest: its state, its strings and its options.

use std::rc::Rc;

use digest_issue::{Date, Issue, Src};
use yew::Properties;

use crate::Strings;

/// The properties of a [`Digest`](crate::Digest): one [`View`], equal only to itself.
#[derive(Properties)]
pub struct DigestProps {
    /// The content to draw.
    pub view: Rc<View>,
}

// A digest is drawn once, so comparing whole issues would only cost bytes.
impl PartialEq for DigestProps {
    fn eq(&self, other: &DigestProps) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
    }
}

/// State, strings and options of a [`Digest`](crate::Digest).
#[derive(Clone)]
pub struct View {
    /// The state of the issue.
    pub state: DigestState,
    /// The strings of the interface, in the language of the page around it.
    pub strings: &'static Strings,
    /// The embedder's options.
    pub options: DigestOptions,
}

/// The embedder's options that affect the markup.
#[derive(Clone)]
pub struct DigestOptions {
    /// The heading level of the issue's title, 1 to 5. Sections are one level below, and headlines
    /// below them.
    pub heading_level: u8,
    /// The address before `#id` in the links of headlines: empty for the page around the digest.
    /// `None` if headlines are no links.
    pub deep_link_base: Option<String>,
    /// The target of the links to sources, such as `_blank`.
    pub link_target: Option<String>,
}

impl Default for DigestOptions {
    fn default() -> DigestOptions {
        DigestOptions {
            heading_level: 2,
            deep_link_base: Some(String::new()),
            link_target: None,
        }
    }
}

/// The state of a digest.
#[derive(Clone)]
pub enum DigestState {
    /// The issue failed to load.
    Failed(Failure),
    /// The issue cannot be shown, and no retry will help: it uses a later version of the format, or
    /// exceeds the limits of a page. With the message.
    Refused(&'static str),
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
    /// The issue's date, or empty if the title has it.
    pub date: LocalizedDate,
    /// Writes any other date in the notation of the interface's language.
    pub localize_date: Box<dyn Fn(Date) -> LocalizedDate>,
    /// Makes the address of a picture absolute.
    pub resolve_src: Box<ResolveSrc>,
}

/// A date as a reader sees it.
pub struct LocalizedDate {
    /// The date in words.
    pub text: String,
    /// The language of the words, so that screen readers pronounce them correctly.
    pub lang: String,
}

/// Returns the absolute address of a picture, or `None` if the address is unsafe.
pub type ResolveSrc = dyn Fn(&Src) -> Option<String>;
