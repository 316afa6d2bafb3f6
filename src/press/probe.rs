use std::cmp::Reverse;
use std::path::Path;

use digest_issue::Issue;

use crate::import::{Imported, import_source};
use crate::source::Source;
use crate::{DateFrom, Diagnostic, Layout, Series, Unplaced, VolumeFrom};

/// What a layout makes of a newsletter.
pub(crate) struct ProbeResult {
    pub(crate) layout: Layout,
    /// Which headings are headlines, in the layout `headings`.
    pub(crate) heading: u8,
    pub(crate) date: DateFrom,
    pub(crate) volume: VolumeFrom,
    pub(crate) issue: Issue,
    pub(crate) warnings: Vec<Diagnostic>,
    /// How many words of the newsletter are not left out.
    pub(crate) kept: usize,
}

/// What each layout that can read the newsletter makes of it: first the one that keeps the most words,
/// and of those that keep as many, the one with the fewest warnings; last those with a single headline.
///
/// # Errors
///
/// If no layout can read it: what is wrong in the one with the fewest errors.
pub(crate) fn probe(
    source: &Source,
    file: &Path,
    series: &Series,
) -> Result<Vec<ProbeResult>, Vec<Diagnostic>> {
    let (mut outlooks, mut refusals) = (Vec::new(), Vec::new());
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
            match outlook(source, file, &series) {
                Ok(outlook) => outlooks.push(outlook),
                Err(errors) => refusals.push(errors),
            }
        }
    }
    // A single headline is hardly a digest: it is a heading above the whole newsletter.
    let is_single = |outlook: &ProbeResult| outlook.issue.headlines.len() == 1;
    outlooks.sort_by_key(|outlook| {
        (
            is_single(outlook),
            Reverse(outlook.kept),
            outlook.warnings.len(),
        )
    });
    match refusals.into_iter().min_by_key(Vec::len) {
        Some(errors) if outlooks.is_empty() => Err(errors),
        _ => Ok(outlooks),
    }
}

/// How many words a text has, parted by spaces.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Where the day and the volume may come from. A newsletter that says its day is not dated by its file,
/// and one that has a volume is not numbered by its day.
const SOURCES: [(DateFrom, VolumeFrom); 4] = [
    (DateFrom::Label, VolumeFrom::Label),
    (DateFrom::Label, VolumeFrom::Date),
    (DateFrom::FileName, VolumeFrom::Label),
    (DateFrom::FileName, VolumeFrom::Date),
];

fn outlook(source: &Source, file: &Path, series: &Series) -> Result<ProbeResult, Vec<Diagnostic>> {
    let mut refusals = Vec::new();
    for (date, volume) in SOURCES {
        let series = Series {
            date,
            volume,
            ..series.clone()
        };
        match import_source(source, file, &series) {
            Ok(imported) => return Ok(ProbeResult::of(&source.text, imported, &series)),
            Err(errors) => refusals.push(errors),
        }
    }
    Err(refusals
        .into_iter()
        .min_by_key(Vec::len)
        .unwrap_or_default())
}

impl ProbeResult {
    fn of(source: &str, imported: Imported, series: &Series) -> ProbeResult {
        let Imported { issue, warnings } = imported;
        let &Series {
            layout,
            heading,
            date,
            volume,
            ..
        } = series;
        let left_out = warnings.iter().filter(|warning| warning.is_loss());
        let places = left_out.filter_map(|warning| warning.spans.first());
        let lost: usize = places
            .map(|place| words(source.get(place.span.clone()).unwrap_or_default()))
            .sum();
        let kept = words(source).saturating_sub(lost);
        ProbeResult {
            layout,
            heading,
            date,
            volume,
            issue,
            warnings,
            kept,
        }
    }
}
