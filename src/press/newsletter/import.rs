use digest_issue::{Issue, Lang};

use super::{markdown, parallel_lists};
use crate::Diagnostic;

/// A newsletter that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The issue; it breaks no rule of the format.
    pub issue: Issue,
    /// What somebody should look at, in the order of the source.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a newsletter in Markdown that is written in the language `lang`.
///
/// # Errors
///
/// Everything that the newsletter is refused for, in the order of the source: never empty.
pub fn import(source: &str, lang: Lang) -> Result<Imported, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let issue = parallel_lists::read(&markdown::parse(source), lang, &mut diagnostics);
    if let Some(issue) = issue.as_ref().filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) {
        // The layout has named all that an editor can get wrong, but for the language; this is
        // the guard that no file is written which a widget could not show.
        diagnostics.extend(issue.problems().into_iter().map(Diagnostic::from));
    }
    diagnostics.sort_by_key(Diagnostic::start);
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(Diagnostic::is_error);
    match issue {
        Some(issue) if errors.is_empty() => Ok(Imported { issue, warnings }),
        _ => Err(errors),
    }
}
