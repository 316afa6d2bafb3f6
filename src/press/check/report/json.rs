use serde::Serialize;

use crate::check::Checked;
use crate::check::position::Region;
use crate::{Diagnostic, Place, Severity};

/// What was found as a JSON array with an object for each problem.
///
/// | key | |
/// |---|---|
/// | `file` | the file, as it was named on the command line |
/// | `line`, `column`, `endLine`, `endColumn` | where, from 1; columns in Unicode characters, the last one behind the end. They are not there if it is about no place |
/// | `rule` | the rule's name, such as `placeholder-link`; names stay |
/// | `severity` | `error` or `warning` |
/// | `message`, `why`, `help` | what is wrong, why it matters, what to do |
/// | `also` | other places that explain it: `label` and the keys of a place |
///
/// # Errors
///
/// None that anything found can cause: the serializer's error is handed on as it is.
pub(crate) fn json(files: &[Checked]) -> Result<String, serde_json::Error> {
    let problems: Vec<_> = files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(|diagnostic| Problem::of(diagnostic, file)))
        .collect();
    serde_json::to_string_pretty(&problems).map(|json| json + "\n")
}

#[derive(Serialize)]
struct Problem<'a> {
    file: String,
    #[serde(flatten)]
    region: Option<Range>,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    why: &'static str,
    help: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Also<'a>>,
}

#[derive(Serialize)]
struct Also<'a> {
    label: &'a str,
    #[serde(flatten)]
    region: Range,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Range {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> Problem<'a> {
    fn of(diagnostic: &'a Diagnostic, file: &'a Checked) -> Problem<'a> {
        let (path, text) = file.source_of(diagnostic);
        let mut places = diagnostic.places.iter();
        Problem {
            file: path.display().to_string(),
            region: places.next().map(|place| Range::of(place, text)),
            rule: diagnostic.rule.id(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            why: diagnostic.rule.why(),
            help: &diagnostic.remedy,
            also: places.map(|place| Also { label: &place.label, region: Range::of(place, text) }).collect(),
        }
    }
}

impl Range {
    fn of(place: &Place, text: &str) -> Range {
        let Region { start, end } = Region::of(text, &place.span);
        Range { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}
