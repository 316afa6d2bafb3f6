use digest_issue::Issue;

use super::document::Document;
use super::parallel_lists;
use crate::{Diagnostic, Layout, Rule, Series};

/// The issue that a newsletter holds, or `None` if a part of it is missing.
///
/// If an error is added to `diagnostics`, the issue is not whole.
pub(crate) fn read(
    document: &Document<'_>,
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Issue> {
    match series.layout {
        Layout::ParallelLists => parallel_lists::read(document, series, diagnostics),
        Layout::BoldLead | Layout::LinkLead | Layout::Headings => {
            let message = "only newsletters in the layout parallel-lists can be read so far";
            diagnostics.push(Diagnostic::placeless(
                Rule::Settings,
                message,
                "write `layout = \"parallel-lists\"`",
            ));
            None
        }
    }
}
