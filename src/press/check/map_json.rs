//! The spans of values and of repeated keys in a JSON document, for diagnostics about an issue.

use std::collections::HashMap;
use std::ops::Range;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::source_map::{SourceMap, Span};
use crate::{Diagnostic, Rule};

/// The spans in a JSON document. There are none if the document is invalid.
#[derive(Default)]
pub(crate) struct JsonMap {
    /// The spans of the values, by their paths.
    pub(crate) values: SourceMap,
    /// An error for each key that an object has twice: programs differ in which value they take.
    pub(crate) repeated_keys: Vec<Diagnostic>,
}

/// Maps a JSON document.
pub(crate) fn map_json(json: &str) -> JsonMap {
    let mut map = JsonMap::default();
    let parsed = parse_to_ast(json, &CollectOptions::default(), &ParseOptions::default());
    if let Some(value) = parsed.ok().and_then(|parsed| parsed.value) {
        map.add_value("", &value);
    }
    map
}

fn repeated_key_error(key: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("the key “{key}” appears twice");
    Diagnostic::error(Rule::Twice, span, message, "keep one of them")
        .with_label(first, "the first one")
}

/// Returns the span of a syntax error of `serde_json`.
///
/// Lines and columns count from 1, columns in bytes. The column is 0 if the error is at the end of
/// the line before.
pub(crate) fn syntax_error_span(json: &str, line: usize, column: usize) -> Range<usize> {
    let before: usize = json
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let offset = json.floor_char_boundary((before + column).saturating_sub(1));
    offset..json.ceil_char_boundary(offset + 1)
}

/// Maximum length of a path in bytes. Those of an issue are shorter.
const MAX_PATH: usize = 256;

impl JsonMap {
    /// Adds a value and everything in it. The parser limits the depth of nesting.
    fn add_value(&mut self, path: &str, value: &Value<'_>) {
        // Each value inside would repeat a long path.
        if path.len() > MAX_PATH {
            return;
        }
        self.values.insert(path, value.start()..value.end());
        match value {
            Value::Object(object) => self.add_object(path, object),
            Value::Array(array) => {
                for (index, element) in array.elements.iter().enumerate() {
                    self.add_value(&format!("{path}[{index}]"), element);
                }
            }
            _ => {}
        }
    }

    fn add_object(&mut self, path: &str, object: &Object<'_>) {
        let dot = if path.is_empty() { "" } else { "." };
        let mut firsts = HashMap::new();
        for property in &object.properties {
            let (key, span) = (property.name.as_str(), property.name.range());
            let span = span.start..span.end;
            match firsts.get(key) {
                None => _ = firsts.insert(key, span),
                Some(first) => {
                    let error = repeated_key_error(key, span, Span::clone(first));
                    self.repeated_keys.push(error);
                }
            }
            self.add_value(&format!("{path}{dot}{key}"), &property.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_span_by_its_path() {
        let json = r#"{ "title": "日米\n同盟", "headlines": [{ "detail": [["a", { "href": "\u65e5" }]] }] }"#;
        let source_map = map_json(json).values;
        for (path, expected) in [
            ("title", r#""日米\n同盟""#),
            ("headlines[0].detail[0][0]", r#""a""#),
            ("headlines[0].detail[0][1].href", r#""\u65e5""#),
            ("headlines[0].detail[0][1].text", r#"{ "href": "\u65e5" }"#),
            (
                "headlines[0].text",
                r#"{ "detail": [["a", { "href": "\u65e5" }]] }"#,
            ),
            ("date", json),
        ] {
            assert_eq!(&json[source_map.find(path).unwrap()], expected, "{path}");
        }
    }

    #[test]
    fn repeated_keys_are_errors_with_both_spans() {
        let json = r#"{ "a": 1, "b": [{ "c": 1, "d": { "c": 1 }, "\u0063": 2 }], "a": 3 }"#;
        let spans: Vec<Vec<_>> = map_json(json)
            .repeated_keys
            .into_iter()
            .map(|error| {
                error
                    .spans
                    .into_iter()
                    .map(|labeled| labeled.span)
                    .collect()
            })
            .collect();
        let texts: Vec<_> = spans
            .iter()
            .flatten()
            .map(|span| &json[span.clone()])
            .collect();
        assert_eq!(texts, [r#""\u0063""#, r#""c""#, r#""a""#, r#""a""#]);
        assert!(spans.iter().all(|spans| spans[0].start > spans[1].start));
    }

    #[test]
    fn syntax_errors_have_a_span() {
        for (json, expected) in [
            ("{\n  \"a\": 1,\n}", "}"),
            ("{\"日\" 1}", "1"),
            ("{\"a\": \"日\n\"}", "\n"),
            ("[1", "1"),
            ("[\n", "\n"),
            ("", ""),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(json).unwrap_err();
            assert_eq!(
                &json[syntax_error_span(json, error.line(), error.column())],
                expected,
                "{json:?}: {error}"
            );
        }
    }

    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        for open in ["[", "{\"a\":"] {
            assert_eq!(map_json(&open.repeat(100_000)).values.find("a"), None);
        }
    }
}
