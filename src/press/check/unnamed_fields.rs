//! Finds arrays where the issue format has objects. The decoder takes the values of an array for
//! fields in their order; the JSON Schema and other programs do not.

use digest_issue::Issue;
use serde_json::Value;

use crate::source_map::SourceMap;
use crate::{Diagnostic, Rule};

/// Returns an error for each array in the document that `issue` was decoded from.
pub(crate) fn find_unnamed_fields(
    json: &str,
    issue: &Issue,
    source_map: &SourceMap,
) -> Vec<Diagnostic> {
    let mut paths = Vec::new();
    if let (Ok(document), Ok(written)) = (serde_json::from_str(json), serde_json::to_value(issue)) {
        find_arrays(&document, &written, "", &mut paths);
    }
    let error = |path: String| {
        let message = format!("{path}: expected an object with named fields, found an array");
        let remedy = "write it as {\"name\": value}; schema/issue-1.json lists the names";
        Diagnostic::error(Rule::Format, source_map.find(&path), message, remedy)
    };
    paths.into_iter().map(error).collect()
}

/// Adds the paths of arrays in `document` that are objects in `written`.
fn find_arrays(document: &Value, written: &Value, path: &str, paths: &mut Vec<String>) {
    match (document, written) {
        (Value::Array(_), Value::Object(_)) => {
            paths.push(path.to_owned());
        }
        (Value::Object(document), Value::Object(written)) => {
            let dot = if path.is_empty() { "" } else { "." };
            for (name, value) in document {
                if let Some(written) = written.get(name) {
                    find_arrays(value, written, &format!("{path}{dot}{name}"), paths);
                }
            }
        }
        (Value::Array(document), Value::Array(written)) => {
            for (index, (value, written)) in document.iter().zip(written).enumerate() {
                find_arrays(value, written, &format!("{path}[{index}]"), paths);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_for_objects_are_errors() {
        let run = r#"["a", {"text": "b", "strong": true}]"#;
        let headline = format!(r#"{{"id": "one", "text": "One", "detail": [{run}]}}"#);
        let image = r#"{"src": "a.jpg", "alt": "A", "credit": {"text": "C"}}"#;
        let issue = |image: &str, headline: &str| {
            format!(
                r#"{{"format": 1, "id": "d-1", "title": "D", "volume": "1", "date": "2022-03-11",
                "lang": "en", "image": {image}, "headlines": [{headline}]}}"#
            )
        };
        let array = format!(r#"["one", "One", null, null, [{run}]]"#);
        let credit = r#"{"credit": ["C"]}"#;
        for (json, expected) in [
            (issue(image, &headline), &[][..]),
            (issue(image, &array), &["headlines[0]"]),
            (
                issue(r#"["a.jpg", "A", 10, 10]"#, &array),
                &["headlines[0]", "image"],
            ),
            (issue(credit, &headline), &["image.credit"]),
        ] {
            let decoded = Issue::from_json(json.as_bytes()).unwrap();
            let errors = find_unnamed_fields(&json, &decoded, &SourceMap::default());
            let paths: Vec<_> = errors
                .iter()
                .filter_map(|error| error.message.split(": ").next())
                .collect();
            assert_eq!(paths, expected, "{json}");
        }
    }
}
