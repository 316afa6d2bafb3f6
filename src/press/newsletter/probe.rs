use std::cmp::Reverse;

use digest_issue::Issue;

use super::import::{Imported, import};
use crate::{Diagnostic, Layout, Series, Unplaced, VolumeFrom};

/// What a layout makes of a newsletter.
pub(crate) struct Outlook {
    pub(crate) layout: Layout,
    /// Which headings are headlines, in the layout `headings`.
    pub(crate) heading: u8,
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
pub(crate) fn probe(source: &str, series: &Series) -> Result<Vec<Outlook>, Vec<Diagnostic>> {
    let (mut outlooks, mut refusals) = (Vec::new(), Vec::new());
    for layout in Layout::ALL {
        // Only one layout has headlines of several levels.
        let levels = if layout == Layout::Headings { 1..=6 } else { series.heading..=series.heading };
        for heading in levels {
            match outlook(source, &Series { layout, heading, unplaced: Unplaced::LeaveOut, ..series.clone() })
            {
                Ok(outlook) => outlooks.push(outlook),
                Err(errors) => refusals.push(errors),
            }
        }
    }
    // A single headline is hardly a digest: it is a heading above the whole newsletter.
    let is_single = |outlook: &Outlook| outlook.issue.headlines.len() == 1;
    outlooks.sort_by_key(|outlook| (is_single(outlook), Reverse(outlook.kept), outlook.warnings.len()));
    match refusals.into_iter().min_by_key(Vec::len) {
        Some(errors) if outlooks.is_empty() => Err(errors),
        _ => Ok(outlooks),
    }
}

/// How many words a text has, parted by spaces.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn fewer(some: Vec<Diagnostic>, others: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if others.len() < some.len() { others } else { some }
}

fn outlook(source: &str, series: &Series) -> Result<Outlook, Vec<Diagnostic>> {
    let with_label = Series { volume: VolumeFrom::Label, ..series.clone() };
    let with_date = Series { volume: VolumeFrom::Date, ..series.clone() };
    // A newsletter that has a volume is not numbered by its day.
    let (imported, volume) = match import(source, &with_label) {
        Ok(imported) => (imported, VolumeFrom::Label),
        Err(errors) => {
            let imported = import(source, &with_date);
            (imported.map_err(|others| fewer(errors, others))?, VolumeFrom::Date)
        }
    };
    let Imported { issue, warnings } = imported;
    let left_out = warnings.iter().filter(|warning| warning.is_loss());
    let places = left_out.filter_map(|warning| warning.places.first());
    let lost: usize = places.map(|place| words(source.get(place.span.clone()).unwrap_or_default())).sum();
    Ok(Outlook {
        layout: series.layout,
        heading: series.heading,
        volume,
        issue,
        kept: words(source).saturating_sub(lost),
        warnings,
    })
}
