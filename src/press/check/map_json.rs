//! The spans of values in a JSON document, for diagnostics about an issue.

use std::ops::Range;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::source_map::SourceMap;

/// Maps each value of a JSON document to its span. The map is empty if the document is invalid.
pub(crate) fn map_json(json: &str) -> SourceMap {
    let mut source_map = SourceMap::default();
    let parsed = parse_to_ast(json, &CollectOptions::default(), &ParseOptions::default());
    if let Some(value) = parsed.ok().and_then(|parsed| parsed.value) {
        map_value(&mut source_map, "", &value);
    }
    source_map
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

/// Adds a value and everything in it. The parser limits the depth of nesting.
fn map_value(source_map: &mut SourceMap, path: &str, value: &Value<'_>) {
    // Each value inside would repeat a long path.
    if path.len() > MAX_PATH {
        return;
    }
    source_map.insert(path, value.start()..value.end());
    match value {
        Value::Object(object) => {
            let dot = if path.is_empty() { "" } else { "." };
            for property in &object.properties {
                map_value(
                    source_map,
                    &format!("{path}{dot}{}", property.name.as_str()),
                    &property.value,
                );
            }
        }
        Value::Array(array) => {
            for (index, element) in array.elements.iter().enumerate() {
                map_value(source_map, &format!("{path}[{index}]"), element);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_span_by_its_path() {
        let json = r#"{ "title": "日米\n同盟", "headlines": [{ "detail": [["a", { "href": "\u65e5" }]] }] }"#;
        let source_map = map_json(json);
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
            assert_eq!(map_json(&open.repeat(100_000)).find("a"), None);
        }
    }
}
