//! The address of a picture.

use serde::{Deserialize, Serialize};

use crate::href::{has_only_url_characters, web_host};

/// The address of a picture. Only [`Src::safe_url`] lets it into a page.
///
/// Like [`Href`](crate::Href) it keeps any text and returns only a safe address: http, https, or
/// relative to the address, as a URL parser serializes it (percent-encoded).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(description = "An http or https address, or one relative to the issue's address.")
)]
#[serde(transparent)]
pub struct Src(String);

impl Src {
    /// Creates an address from any text, safe or not.
    pub fn new(text: impl Into<String>) -> Src {
        Src(text.into())
    }

    /// The text as written: for messages, never for a page.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// The address to load the picture from, absolute or relative, or `None` if it is unsafe.
    #[must_use]
    pub fn safe_url(&self) -> Option<&str> {
        let safe = web_host(&self.0).is_some() || is_relative(&self.0);
        safe.then_some(self.0.as_str())
    }
}

/// Returns true for a path on the same host: no scheme (a colon in the first part), no host (`//`).
fn is_relative(text: &str) -> bool {
    let bytes = text.as_bytes();
    let first_part = bytes.split(|byte| *byte == b'/').next().unwrap_or_default();
    !matches!(bytes, [] | [b'/', b'/', ..] | [b'#' | b'?', ..])
        && !first_part.contains(&b':')
        && has_only_url_characters(text)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn web_and_relative_addresses_are_safe() {
        for text in [
            "radar.jpg",
            "images/radar.jpg",
            "../radar.jpg",
            "/radar.jpg?w=2",
            "https://example.com/r.jpg",
        ] {
            assert_eq!(Src::new(text).safe_url(), Some(text));
        }
    }

    #[test]
    fn other_addresses_are_rejected() {
        for text in [
            "",
            "#",
            "?x",
            "//evil.example/r.jpg",
            "\\\\evil.example\\r.jpg",
            "/\\evil.example/r.jpg",
            "data:image/svg+xml,x",
            "javascript:x",
            "blob:x",
            "C:/r.jpg",
            "a b.jpg",
            "\tdata:x",
            "図.jpg",
        ] {
            assert_eq!(Src::new(text).safe_url(), None, "{text:?}");
        }
    }

    #[test]
    fn relative_address_stays_on_its_host() {
        let base = Url::parse("https://cdn.example/issues/1.5/issue.json").unwrap();
        for text in [
            "radar.jpg",
            "../../../../radar.jpg",
            "/radar.jpg",
            "a//b",
            "./x:y",
            "a/https://evil.example",
        ] {
            assert!(Src::new(text).safe_url().is_some(), "{text}");
            assert_eq!(
                base.join(text).unwrap().host_str(),
                Some("cdn.example"),
                "{text}"
            );
        }
    }
}
