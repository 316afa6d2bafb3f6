//! The Yew components of a digest, with their state, strings and styles.
//!
//! The crate only draws: a [`Digest`] gets a [`View`] with everything it shows. So the widget can
//! draw it in a reader's page, and the publisher can render it to HTML.
//!
//! Panels are native `<details>`, with their text in the document while they are closed: find in
//! page, printing and a page without scripts work natively. The component never sets `open` and
//! listens to nothing. Styles and scripts find each element by its `part`.

#![forbid(unsafe_code)]

mod date;
mod digest;
mod figure;
mod heading;
mod headline;
mod issue;
mod label;
mod message;
mod minify_css;
mod render_context;
mod rich_text;
mod strings;
mod style;
mod view;

pub use digest::{Digest, render_view};
#[doc(hidden)]
pub use minify_css::minify_css;
pub use rich_text::{BlockRenderer, render_marks};
pub use strings::Strings;
pub use style::STYLE;
pub use view::{
    DigestOptions, DigestProps, DigestState, Failure, LocalizedDate, LocalizedIssue, ResolveSrc,
    View,
};
