//! The report of `check --format sarif`: a SARIF 2.1.0 log (OASIS), which code hosts show beside
//! lines.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use url::Url;

use crate::check::position::{LineIndex, Region};
use crate::check::{CheckedFile, SpanFile};
use crate::{Diagnostic, LabeledSpan, Rule, Severity};

/// Writes the log with a result for each diagnostic.
///
/// # Errors
///
/// Fails if the serializer fails, which no diagnostic causes.
pub(crate) fn write_sarif_report(files: &[CheckedFile]) -> Result<String, serde_json::Error> {
    let diagnostics = files.iter().flat_map(|file| &file.diagnostics);
    let rules: BTreeSet<Rule> = diagnostics.map(|diagnostic| diagnostic.rule).collect();
    let mut results = Vec::new();
    for file in files {
        let mut index = LineIndex::default();
        let found = file.diagnostics.iter();
        results.extend(found.map(|diagnostic| result_json(diagnostic, file, &mut index)));
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "digest-press",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule_json).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).map(|json| json + "\n")
}

fn rule_json(rule: Rule) -> Value {
    json!({
        "id": rule.id(),
        "shortDescription": { "text": rule.about() },
        "fullDescription": { "text": format!("{} Why it matters: {}.", rule.about(), rule.why()) },
        // No `helpUri`: the rules have no permanent address on the web.
        "help": { "text": format!("Why it matters: {}. Each message says what to do.", rule.why()) },
    })
}

fn result_json<'a>(
    diagnostic: &'a Diagnostic,
    checked: &'a CheckedFile,
    index: &mut LineIndex<'a>,
) -> Value {
    let file = checked.span_file(diagnostic);
    let mut spans = diagnostic.spans.iter();
    let location = match spans.next() {
        Some(span) => span_location(span, file, index),
        None => file_location(file),
    };
    let related: Vec<_> = spans.map(|span| span_location(span, file, index)).collect();
    json!({
        "ruleId": diagnostic.rule.id(),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": format!("{}; {}", diagnostic.message, diagnostic.remedy) },
        "locations": [location],
        "relatedLocations": related,
    })
}

fn file_location(file: SpanFile<'_>) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": path_to_uri(file.path) } } })
}

fn span_location<'a>(span: &LabeledSpan, file: SpanFile<'a>, index: &mut LineIndex<'a>) -> Value {
    let mut location = file_location(file);
    if let Some(Region { start, end }) = file.region(span, index) {
        location["physicalLocation"]["region"] = json!({
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
        });
    }
    let quote = file.quote(span).map(|text| format!("“{text}”"));
    let label = Some(span.label.clone()).filter(|label| !label.is_empty());
    let message: Vec<String> = label.into_iter().chain(quote).collect();
    if !message.is_empty() {
        location["message"] = json!({ "text": message.join(": ") });
    }
    location
}

/// Converts a path to a URI. A relative path gives a relative URI.
fn path_to_uri(path: &Path) -> String {
    if let Ok(url) = Url::from_file_path(path) {
        return url.to_string();
    }
    let segments = path
        .components()
        .filter(|component| *component != Component::CurDir);
    let encode = |name: &str| utf8_percent_encode(name, ENCODED).to_string();
    let encoded: Vec<_> = segments
        .map(|segment| encode(&segment.as_os_str().to_string_lossy()))
        .collect();
    // An empty URI would refer to the log itself.
    if encoded.is_empty() {
        "./".to_owned()
    } else {
        encoded.join("/")
    }
}

/// All characters except unreserved ones (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("./issues/vol 1.5.md", "issues/vol%201.5.md"),
            ("../日.md", "../%E6%97%A5.md"),
            ("/a/b#c.json", "file:///a/b%23c.json"),
            (".", "./"),
        ] {
            assert_eq!(path_to_uri(Path::new(path)), expected);
        }
    }
}
