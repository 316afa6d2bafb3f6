use crate::{LocalizedIssue, View};

/// An issue and the view that shows it, for the functions that render its parts.
pub(crate) struct RenderContext<'a> {
    pub(crate) localized: &'a LocalizedIssue,
    pub(crate) view: &'a View,
}
