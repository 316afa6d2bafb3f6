//! Tries every layout on a newsletter, to suggest the settings of a series.

use std::cmp::Reverse;
use std::path::Path;

use digest_issue::Issue;

use crate::import::{Imported, import_parsed, parse_source};
use crate::source::Source;
use crate::{DateFrom, Diagnostic, Layout, Rule, Series, Unplaced, VolumeFrom};

/// The issue that a newsletter becomes in one layout.
pub(crate) struct ProbeResult {
    pub(crate) layout: Layout,
    /// Level of the headlines, in the layout `headings`.
    pub(crate) heading: u8,
    pub(crate) date: DateFrom,
    pub(crate) volume: VolumeFrom,
    pub(crate) issue: Issue,
    pub(crate) warnings: Vec<Diagnostic>,
    /// The errors about the title, the volume and the date, which no layout changes.
    pub(crate) incomplete: Vec<Diagnostic>,
    /// Number of words that are not left out.
    pub(crate) kept_words: usize,
}

/// Reads a newsletter in every layout. The result that keeps the most words with the fewest
/// warnings comes first; results with a single headline come last.
///
/// # Errors
///
/// Returns the diagnostics of the layout with the fewest errors, if no layout can read the newsletter.
pub(crate) fn probe_layouts(
    source: &Source,
    file: &Path,
    series: &Series,
) -> Result<Vec<ProbeResult>, Vec<Diagnostic>> {
    let (mut results, mut failures) = (Vec::new(), Vec::new());
    for layout in Layout::ALL {
        // Only one layout has headlines of several levels.
        let levels = if layout == Layout::Headings {
            1..=6
        } else {
            series.heading..=series.heading
        };
        for heading in levels {
            let series = Series {
                layout,
                heading,
                unplaced: Unplaced::LeaveOut,
                ..series.clone()
            };
            match probe_layout(source, file, &series) {
                Ok(result) => results.push(result),
                Err(errors) => failures.push(errors),
            }
        }
    }
    // A single headline is probably a heading above the whole newsletter.
    let is_single = |result: &ProbeResult| result.issue.headlines.len() == 1;
    results.sort_by_key(|result| {
        (
            is_single(result),
            Reverse(result.kept_words),
            result.warnings.len(),
        )
    });
    match failures
        .into_iter()
        .min_by_key(|failure| count_errors(failure))
    {
        Some(errors) if results.is_empty() => Err(errors),
        _ => Ok(results),
    }
}

/// Counts the words of a text, separated by spaces.
pub(crate) fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Sources of date and volume, the preferred ones first.
const SOURCES: [(DateFrom, VolumeFrom); 4] = [
    (DateFrom::Label, VolumeFrom::Label),
    (DateFrom::Label, VolumeFrom::Date),
    (DateFrom::FileName, VolumeFrom::Label),
    (DateFrom::FileName, VolumeFrom::Date),
];

/// Reads a newsletter in one layout, with the first sources of date and volume that fit best.
fn probe_layout(
    source: &Source,
    file: &Path,
    series: &Series,
) -> Result<ProbeResult, Vec<Diagnostic>> {
    let (mut results, mut failures) = (Vec::new(), Vec::new());
    for (date, volume) in SOURCES {
        let series = Series {
            date,
            volume,
            ..series.clone()
        };
        match read_incomplete(source, file, &series) {
            Ok((imported, incomplete)) => {
                results.push(ProbeResult::new(
                    &source.text,
                    imported,
                    incomplete,
                    &series,
                ));
            }
            Err(errors) => failures.push(errors),
        }
    }
    match results
        .into_iter()
        .min_by_key(|result| result.incomplete.len())
    {
        Some(result) => Ok(result),
        None => Err(failures
            .into_iter()
            .min_by_key(|failure| count_errors(failure))
            .unwrap_or_default()),
    }
}

/// Reads an issue that may lack its title, volume or date, and returns the errors about them.
fn read_incomplete(
    source: &Source,
    file: &Path,
    series: &Series,
) -> Result<(Imported, Vec<Diagnostic>), Vec<Diagnostic>> {
    let parsed = parse_source(source, file, series);
    let issue = parsed.issue.clone();
    let diagnostics = match import_parsed(parsed) {
        Ok(imported) => return Ok((imported, Vec::new())),
        Err(diagnostics) => diagnostics,
    };
    let is_about_masthead = |diagnostic: &Diagnostic| {
        let rules = [Rule::MissingPart, Rule::Date, Rule::Volume];
        !diagnostic.is_error() || rules.contains(&diagnostic.rule)
    };
    if issue.headlines.is_empty() || !diagnostics.iter().all(is_about_masthead) {
        return Err(diagnostics);
    }
    let (incomplete, warnings) = diagnostics.into_iter().partition(Diagnostic::is_error);
    Ok((Imported { issue, warnings }, incomplete))
}

fn count_errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .count()
}

impl ProbeResult {
    fn new(
        source: &str,
        imported: Imported,
        incomplete: Vec<Diagnostic>,
        series: &Series,
    ) -> ProbeResult {
        let Imported { issue, warnings } = imported;
        let &Series {
            layout,
            heading,
            date,
            volume,
            ..
        } = series;
        let omissions = warnings.iter().filter(|warning| warning.is_loss());
        let spans = omissions.filter_map(|warning| warning.spans.first());
        let lost: usize = spans
            .map(|labeled| count_words(source.get(labeled.span.clone()).unwrap_or_default()))
            .sum();
        let kept_words = count_words(source).saturating_sub(lost);
        ProbeResult {
            layout,
            heading,
            date,
            volume,
            issue,
            warnings,
            incomplete,
            kept_words,
        }
    }
}
