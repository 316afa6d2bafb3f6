//! Settings as they are written, whatever their names.

use crate::source_map::Span;

/// The settings and the comments of a front matter block.
pub(super) struct Settings {
    pub(super) entries: Vec<RawEntry>,
    pub(super) comments: Vec<Span>,
}

/// A name and its value.
pub(super) struct RawEntry {
    pub(super) name: String,
    /// `None` for a list or a mapping.
    pub(super) value: Option<String>,
    pub(super) span: Span,
}

/// A syntax error, with its span.
pub(super) struct FrontMatterError {
    pub(super) message: String,
    pub(super) span: Span,
}
