//! What a reader sees of Digest Widget: the Yew components, their state, their words and their
//! styles.
//!
//! The crate draws and nothing else. It fetches nothing and knows no time zone: whoever shows a
//! [`Digest`] hands it a [`View`] with everything in it, so the widget can draw it in a reader's
//! page and the publisher can render it to HTML.
//!
//! Panels are native `<details>` with their text in the document while they are closed. So
//! find-in-page, printing and a page without script work by themselves. The component never sets
//! `open` and listens to nothing: each piece has a `part` by which styles and scripts know it.

#![forbid(unsafe_code)]

mod digest;
mod heading;
mod headline;
mod issue;
mod message;
mod minify;
mod rich_text;
mod shown;
mod strings;
mod style;
mod view;

pub use digest::Digest;
#[doc(hidden)]
pub use minify::minify;
pub use strings::Strings;
pub use style::STYLE;
pub use view::{DigestProps, Failure, Options, Reading, State, View};
