use std::collections::BTreeSet;
use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use url::Url;

use crate::check::position::Region;
use crate::check::{CheckedFile, Within};
use crate::{Diagnostic, LabeledSpan, Rule, Severity};

/// What was found as a SARIF log, version 2.1.0 (OASIS), which code hosts show beside the lines.
///
/// # Errors
///
/// None that anything found can cause: the serializer's error is handed on as it is.
pub(crate) fn write_sarif_report(files: &[CheckedFile]) -> Result<String, serde_json::Error> {
    let found = files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(move |found| (file, found)));
    let rules: BTreeSet<Rule> = found
        .clone()
        .map(|(_, diagnostic)| diagnostic.rule)
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "digest-press",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": found.map(|(file, diagnostic)| result(diagnostic, file)).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_string_pretty(&log).map(|json| json + "\n")
}

fn rule(rule: Rule) -> Value {
    json!({
        "id": rule.id(),
        "shortDescription": { "text": rule.about() },
        "fullDescription": { "text": format!("{} Why it matters: {}.", rule.about(), rule.why()) },
        // There is no `helpUri`, since no address would be true wherever the program runs.
        "help": { "text": format!("Why it matters: {}. Each message says what to do.", rule.why()) },
    })
}

fn result(diagnostic: &Diagnostic, file: &CheckedFile) -> Value {
    let within = file.within(diagnostic);
    let mut locations =
        vec![json!({ "physicalLocation": { "artifactLocation": { "uri": uri(within.path) } } })];
    let mut places = diagnostic.spans.iter();
    if let Some(place) = places.next() {
        locations = vec![location(place, within)];
    }
    json!({
        "ruleId": diagnostic.rule.id(),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": format!("{}; {}", diagnostic.message, diagnostic.remedy) },
        "locations": locations,
        "relatedLocations": places.map(|place| location(place, within)).collect::<Vec<_>>(),
    })
}

fn location(place: &LabeledSpan, within: Within<'_>) -> Value {
    let mut location =
        json!({ "physicalLocation": { "artifactLocation": { "uri": uri(within.path) } } });
    if let Some(Region { start, end }) = within.region(place) {
        location["physicalLocation"]["region"] = json!({
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
        });
    }
    let words = within.words(place).map(|words| format!("“{words}”"));
    let label = Some(place.label.clone()).filter(|label| !label.is_empty());
    let message: Vec<String> = label.into_iter().chain(words).collect();
    if !message.is_empty() {
        location["message"] = json!({ "text": message.join(": ") });
    }
    location
}

/// A path as an address, relative to the working folder if the path is.
fn uri(path: &Path) -> String {
    if let Ok(url) = Url::from_file_path(path) {
        return url.to_string();
    }
    let segments = path
        .components()
        .filter(|component| *component != Component::CurDir);
    let encoded = |name: &str| utf8_percent_encode(name, ENCODED).to_string();
    let encoded: Vec<_> = segments
        .map(|segment| encoded(&segment.as_os_str().to_string_lossy()))
        .collect();
    // An address without a segment would be that of the log itself.
    if encoded.is_empty() {
        "./".to_owned()
    } else {
        encoded.join("/")
    }
}

/// What a segment of an address may hold as it is (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_an_address() {
        for (path, expected) in [
            ("./issues/vol 1.5.md", "issues/vol%201.5.md"),
            ("../日.md", "../%E6%97%A5.md"),
            ("/a/b#c.json", "file:///a/b%23c.json"),
            (".", "./"),
        ] {
            assert_eq!(uri(Path::new(path)), expected);
        }
    }
}
