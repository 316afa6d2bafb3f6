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
    use std::collections::BTreeMap;

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
            intro: Vec::new(),
            headlines: vec![Headline {
                id: "radar".to_owned(),
                text: text.to_owned(),
                detail: vec![Block::Paragraph(vec![Run {
                    strong: true,
                    ..Run::plain(text)
                }])],
                ..Headline::default()
            }],
            outro: Vec::new(),
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
    fn hostile_strings_survive_a_round_trip() {
        let groups: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../../tests/hostile_strings.json")).unwrap();
        for text in groups.into_values().flatten() {
            let issue = issue_with_text(&text);
            let json = issue.to_json().unwrap();
            let document: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(Issue::decode(|| &document).unwrap(), issue);
        }
    }

    /// Each rule of the JSON grammar, with values that follow it and values that break it.
    const GRAMMAR: [(&str, &[&str], &[&str]); 10] = [
        (
            "RFC 8259, section 2: white space and structure",
            &[" \t\r\n1 \t\r\n", "[ ] ", "{\n}"],
            &[
                "",
                " ",
                "\u{a0}1",
                "\u{c}1",
                "1 2",
                "]",
                "/* 1 */ 1",
                "1 // 1\n",
            ],
        ),
        (
            "RFC 8259, section 3: literals are lower case",
            &["true", "false", "null"],
            &["True", "NULL", "nul", "nulll", "undefined", "yes"],
        ),
        (
            "RFC 8259, section 4: objects",
            &[
                "{}",
                r#"{"": 1}"#,
                r#"{"a": 1, "b": {"a": 2}}"#,
                r#"{"a": 1, "a": 2}"#,
            ],
            &[
                "{",
                "{a: 1}",
                "{'a': 1}",
                "{1: 1}",
                r#"{"a"}"#,
                r#"{"a": }"#,
                r#"{"a" 1}"#,
                r#"{"a": 1,}"#,
                r#"{, "a": 1}"#,
                r#"{"a": 1 "b": 2}"#,
                r#"{"a": 1; "b": 2}"#,
                r#"{"a": 1]"#,
                r#"{"a":: 1}"#,
            ],
        ),
        (
            "RFC 8259, section 5: arrays",
            &["[]", "[1]", "[[], [[]]]", r#"[1, "a", null, {}]"#],
            &[
                "[", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1;2]", "[1}", "[1,,2]", "(1)",
            ],
        ),
        (
            "RFC 8259, section 6: integers have no sign but minus, and no leading zero",
            &["0", "-0", "10", "-120"],
            &[
                "+1", "-", "--1", "- 1", "01", "-01", "0x1f", "1_000", "1,000", "1a",
            ],
        ),
        (
            "RFC 8259, section 6: fractions and exponents have digits",
            &["0.5", "-1.50", "1e5", "1E+5", "2.5e-3", "0e0"],
            &[
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "1e1.5",
                "1.2.3",
                "NaN",
                "Infinity",
                "-Infinity",
            ],
        ),
        (
            "RFC 8259, section 7: strings",
            &[
                r#""""#,
                r#""a\"b""#,
                "\"\u{7f}\u{2028}\u{feff}\"",
                "\"\u{10ffff}\"",
            ],
            &[
                r#"""#,
                r#""a"#,
                "'a'",
                "\"a\nb\"",
                "\"\t\"",
                "\"\0\"",
                r#""a" "b""#,
                r#""\""#,
            ],
        ),
        (
            "RFC 8259, section 7: escapes",
            &[
                r#""\" \\ \/ \b \f \n \r \t""#,
                r#""\u00e9 \uABCD \ud83c\udf89""#,
            ],
            &[
                r#""\a""#,
                r#""\x41""#,
                r#""\u12""#,
                r#""\u{41}""#,
                r#""\u00g0""#,
                r#""\U0041""#,
                r#""\'""#,
                r#""\ud83c""#,
                r#""\ud83c\ud83c""#,
                r#""\udf89""#,
            ],
        ),
        (
            "RFC 8259, section 8.1: no byte order mark",
            &["1"],
            &["\u{feff}1"],
        ),
        (
            "ECMA-404: the names of JavaScript are no values",
            &["[true]"],
            &[
                "[this]",
                "[a]",
                "[new Date()]",
                "[`a`]",
                "[1n]",
                "[!0]",
                "[/a/]",
            ],
        ),
    ];

    #[test]
    fn grammar_of_json_is_enforced() {
        for (rule, valid, invalid) in GRAMMAR {
            for value in valid {
                assert!(is_accepted(value.as_bytes()), "{rule}: {value}");
            }
            for value in invalid {
                assert!(!is_accepted(value.as_bytes()), "{rule}: {value}");
                assert!(
                    Issue::from_json(value.as_bytes()).is_err(),
                    "{rule}: {value}"
                );
            }
        }
    }

    /// RFC 8259, section 8.1, and RFC 3629, section 3.
    #[test]
    fn bytes_that_are_not_utf_8_are_rejected() {
        for bytes in [
            &b"\xff"[..],
            b"\x80",
            b"\xc3",
            b"\xc3\x28",
            b"\xe6\x97",
            b"\xc0\xaf",
            b"\xe0\x80\xaf",
            b"\xed\xa0\x80",
            b"\xf4\x90\x80\x80",
            b"\xf8\x88\x80\x80\x80",
        ] {
            assert!(!is_accepted(&[b"\"", bytes, b"\""].concat()), "{bytes:x?}");
            assert!(Issue::from_json(bytes).is_err(), "{bytes:x?}");
        }
        let utf_16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(Issue::from_json(&utf_16).is_err());
    }

    /// RFC 8259, section 9: a parser may limit the depth of nesting.
    #[test]
    fn deep_nesting_is_an_error_without_a_stack_overflow() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = |depth| open.repeat(depth) + "1" + &close.repeat(depth);
            assert!(is_accepted(nested(100).as_bytes()));
            assert!(!is_accepted(nested(100_000).as_bytes()));
            assert!(!is_accepted(open.repeat(100_000).as_bytes()));
        }
    }

    #[test]
    fn an_issue_cut_at_any_byte_is_an_error() {
        let json = issue_with_text("港").to_json().unwrap();
        for end in 0..json.trim_end().len() {
            assert!(Issue::from_json(&json.as_bytes()[..end]).is_err(), "{end}");
        }
    }

    /// Returns true if an issue with a value in an unknown field is read.
    fn is_accepted(value: &[u8]) -> bool {
        let good = issue_with_text("Radar").to_json().unwrap();
        let rest = good.strip_prefix('{').unwrap().as_bytes();
        let json = [b"{ \"note\": ", value, b",", rest].concat();
        match Issue::from_json(&json) {
            Ok(issue) => issue == issue_with_text("Radar"),
            Err(error) => {
                assert!(matches!(error, JsonError::Syntax(_)), "{error}");
                false
            }
        }
    }
}
