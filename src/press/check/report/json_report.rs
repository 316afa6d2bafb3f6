use serde::Serialize;

use crate::check::position::Region;
use crate::check::{CheckedFile, Within};
use crate::{Diagnostic, LabeledSpan, Severity};

/// What was found as a JSON array with an object for each problem.
///
/// | key | |
/// |---|---|
/// | `file` | the file, as it was named on the command line |
/// | `line`, `column`, `endLine`, `endColumn` | where, from 1; columns in Unicode characters, the last one behind the end. They are not there if it is about no place, and in a Word document or web page, which has no lines |
/// | `text` | what stands there, as Markdown, in a Word document or web page |
/// | `rule` | the rule's name, such as `placeholder-link`; names stay |
/// | `severity` | `error` or `warning` |
/// | `message`, `why`, `help` | what is wrong, why it matters, what to do |
/// | `also` | other places that explain it: `label` and the keys of a place |
///
/// # Errors
///
/// None that anything found can cause: the serializer's error is handed on as it is.
pub(crate) fn write_json_report(files: &[CheckedFile]) -> Result<String, serde_json::Error> {
    let problems: Vec<_> = files
        .iter()
        .flat_map(|file| {
            file.diagnostics
                .iter()
                .map(|diagnostic| Problem::of(diagnostic, file))
        })
        .collect();
    serde_json::to_string_pretty(&problems).map(|json| json + "\n")
}

#[derive(Serialize)]
struct Problem<'a> {
    file: String,
    #[serde(flatten)]
    place: Option<Where<'a>>,
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
    place: Where<'a>,
}

#[derive(Serialize)]
struct Where<'a> {
    #[serde(flatten)]
    range: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
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
    fn of(diagnostic: &'a Diagnostic, file: &'a CheckedFile) -> Problem<'a> {
        let within = file.within(diagnostic);
        let mut places = diagnostic.spans.iter();
        Problem {
            file: within.path.display().to_string(),
            place: places.next().map(|place| Where::of(place, within)),
            rule: diagnostic.rule.id(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            why: diagnostic.rule.why(),
            help: &diagnostic.remedy,
            also: places
                .map(|place| Also {
                    label: &place.label,
                    place: Where::of(place, within),
                })
                .collect(),
        }
    }
}

impl<'a> Where<'a> {
    fn of(place: &LabeledSpan, within: Within<'a>) -> Where<'a> {
        Where {
            range: within.region(place).map(Range::from),
            text: within.words(place),
        }
    }
}

impl From<Region> for Range {
    fn from(Region { start, end }: Region) -> Range {
        Range {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
