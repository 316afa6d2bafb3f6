//! Imports newsletters: returns the issue and its warnings, or every error.

use std::path::Path;

use digest_issue::Issue;

use crate::image_source::WordParts;
use crate::newsletter::{ParsedNewsletter, parse_newsletter, rename_repeated_headlines};
use crate::source::{FeedEntries, Source};
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
/// Returns all errors and warnings in the order of the source, at least one error.
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
    import_parsed(parse_source(source, path, series))
}

/// Parses a newsletter from its file at `path`. The diagnostics include those of the file's
/// conversion to Markdown.
pub(crate) fn parse_source(source: &Source, path: &Path, series: &Series) -> ParsedNewsletter {
    let Source {
        text, word_parts, ..
    } = source;
    let series = source.adapt_series(series);
    let mut parsed = parse_newsletter(text, word_parts, Some(path), &series);
    if let Some(FeedEntries { ids, .. }) = &source.feed {
        rename_repeated_headlines(&mut parsed.issue.headlines, ids);
    }
    parsed.diagnostics.extend(source.warnings.iter().cloned());
    parsed
}

/// Imports a parsed newsletter.
///
/// # Errors
///
/// Returns the same errors as [`import()`].
pub(crate) fn import_parsed(parsed: ParsedNewsletter) -> Result<Imported, Vec<Diagnostic>> {
    let ParsedNewsletter {
        issue,
        source_map,
        mut diagnostics,
        ..
    } = parsed;
    diagnostics.extend(check::find_swapped_details(&issue, &source_map));
    diagnostics.sort_by_key(Diagnostic::sort_key);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    Ok(Imported {
        issue,
        warnings: diagnostics,
    })
}
