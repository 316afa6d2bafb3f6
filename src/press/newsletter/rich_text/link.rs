//! Link addresses in a newsletter: usable, placeholder or unusable.

use digest_issue::Href;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use url::{ParseError, Url};

use crate::source_map::Span;
use crate::{Diagnostic, Rule};

/// The target of a link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LinkTarget {
    /// A web page or an e-mail address.
    Usable(Href),
    /// An address to be written later: `#`, or none.
    Placeholder,
    Unusable(UnusableAddress),
}

/// An address that is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnusableAddress {
    reason: String,
    remedy: &'static str,
}

impl LinkTarget {
    /// Parses an address from the newsletter.
    pub(crate) fn parse(address: &str) -> LinkTarget {
        if matches!(address.trim(), "" | "#") {
            return LinkTarget::Placeholder;
        }
        match parse_href(address) {
            Ok(href) => LinkTarget::Usable(href),
            Err(unusable) => LinkTarget::Unusable(unusable),
        }
    }
}

impl UnusableAddress {
    /// Returns the error for a link to `address`.
    pub(crate) fn into_error(self, span: Span, address: &str) -> Diagnostic {
        Diagnostic::error(
            Rule::UnusableLink,
            span,
            format!("this link to “{address}” cannot be used: {}", self.reason),
            self.remedy,
        )
    }
}

fn parse_href(address: &str) -> Result<Href, UnusableAddress> {
    let url = Url::parse(address).map_err(explain_parse_error)?;
    if !matches!(url.scheme(), "http" | "https" | "mailto") {
        let reason = format!(
            "an address that starts with “{}:” may do harm in a reader's page",
            url.scheme()
        );
        return Err(UnusableAddress {
            reason,
            remedy: "write an address that starts with https://",
        });
    }
    if !url.username().is_empty() || url.password().is_some() {
        let reason =
            "its address contains a user name or a password, which hides where it leads".to_owned();
        return Err(UnusableAddress {
            reason,
            remedy: "remove everything before the “@”",
        });
    }
    let href = Href::new(encode_address(url.as_str()));
    if href.safe_url().is_none() {
        let reason = "its address does not name a web site".to_owned();
        return Err(UnusableAddress {
            reason,
            remedy: "copy the address from the source's page",
        });
    }
    Ok(href)
}

fn explain_parse_error(error: ParseError) -> UnusableAddress {
    match error {
        ParseError::RelativeUrlWithoutBase => UnusableAddress {
            reason:
                "its address is not complete, and in an embedder's page it would lead elsewhere"
                    .to_owned(),
            remedy: "write the whole address, starting with https://",
        },
        error => UnusableAddress {
            reason: format!("its address cannot be read ({error})"),
            remedy: "copy the address from the source's page",
        },
    }
}

/// Percent-encodes every character that [`Href`] and [`digest_issue::Src`] refuse.
///
/// A URL parser leaves some of them, and a file name may have letters of any script.
pub(crate) fn encode_address(address: &str) -> String {
    utf8_percent_encode(address, REFUSED).to_string()
}

const REFUSED: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usable_addresses_are_normalised() {
        for (address, expected) in [
            ("HTTPS://WWW.MOFA.GO.JP", "https://www.mofa.go.jp/"),
            (
                "https://example.com/日本?q=a|b{c}",
                "https://example.com/%E6%97%A5%E6%9C%AC?q=a%7Cb%7Bc%7D",
            ),
            ("https://日本.jp/", "https://xn--wgv71a.jp/"),
            ("mailto:editor@example.com", "mailto:editor@example.com"),
        ] {
            assert_eq!(
                LinkTarget::parse(address),
                LinkTarget::Usable(Href::new(expected))
            );
        }
    }

    #[test]
    fn empty_addresses_are_placeholders() {
        for address in ["", "#", " # "] {
            assert_eq!(LinkTarget::parse(address), LinkTarget::Placeholder);
        }
    }

    #[test]
    fn other_addresses_are_unusable() {
        for (address, reason) in [
            ("javascript:alert(1)", "“javascript:”"),
            (" java\nscript:alert(1)", "“javascript:”"),
            ("data:text/html,x", "“data:”"),
            ("#top", "not complete"),
            ("/issues/1.5", "not complete"),
            ("www.example.com", "not complete"),
            ("https://bank.example@evil.example/", "user name"),
            ("https://:secret@evil.example/", "user name"),
            ("https://", "cannot be read (empty host)"),
            ("https://127.0.0.1/", "does not name a web site"),
            ("mailto:", "does not name a web site"),
        ] {
            let LinkTarget::Unusable(unusable) = LinkTarget::parse(address) else {
                panic!("{address}")
            };
            assert!(
                unusable.reason.contains(reason),
                "{address}: {}",
                unusable.reason
            );
        }
    }
}
