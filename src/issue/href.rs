use serde::{Deserialize, Serialize};

/// The address of a source: the only way for a link to get into a page.
///
/// It keeps whatever text it was given, so that a check can name it, but [`Href::safe_url`] hands out
/// an address only if following it can do nothing but open a web page or a mail. What does not
/// pass is shown as plain text.
///
/// The rule is a part of the URL Standard (<https://url.spec.whatwg.org/>) narrow enough to need
/// no parser in a reader's page, where every byte counts: an address as a URL parser *writes* it,
/// `http://`, `https://` or `mailto:`, a plain host name, no user name, and no character that a
/// parser strips, so that a browser can read nothing else into it. The publisher decides with the
/// whole parser and writes its result (`Issue::problems` checks it); the tests hold this rule
/// against that parser on the web platform tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(description = "An absolute http, https or mailto address.")
)]
#[serde(transparent)]
pub struct Href(String);

impl Href {
    /// An address as it was found, usable or not.
    pub fn new(text: impl Into<String>) -> Href {
        Href(text.into())
    }

    /// The address as it was found: for messages, never for a page.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// The address to link to, or `None` if it may not be linked to.
    #[must_use]
    pub fn safe_url(&self) -> Option<&str> {
        let usable = self.is_web() || self.is_mail();
        usable.then_some(self.0.as_str())
    }

    /// The host of a usable web address, without `www.`: what a reader knows a source by.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        let host = web_host(&self.0)?;
        Some(host.strip_prefix("www.").unwrap_or(host))
    }

    /// Whether it is a usable web address.
    #[must_use]
    pub fn is_web(&self) -> bool {
        web_host(&self.0).is_some()
    }

    fn is_mail(&self) -> bool {
        self.0
            .strip_prefix("mailto:")
            .is_some_and(|to| !to.is_empty() && has_only_url_characters(to))
    }
}

/// The host of an absolute http or https address in the form a URL parser writes, or `None`.
pub(crate) fn web_host(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (authority, path) = split(rest, |byte| b"/?#".contains(&byte));
    let (host, port) = split(authority, |byte| byte == b':');
    let usable = is_domain(host) && is_port(port) && has_only_url_characters(path);
    usable.then_some(host)
}

/// What stands before the first byte that ends it, and the rest from that byte on.
// On bytes: searching for a character costs the widget more code than it looks.
fn split(text: &str, ends: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(ends).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Nothing, or a colon and a number below 65536.
fn is_port(text: &str) -> bool {
    let digits = text.as_bytes().get(1..).unwrap_or_default();
    let number = digits.iter().fold(0, |number: u32, digit| {
        number
            .saturating_mul(10)
            .saturating_add(u32::from(digit.wrapping_sub(b'0')))
    });
    text.is_empty()
        || (!digits.is_empty() && digits.iter().all(u8::is_ascii_digit) && number < 65536)
}

/// Printable ASCII without the space and the characters that browsers read in several ways.
pub(crate) fn has_only_url_characters(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte))
}

/// Lower-case letters, digits, hyphens and dots. A last part that starts with a digit would make a
/// browser read the host as an IP number, which may be written in ways that look like another.
fn is_domain(host: &str) -> bool {
    let last = host
        .as_bytes()
        .rsplit(|byte| *byte == b'.')
        .next()
        .unwrap_or_default();
    last.first().is_some_and(u8::is_ascii_lowercase)
        && host
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_'))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn web_and_mail_addresses_are_usable() {
        for text in [
            "https://www.mofa.go.jp/press/release/press4e_003085.html",
            "http://example.com",
            "https://example.com:8443/a?b=c&d=%E6%97%A5#e",
            "https://xn--wgv71a119e.jp/",
            "mailto:editor@example.com?subject=Digest",
        ] {
            assert_eq!(Href::new(text).safe_url(), Some(text));
        }
    }

    #[test]
    fn nothing_else_is_usable() {
        for text in [
            "",
            "#",
            "#top",
            "/issues",
            "//example.com/",
            "example.com",
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:https://example.com/1",
            "file:///etc/passwd",
            "ftp://example.com/",
            "https:example.com",
            "https:///example.com",
            "https://",
            "mailto:",
            " https://example.com",
            "https://example.com/ b",
            "https://example.com/\n",
            "https://bank.example@evil.example/",
            "https://good.example\\@evil.example/",
            "https://ex%61mple.com/",
            "https://0x7f.1/",
            "https://1/",
            "https://exam\u{ad}ple.com/",
            "https://good.example．evil.example/",
            "https://example.com:99999/",
            "https://example.com:+1/",
            "https://example.com:/",
            "https://example.com:65536/",
            "https://example.com/\"onclick=",
            "HTTPS://EXAMPLE.COM/",
        ] {
            assert_eq!(Href::new(text).safe_url(), None, "{text:?}");
        }
    }

    #[test]
    fn the_domain_is_the_host_that_a_reader_knows() {
        let domain = |text: &str| Href::new(text).domain().map(str::to_owned);
        assert_eq!(
            domain("https://www.mofa.go.jp/press/").as_deref(),
            Some("mofa.go.jp")
        );
        assert_eq!(
            domain("https://asia.nikkei.com:443?x").as_deref(),
            Some("asia.nikkei.com")
        );
        assert_eq!(domain("mailto:editor@example.com"), None);
        assert_eq!(domain("javascript://example.com/%0aalert(1)"), None);
    }

    /// What we let through, the URL parser reads as the same scheme and host, and what that parser
    /// writes for a web page with a named host, we let through.
    #[test]
    fn agrees_with_the_url_parser_on_the_web_platform_tests() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/corpus/url-wpt/urltestdata.json"
        );
        let Ok(json) = std::fs::read(path) else {
            eprintln!("{path} is not here: left out");
            return;
        };
        let cases: Vec<serde_json::Value> = serde_json::from_slice(&json).unwrap();
        let (mut usable, mut written) = (0, 0);
        for input in cases.iter().filter_map(|case| case["input"].as_str()) {
            usable += usize::from(is_safe(input));
            if let Ok(url) = Url::parse(input) {
                is_safe(url.as_str());
                written += usize::from(is_let_through(&url));
            }
        }
        assert!(
            usable >= 30 && written >= 50,
            "the corpus has shrunk: {usable}, {written}"
        );
    }

    fn is_safe(text: &str) -> bool {
        let href = Href::new(text);
        if href.safe_url().is_none() {
            return false;
        }
        // A parser may still refuse it, such as a malformed xn-- host: then the link leads nowhere.
        if let Ok(url) = Url::parse(text) {
            assert!(
                ["http", "https", "mailto"].contains(&url.scheme()),
                "{text:?}"
            );
            if url.scheme() == "mailto" {
                return true;
            }
            let domain = url
                .host_str()
                .map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
            assert_eq!(href.domain().map(str::to_owned), domain, "{text:?}");
        }
        true
    }

    fn is_let_through(url: &Url) -> bool {
        let expected = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url
                .domain()
                .is_some_and(|host| host.starts_with(|c: char| c.is_ascii_lowercase()))
            && url.domain().is_some_and(is_domain)
            && has_only_url_characters(url.as_str());
        assert!(
            !expected || Href::new(url.as_str()).safe_url().is_some(),
            "{url}"
        );
        expected
    }
}
