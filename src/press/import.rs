//! Imports newsletters: returns the issue and its warnings, or every error.

use std::path::Path;

use digest_issue::Issue;

use crate::image_source::WordParts;
use crate::newsletter::{ParsedNewsletter, parse_newsletter};
use crate::source::Source;
use crate::{Diagnostic, Series, check};

/// An imported newsletter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The issue, which breaks no rule of the format.
    pub issue: Issue,
    /// The warnings, in the order of the source.
    pub warnings: Vec<Diagnostic>,
}

/// Imports a newsletter in Markdown, in the layout of its series.
///
/// `file` is the path that the newsletter comes from. Only its name is read, and only if the series
/// takes the dates of its issues from file names.
///
/// # Errors
///
/// Returns all errors in the order of the source, at least one.
pub fn import(
    source: &str,
    file: Option<&Path>,
    series: &Series,
) -> Result<Imported, Vec<Diagnostic>> {
    import_parsed(parse_newsletter(
        source,
        &WordParts::default(),
        file,
        series,
    ))
}

/// Imports a newsletter from its file at `path`. The warnings include those of the file's
/// conversion to Markdown.
///
/// # Errors
///
/// Returns the same errors as [`import()`].
pub(crate) fn import_source(
    source: &Source,
    path: &Path,
    series: &Series,
) -> Result<Imported, Vec<Diagnostic>> {
    let Source {
        text, word_parts, ..
    } = source;
    let mut imported = import_parsed(parse_newsletter(text, word_parts, Some(path), series))?;
    imported.warnings.extend(source.warnings.iter().cloned());
    imported.warnings.sort_by_key(Diagnostic::sort_key);
    Ok(imported)
}

fn import_parsed(parsed: ParsedNewsletter) -> Result<Imported, Vec<Diagnostic>> {
    let ParsedNewsletter {
        issue,
        source_map,
        mut diagnostics,
    } = parsed;
    diagnostics.extend(check::find_swapped_details(&issue, &source_map));
    diagnostics.sort_by_key(Diagnostic::sort_key);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(Diagnostic::is_error);
    if errors.is_empty() {
        Ok(Imported { issue, warnings })
    } else {
        Err(errors)
    }
}
