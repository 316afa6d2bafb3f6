use digest_issue::Href;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use url::{ParseError, Url};

use super::markdown::Span;
use crate::{Diagnostic, Rule};

/// What the address of a link leads to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A page or a mail.
    Usable(Href),
    /// Nothing yet: `#`, or no address at all.
    Placeholder,
    /// Nothing that a reader may be sent to.
    Unusable(Unusable),
}

/// Why an address is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable {
    reason: String,
    remedy: &'static str,
}

impl Target {
    /// Decides about an address as it stands in the newsletter.
    pub(crate) fn of(address: &str) -> Target {
        if matches!(address.trim(), "" | "#") {
            return Target::Placeholder;
        }
        match usable(address) {
            Ok(href) => Target::Usable(href),
            Err(unusable) => Target::Unusable(unusable),
        }
    }
}

impl Unusable {
    /// The error for a link to `address`.
    pub(crate) fn at(self, span: Span, address: &str) -> Diagnostic {
        Diagnostic::error(
            Rule::UnusableLink,
            span,
            format!("this link to “{address}” cannot be used: {}", self.reason),
            self.remedy,
        )
    }
}

fn usable(address: &str) -> Result<Href, Unusable> {
    let url = Url::parse(address).map_err(unreadable)?;
    if !matches!(url.scheme(), "http" | "https" | "mailto") {
        let reason = format!(
            "an address that starts with “{}:” may do harm in a reader's page",
            url.scheme()
        );
        return Err(Unusable {
            reason,
            remedy: "write an address that starts with https://",
        });
    }
    if !url.username().is_empty() || url.password().is_some() {
        let reason =
            "its address holds a user name or a password, which hides where it leads".to_owned();
        return Err(Unusable {
            reason,
            remedy: "write the address without what stands before the “@”",
        });
    }
    let href = Href::new(encode(url.as_str()));
    if href.safe_url().is_none() {
        let reason = "its address does not name a web site".to_owned();
        return Err(Unusable {
            reason,
            remedy: "write the address as the source's page shows it",
        });
    }
    Ok(href)
}

fn unreadable(error: ParseError) -> Unusable {
    match error {
        ParseError::RelativeUrlWithoutBase => Unusable {
            reason: "its address is not complete, and in a partner's page it would lead elsewhere"
                .to_owned(),
            remedy: "write the whole address, with https:// at its start",
        },
        error => Unusable {
            reason: format!("its address cannot be read ({error})"),
            remedy: "write the address as the source's page shows it",
        },
    }
}

/// Percent-encodes what a URL parser leaves as it is, but [`Href`] does not let through, and the letters
/// of any script in the name of a file.
pub(crate) fn encode(url: &str) -> String {
    utf8_percent_encode(url, UNUSABLE).to_string()
}

const UNUSABLE: &AsciiSet = &percent_encoding::CONTROLS
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
    fn a_usable_address_is_written_as_the_url_standard_writes_it() {
        for (address, expected) in [
            ("HTTPS://WWW.MOFA.GO.JP", "https://www.mofa.go.jp/"),
            (
                "https://example.com/日本?q=a|b{c}",
                "https://example.com/%E6%97%A5%E6%9C%AC?q=a%7Cb%7Bc%7D",
            ),
            ("https://日本.jp/", "https://xn--wgv71a.jp/"),
            ("mailto:editor@example.com", "mailto:editor@example.com"),
        ] {
            assert_eq!(Target::of(address), Target::Usable(Href::new(expected)));
        }
    }

    #[test]
    fn a_placeholder_is_told_from_a_wrong_address() {
        for address in ["", "#", " # "] {
            assert_eq!(Target::of(address), Target::Placeholder);
        }
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
            let Target::Unusable(unusable) = Target::of(address) else {
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
