use digest_issue::Date;

use super::{Reader, Said};
use crate::newsletter::front_matter::Key;
use crate::newsletter::label::Label;
use crate::{DateFrom, Diagnostic, Rule, Series, date};

impl Reader<'_, '_> {
    /// The day of the issue.
    pub(super) fn date(&mut self) -> Option<Date> {
        let mut said: Vec<_> = self
            .front
            .find(Key::Date)
            .map(Said::by)
            .into_iter()
            .collect();
        said.extend(self.labelled(Label::Date));
        let mut all_understood = true;
        for said in &mut said {
            match date::parse(&said.text) {
                Some(date) => said.text = date.to_string(),
                None => {
                    all_understood = false;
                    self.diagnostics.push(Diagnostic::error(
                        Rule::Date,
                        said.span.clone(),
                        "this date is not understood",
                        "write a day of the calendar, as in “March 11, 2022” or “2022-03-11”",
                    ));
                }
            }
        }
        if !all_understood {
            return None;
        }
        match self.series.date {
            DateFrom::Label => date::parse(&self.agreed(Label::Date, said)?.text),
            DateFrom::FileName => self.day_of_file(said),
        }
    }

    /// The day in the name of the newsletter's file, with which all that was said must agree.
    fn day_of_file(&mut self, said: Vec<Said>) -> Option<Date> {
        let Some(day) = self.day_in_file_name() else {
            self.diagnostics.push(self.no_day_in_file_name());
            return None;
        };
        for other in said.into_iter().filter(|said| said.text != day.to_string()) {
            let message = format!(
                "the issue has two dates, “{day}” in the name of its file, and “{}”",
                other.text
            );
            let remedy = "mend the one that is wrong, here or in the name of the file";
            self.diagnostics
                .push(Diagnostic::error(Rule::Twice, other.span, message, remedy));
        }
        Some(day)
    }

    /// Said where an issue has no day, if the series could have said to look for it there.
    pub(super) fn hint_of_day(&self) -> String {
        let hint = |day: Date| {
            let file = Series::FILE;
            format!(
                "; or write date = \"file-name\" into {file}, since the file's name holds a day, “{day}”"
            )
        };
        self.day_in_file_name().map(hint).unwrap_or_default()
    }

    fn day_in_file_name(&self) -> Option<Date> {
        date::in_file_name(&self.file?.file_name()?.to_string_lossy())
    }

    fn no_day_in_file_name(&self) -> Diagnostic {
        let name = self.file.and_then(|file| file.file_name());
        let what = match name {
            Some(name) => format!(
                "the name of the file, “{}”, does not hold one day",
                name.display()
            ),
            None => "this text comes from no file".to_owned(),
        };
        Diagnostic::without_span(
            Rule::Date,
            format!(
                "{what}, and this series has the days of its issues in the names of their files"
            ),
            format!(
                "name the file as in “2022-03-11-newsletter.md”; or remove `date = \"file-name\"` from {}, \
                 and write the day into each newsletter",
                Series::FILE
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;

    #[test]
    fn a_text_that_comes_from_no_file_has_no_day_in_its_name() {
        let series = Series {
            date: DateFrom::FileName,
            ..Series::default()
        };
        let errors = import("Digest\n\nVol: 1\n\nDate: 2022-03-11", None, &series).unwrap_err();
        assert_eq!(
            errors[0].message,
            "this text comes from no file, and this series has the days of its issues in the names of their files"
        );
    }
}
