//! The date of an issue: from a label, the front matter or the file name.

use digest_issue::Date;

use super::{Candidate, MastheadReader};
use crate::date::{Weekday, WrittenDate};
use crate::newsletter::front_matter::FrontMatterKey;
use crate::newsletter::label::Label;
use crate::{DateFrom, Diagnostic, Rule, Series, date};

impl MastheadReader<'_, '_> {
    pub(super) fn read_date(&mut self) -> Option<Date> {
        let mut candidates = self.find_candidates(FrontMatterKey::Date, Label::Date);
        let mut all_parsed = true;
        for candidate in &mut candidates {
            match date::parse_date(&candidate.text) {
                Ok(written) => {
                    let warning = wrong_weekday_warning(written, candidate);
                    self.diagnostics.extend(warning);
                    candidate.text = written.date.to_string();
                }
                Err(reason) => {
                    all_parsed = false;
                    self.diagnostics.push(Diagnostic::error(
                        Rule::Date,
                        candidate.span.clone(),
                        format!("this date is not understood: {reason}"),
                        "write a date such as “March 11, 2022” or “2022-03-11”",
                    ));
                }
            }
        }
        if !all_parsed {
            return None;
        }
        match self.series.date {
            DateFrom::Label => {
                let chosen = self.choose_candidate(Label::Date, candidates)?;
                chosen.text.parse().ok()
            }
            DateFrom::FileName => self.read_file_date(candidates),
        }
    }

    /// Returns the date in the file name. A candidate that differs is an error.
    fn read_file_date(&mut self, candidates: Vec<Candidate>) -> Option<Date> {
        let Some(day) = self.find_date_in_file_name() else {
            self.diagnostics.push(self.no_date_in_file_name_error());
            return None;
        };
        let day_text = day.to_string();
        for other in candidates
            .into_iter()
            .filter(|other| other.text != day_text)
        {
            let message = format!(
                "the issue has two dates, “{day}” in its file name and “{}”",
                other.text
            );
            let remedy = "fix the wrong one, here or in the file name";
            self.diagnostics
                .push(Diagnostic::error(Rule::Twice, other.span, message, remedy));
        }
        Some(day)
    }

    /// Returns a hint for issues without a date, if the file name has one.
    pub(super) fn file_name_hint(&self) -> String {
        let hint = |day: Date| {
            let file = Series::FILE;
            format!(
                "; or write date = \"file-name\" in {file}: the file name contains the date “{day}”"
            )
        };
        self.find_date_in_file_name().map(hint).unwrap_or_default()
    }

    fn find_date_in_file_name(&self) -> Option<Date> {
        date::find_date_in_file_name(&self.file?.file_name()?.to_string_lossy())
    }

    fn no_date_in_file_name_error(&self) -> Diagnostic {
        let name = self.file.and_then(|file| file.file_name());
        let problem = match name {
            Some(name) => format!(
                "the file name “{}” does not contain one date",
                name.display()
            ),
            None => "this text has no file name".to_owned(),
        };
        let message =
            format!("{problem}, and this series takes the dates of issues from file names");
        let remedy = format!(
            "name the file as in “2022-03-11-newsletter.md”; or remove \
             `date = \"file-name\"` from {}, \
             and write the date in each newsletter",
            Series::FILE
        );
        Diagnostic::without_span(Rule::Date, message, remedy)
    }
}

fn wrong_weekday_warning(written: WrittenDate, candidate: &Candidate) -> Option<Diagnostic> {
    let WrittenDate {
        date,
        wrong_weekday,
    } = written;
    let message = format!(
        "{} is a {}, not a {}",
        date::format_date(date, "en"),
        Weekday::from_date(date).name(),
        wrong_weekday?.name()
    );
    let remedy = "correct the date, or the weekday beside it";
    Some(Diagnostic::warning(
        Rule::Date,
        candidate.span.clone(),
        message,
        remedy,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;

    #[test]
    fn text_without_a_file_has_no_file_name_date() {
        let series = Series {
            date: DateFrom::FileName,
            ..Series::default()
        };
        let errors = import("Digest\n\nVol: 1\n\nDate: 2022-03-11", None, &series).unwrap_err();
        assert_eq!(
            errors[0].message,
            "this text has no file name, and this series takes the dates of issues from file names"
        );
    }
}
