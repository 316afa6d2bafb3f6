//! Reading and writing `issue.json` files, with all rules checked.

use std::fmt;

use serde_json::Value;

use crate::{DecodeError, Issue, Problem};

/// The error for a file that is not a valid issue.
#[derive(Debug)]
pub enum JsonError {
    /// The file is not JSON; the message has the line and column.
    Syntax(serde_json::Error),
    /// The file is JSON, but does not have the shape of an issue.
    Shape {
        /// The JSON path, such as `headlines[2].text`; `.` for the whole document.
        path: String,
        /// The expected and the found value.
        message: String,
    },
    /// The file uses this later version of the format.
    Newer(u64),
    /// The issue breaks these rules of the format; never empty.
    Problems(Vec<Problem>),
}

impl Issue {
    /// Parses an issue and checks every rule of the format.
    pub fn from_json(json: &[u8]) -> Result<Issue, JsonError> {
        let document: Value = serde_json::from_slice(json).map_err(JsonError::Syntax)?;
        let issue = Issue::decode(|| &document).map_err(|error| match error {
            DecodeError::Newer(format) => JsonError::Newer(format),
            DecodeError::Shape(error) => locate_shape_error(&document, &error),
        })?;
        match issue.find_problems() {
            problems if problems.is_empty() => Ok(issue),
            problems => Err(JsonError::Problems(problems)),
        }
    }

    /// Returns the issue as a file: indented JSON with a final newline.
    ///
    /// # Errors
    ///
    /// Returns the serializer's error, which no [`Issue`] causes.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

/// Decodes again, slower, to find the path of the error.
fn locate_shape_error(document: &Value, error: &serde_json::Error) -> JsonError {
    let (path, message) = match serde_path_to_error::deserialize::<_, Issue>(document) {
        Err(error) => (error.path().to_string(), error.inner().to_string()),
        Ok(_) => ("format".to_owned(), error.to_string()),
    };
    JsonError::Shape { path, message }
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonError::Syntax(error) => write!(formatter, "expected JSON in UTF-8: {error}"),
            JsonError::Shape { path, message } => write!(formatter, "{path}: {message}"),
            JsonError::Newer(format) => {
                DecodeError::<serde_json::Error>::Newer(*format).fmt(formatter)
            }
            JsonError::Problems(problems) => {
                for (index, problem) in problems.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "\n" };
                    write!(formatter, "{separator}{problem}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::{Block, Date, Headline, Lang, Run, Volume};

    fn issue_with_text(text: &str) -> Issue {
        Issue {
            format: 1,
            id: "digest-1.5".to_owned(),
            title: "US-Japan Alliance Digest".to_owned(),
            volume: Volume::new("1.5"),
            date: Date::new(2022, 3, 11).unwrap(),
            lang: Lang::new("en"),
            url: None,
            image: None,
            headlines: vec![Headline {
                id: "radar".to_owned(),
                text: text.to_owned(),
                detail: vec![Block::Paragraph(vec![Run {
                    strong: true,
                    ..Run::plain(text)
                }])],
            }],
        }
    }

    fn error_message(json: &str) -> String {
        Issue::from_json(json.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn syntax_error_has_line_and_column() {
        assert_eq!(
            error_message("{\n  \"format\": 1,\n}"),
            "expected JSON in UTF-8: trailing comma at line 3 column 1"
        );
    }

    #[test]
    fn shape_error_has_the_path() {
        let good = issue_with_text("Radar").to_json().unwrap();
        for (from, to, expected) in [
            (
                "\"format\": 1",
                "\"format\": \"1\"",
                "format: invalid type: string \"1\", expected u32",
            ),
            (
                "\"1.5\"",
                "1.10",
                "volume: invalid type: floating point `1.1`, expected a string",
            ),
            (
                "2022-03-11",
                "2022-02-30",
                "date: expected a day such as \"2022-03-11\", found \"2022-02-30\"",
            ),
            (
                "\"strong\": true",
                "\"strong\": 1",
                "headlines[0].detail[0][0].strong: invalid type: integer `1`, expected a boolean",
            ),
            ("\"title\"", "\"name\"", ".: missing field `title`"),
        ] {
            let json = good.replacen(from, to, 1);
            assert_ne!(json, good);
            assert_eq!(error_message(&json), expected);
        }
    }

    #[test]
    fn higher_format_is_newer_in_any_shape() {
        let message = error_message(r#"{ "format": 2, "sections": {} }"#);
        assert_eq!(
            message,
            "format: expected at most 1, found 2; use a newer version of the widget"
        );
    }

    #[test]
    fn unknown_fields_are_ignored() {
        let json =
            issue_with_text("Radar")
                .to_json()
                .unwrap()
                .replacen('{', "{ \"sponsor\": [[[]]],", 1);
        assert_eq!(
            Issue::from_json(json.as_bytes()).unwrap(),
            issue_with_text("Radar")
        );
    }

    #[test]
    fn naughty_strings_round_trip() {
        let Some(corpus) = corpus("naughty-strings/blns.json") else {
            return;
        };
        let strings: Vec<String> = serde_json::from_slice(&fs::read(corpus).unwrap()).unwrap();
        assert!(strings.len() > 500);
        for text in strings {
            let issue = issue_with_text(&text);
            let document: Value = serde_json::from_str(&issue.to_json().unwrap()).unwrap();
            assert_eq!(Issue::decode(|| &document).unwrap(), issue);
        }
    }

    #[test]
    fn json_test_suite_causes_no_panic() {
        let Some(corpus) = corpus("json-testsuite") else {
            return;
        };
        let good = issue_with_text("Radar").to_json().unwrap();
        let mut files = 0;
        for folder in ["test_parsing", "test_transform"] {
            for entry in fs::read_dir(corpus.join(folder)).unwrap() {
                let bytes = fs::read(entry.unwrap().path()).unwrap();
                assert!(
                    Issue::from_json(&bytes).is_err(),
                    "not one of them is an issue"
                );
                for field in ["1", "\"1.5\"", "\"en\"", "true", "[\n"] {
                    let (before, after) = good.split_once(field).unwrap();
                    let spliced = [before.as_bytes(), &bytes, after.as_bytes()].concat();
                    let _ = Issue::from_json(&spliced);
                }
                files += 1;
            }
        }
        assert!(files > 300, "the corpus has shrunk to {files}");
    }

    /// A file of the shared corpus, or `None` on a machine that does not have it.
    fn corpus(path: &str) -> Option<PathBuf> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/corpus")
            .join(path);
        if !path.exists() {
            eprintln!("{} is not here: left out", path.display());
        }
        path.exists().then_some(path)
    }
}
