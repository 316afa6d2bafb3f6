use std::path::Path;

use digest_issue::{Issue, Lang};

use super::document::Document;
use super::group_omissions;
use super::layout;
use super::map_source::map_source;
use crate::source_map::SourceMap;
use crate::{Diagnostic, Rule, Series, Unplaced, check};

/// A newsletter that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The issue; it breaks no rule of the format.
    pub issue: Issue,
    /// What somebody should look at, in the order of the source.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a newsletter in Markdown, which is laid out as its series says.
///
/// Of the `file` that it comes from only the name is read, and only if the series has the days of its issues
/// there.
///
/// # Errors
///
/// Everything that the newsletter is refused for, in the order of the source: never empty.
pub fn import(
    source: &str,
    file: Option<&Path>,
    series: &Series,
) -> Result<Imported, Vec<Diagnostic>> {
    let Read {
        issue, diagnostics, ..
    } = read(source, file, series);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(Diagnostic::is_error);
    match issue {
        Some(issue) if errors.is_empty() => Ok(Imported { issue, warnings }),
        _ => Err(errors),
    }
}

/// What was read, as far as it could be.
pub(crate) struct Read {
    /// The issue, or `None` if there is no reading it. It is not whole if an error is among the diagnostics.
    pub(crate) issue: Option<Issue>,
    /// Where its parts stand in the source.
    pub(crate) source_map: SourceMap,
    /// All that is to be said, in the order of the source.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a newsletter as [`import`] does, and goes on as long as there is something to say.
pub(crate) fn read(source: &str, file: Option<&Path>, series: &Series) -> Read {
    let mut diagnostics = Vec::from_iter(unusable_lang(&series.lang));
    let document = Document::parse(source, file, series, &mut diagnostics);
    let issue = layout::read(&document, series, &mut diagnostics);
    if series.unplaced == Unplaced::LeaveOut {
        diagnostics = diagnostics
            .into_iter()
            .map(Diagnostic::into_omission)
            .collect();
    }
    if !diagnostics.iter().any(Diagnostic::is_error) {
        // The layout has named all that an editor can get wrong; this is the guard that no file is
        // written which a widget could not show.
        diagnostics.extend(issue.problems().into_iter().map(Diagnostic::from));
    }
    let source_map = map_source(&document.blocks, &issue);
    diagnostics.extend(check::find_swapped_details(&issue, &source_map));
    diagnostics.sort_by_key(Diagnostic::sort_key);
    let diagnostics = group_omissions::in_runs(diagnostics, source);
    Read {
        issue: Some(issue),
        source_map,
        diagnostics,
    }
}

fn unusable_lang(lang: &Lang) -> Option<Diagnostic> {
    let message = format!("expected the tag of a language, found {:?}", lang.as_str());
    let error = || {
        Diagnostic::without_span(
            Rule::Language,
            message,
            "write \"en\" for English, \"ja\" for Japanese",
        )
    };
    (!lang.is_well_formed()).then(error)
}
