//! What a reader sees of Digest Widget: the Yew components, their state, their words and their
//! styles.
//!
//! The crate draws and nothing else. It fetches nothing and knows no time zone: whoever shows a
//! [`Digest`] hands it a [`View`] with everything in it, so the widget can draw it in a reader's
//! page and the publisher can render it to HTML.
//!
//! Panels are native `<details>` with their text in the document while they are closed. So
//! find-in-page, printing and a page without script work by themselves, and the component never
//! sets `open` from its own state: it follows the `toggle` event, whoever caused it.

#![forbid(unsafe_code)]

mod digest;
mod headline;
mod issue;
mod message;
mod panel;
mod rich_text;
mod shown;
mod style;
mod view;
mod words;

pub use digest::Digest;
pub use style::STYLE;
pub use view::{DigestProps, Failure, Reading, State, View};
pub use words::Words;
