//! The language of an issue.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The language of an issue: a BCP 47 tag (RFC 5646) such as "en" or "zh-Hant".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Lang(String);

/// Languages written from right to left in their usual script (CLDR's likely scripts).
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

impl Lang {
    /// Creates a language from a tag, well-formed or not.
    pub fn new(tag: impl Into<String>) -> Lang {
        Lang(tag.into())
    }

    /// The tag as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if the primary language of a tag such as "ja-JP" is `language`, such as "ja".
    #[must_use]
    pub fn tag_matches(tag: &str, language: &str) -> bool {
        // Searches bytes, because searching chars adds much more code to the widget.
        let first = tag.as_bytes().split(|byte| *byte == b'-').next();
        first.is_some_and(|first| first.eq_ignore_ascii_case(language.as_bytes()))
    }

    /// The writing direction, as a value of the HTML `dir` attribute.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        let right_to_left = RIGHT_TO_LEFT
            .iter()
            .any(|language| Lang::tag_matches(&self.0, language));
        if right_to_left { "rtl" } else { "ltr" }
    }

    /// Returns true if the tag has the form of RFC 5646: a language of two to eight letters, then
    /// subtags of one to eight letters or digits.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let mut parts = self.0.split('-');
        let language = parts.next().unwrap_or_default();
        (2..=8).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_tags_are_rejected() {
        for tag in ["en", "ja", "en-GB", "zh-Hant-TW", "sl-rozaj-biske", "ckb"] {
            assert!(Lang::new(tag).is_well_formed(), "{tag}");
        }
        for tag in [
            "",
            "e",
            "en_GB",
            "en-",
            "-en",
            "日本語",
            "english-language1",
            "en GB",
        ] {
            assert!(!Lang::new(tag).is_well_formed(), "{tag}");
        }
    }

    #[test]
    fn arabic_and_hebrew_are_right_to_left() {
        assert_eq!(Lang::new("ar-EG").dir(), "rtl");
        assert_eq!(Lang::new("HE").dir(), "rtl");
        assert_eq!(Lang::new("ja").dir(), "ltr");
        assert_eq!(Lang::new("arn").dir(), "ltr");
    }
}
