//! The volume of an issue: from a label, the front matter, the title or the date.

use digest_issue::{Date, Volume};
use unicode_normalization::UnicodeNormalization;

use super::{Candidate, MastheadReader};
use crate::newsletter::front_matter::FrontMatterKey;
use crate::newsletter::label::Label;
use crate::newsletter::volume_notation::{find_lone_volume, split_volume, split_volume_in_middle};
use crate::{Diagnostic, Rule, Series, VolumeFrom};

impl MastheadReader<'_, '_> {
    pub(super) fn read_volume(
        &mut self,
        titles: &[Candidate],
        date: Option<Date>,
    ) -> Option<Volume> {
        let mut candidates = self.find_candidates(FrontMatterKey::Volume, Label::Volume);
        if self.series.volume == VolumeFrom::Date {
            if let Some(candidate) = candidates.first() {
                self.diagnostics.push(needless_volume_error(candidate));
            }
            return date.map(|date| Volume::new(date.to_string()));
        }
        candidates.extend(titles.iter().filter_map(|title| {
            let volume = split_volume(&title.text)
                .1
                .or_else(|| self.number_behind_series_title(&title.text));
            Some(Candidate {
                text: volume?.to_owned(),
                span: title.span.clone(),
            })
        }));
        if candidates.is_empty() {
            candidates.extend(titles.iter().filter_map(|title| {
                let (_, volume) = split_volume_in_middle(&title.text)?;
                Some(Candidate {
                    text: volume.to_owned(),
                    span: title.span.clone(),
                })
            }));
        }
        for candidate in &mut candidates {
            candidate.text = normalize_volume(&candidate.text);
        }
        let volume = self.choose_candidate(Label::Volume, candidates)?;
        if !volume
            .text
            .contains(|character: char| character.is_ascii_digit())
        {
            self.diagnostics.push(Diagnostic::error(
                Rule::Volume,
                volume.span,
                "the volume has no number, which sorts the issues",
                format!("write it as in {}", Label::Volume.example()),
            ));
        }
        Some(Volume::new(volume.text))
    }

    /// Returns the number behind the title of the series: “13” in “This Week in Rust 13”.
    fn number_behind_series_title<'t>(&self, title: &'t str) -> Option<&'t str> {
        let series = self.series.title.as_deref()?;
        let start = title
            .get(..series.len())
            .filter(|start| start.eq_ignore_ascii_case(series))?;
        let number = title[start.len()..].trim_start();
        let is_number = number.starts_with(|character: char| character.is_ascii_digit())
            && number
                .chars()
                .all(|character| character.is_ascii_digit() || character == '.');
        is_number.then_some(number)
    }
}

/// Reduces a volume to its number. The view adds “Vol”, or “第” and “号”.
fn normalize_volume(text: &str) -> String {
    // Full-width digits become ASCII.
    let text: String = text.nfkc().collect();
    let number = find_lone_volume(&text).and_then(|number| text.get(number));
    number
        .unwrap_or(&text)
        .trim_end_matches(['号', '巻'])
        .to_owned()
}

fn needless_volume_error(candidate: &Candidate) -> Diagnostic {
    Diagnostic::error(
        Rule::Twice,
        candidate.span.clone(),
        "this is a volume, but in this series the date of an issue is its volume",
        format!(
            "remove it, or remove `volume = \"date\"` from {}",
            Series::FILE
        ),
    )
}
