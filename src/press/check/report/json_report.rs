//! The report of `check --format json`.

use serde::Serialize;

use crate::check::position::{LineIndex, Region};
use crate::check::{CheckedFile, SpanFile};
use crate::{Diagnostic, LabeledSpan, Severity};

/// Writes a JSON array with an object for each diagnostic.
///
/// - `file`: the path, as given on the command line.
/// - `line`, `column`, `endLine`, `endColumn`: the span, from 1, with columns in Unicode characters
///   and the end behind the last one. Absent if the diagnostic has no span, and in a Word document
///   or web page, which has no lines.
/// - `text`: the text of the span as Markdown, or its first 2048 bytes, in a Word document or web page.
/// - `rule`: the id of the rule, such as `placeholder-link`, which never changes.
/// - `severity`: `error` or `warning`.
/// - `message`, `why`, `help`: what is wrong, why it matters, what to do.
/// - `also`: related spans, each with a `label`.
///
/// # Errors
///
/// Fails if the serializer fails, which no diagnostic causes.
pub(crate) fn write_json_report(files: &[CheckedFile]) -> Result<String, serde_json::Error> {
    let mut diagnostics = Vec::new();
    for file in files {
        let mut index = LineIndex::default();
        let found = file.diagnostics.iter();
        diagnostics
            .extend(found.map(|diagnostic| JsonDiagnostic::new(diagnostic, file, &mut index)));
    }
    serde_json::to_string_pretty(&diagnostics).map(|json| json + "\n")
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    file: String,
    #[serde(flatten)]
    span: Option<JsonSpan<'a>>,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    why: &'static str,
    help: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<RelatedSpan<'a>>,
}

#[derive(Serialize)]
struct RelatedSpan<'a> {
    label: &'a str,
    #[serde(flatten)]
    span: JsonSpan<'a>,
}

#[derive(Serialize)]
struct JsonSpan<'a> {
    #[serde(flatten)]
    region: Option<JsonRegion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonRegion {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> JsonDiagnostic<'a> {
    fn new(
        diagnostic: &'a Diagnostic,
        checked: &'a CheckedFile,
        index: &mut LineIndex<'a>,
    ) -> JsonDiagnostic<'a> {
        let file = checked.span_file(diagnostic);
        let mut spans = diagnostic.spans.iter();
        JsonDiagnostic {
            file: file.path.display().to_string(),
            span: spans.next().map(|span| JsonSpan::new(span, file, index)),
            rule: diagnostic.rule.id(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            why: diagnostic.rule.why(),
            help: &diagnostic.remedy,
            also: spans
                .map(|span| RelatedSpan {
                    label: &span.label,
                    span: JsonSpan::new(span, file, index),
                })
                .collect(),
        }
    }
}

impl<'a> JsonSpan<'a> {
    fn new(span: &LabeledSpan, file: SpanFile<'a>, index: &mut LineIndex<'a>) -> JsonSpan<'a> {
        JsonSpan {
            region: file.region(span, index).map(JsonRegion::from),
            text: file.quote(span),
        }
    }
}

impl From<Region> for JsonRegion {
    fn from(Region { start, end }: Region) -> JsonRegion {
        JsonRegion {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
