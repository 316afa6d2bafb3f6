//! The address of a source, and the rule for safe web addresses.

use serde::{Deserialize, Serialize};

/// The address of a source. Only [`Href::safe_url`] lets it into a page.
///
/// It keeps any text, so that a check can report it. [`Href::safe_url`] returns an address only if
/// following it opens a web page or an email and does nothing else. Other addresses are shown as
/// plain text.
///
/// The rule is a subset of the URL Standard (<https://url.spec.whatwg.org/>) that needs no parser
/// in a reader's page, where every byte counts: an address as a URL parser *serializes* it, with
/// `http://`, `https://` or `mailto:`, a plain host name, no user name, and no character that a
/// parser strips. So a browser cannot read it as anything else. The publisher uses the whole
/// parser and writes its result (`Issue::find_problems` checks it). The tests compare this rule
/// with that parser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(description = "An absolute http, https or mailto address.")
)]
#[serde(transparent)]
pub struct Href(String);

impl Href {
    /// Creates an address from any text, safe or not.
    pub fn new(text: impl Into<String>) -> Href {
        Href(text.into())
    }

    /// The text as written: for messages, never for a page.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// The address to link to, or `None` if it is unsafe.
    #[must_use]
    pub fn safe_url(&self) -> Option<&str> {
        let safe = self.is_web() || self.is_mail();
        safe.then_some(self.0.as_str())
    }

    /// The host of a safe web address, without `www.`: readers recognize a source by it.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        let host = web_host(&self.0)?;
        Some(host.strip_prefix("www.").unwrap_or(host))
    }

    /// Returns true for a safe web address.
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

/// Returns the host of an absolute http or https address as a URL parser serializes it.
pub(crate) fn web_host(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (authority, path) = split_before(rest, |byte| b"/?#".contains(&byte));
    let (host, port) = split_before(authority, |byte| byte == b':');
    let safe = is_domain(host) && is_port(port) && has_only_url_characters(path);
    safe.then_some(host)
}

/// Splits the text before the first byte that `is_end` accepts.
// Searches bytes, because searching chars adds much more code to the widget.
fn split_before(text: &str, is_end: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(is_end).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Returns true for an empty text, or a colon and a number below 65536.
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

/// Returns true for printable ASCII without spaces and the characters that browsers read
/// differently.
pub(crate) fn has_only_url_characters(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte))
}

/// Returns true for lower-case letters, digits, hyphens and dots. If the last label starts with a
/// digit, browsers read the host as an IP number, which can be disguised.
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
    use std::collections::BTreeMap;

    use url::Url;

    use super::*;

    #[test]
    fn web_and_mail_addresses_are_safe() {
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
    fn other_addresses_are_rejected() {
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
    fn domain_is_the_host_without_www() {
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

    /// Rules of the URL Standard (<https://url.spec.whatwg.org/>) that could make a browser read an
    /// address differently: addresses that are safe, and addresses that are not.
    const URL_RULES: [(&str, &[&str], &[&str]); 14] = [
        (
            "4.4: leading and trailing control characters and spaces are stripped",
            &["https://a.example/"],
            &[
                " https://a.example/",
                "https://a.example/ ",
                "\0https://a.example/",
                "\u{1f}https://a.example/",
                "https://a.example/\u{1}",
                "\u{a0}https://a.example/",
                "\u{feff}https://a.example/",
            ],
        ),
        (
            "4.4: tabs and newlines are removed",
            &["https://a.example/b"],
            &[
                "ht\ttps://a.example/",
                "https:\n//a.example/",
                "https://a.exa\rmple/",
                "java\tscript:a",
            ],
        ),
        (
            "4.4: schemes are written in lower case",
            &["http://a.example/", "https://a.example/"],
            &[
                "Https://a.example/",
                "hTTp://a.example/",
                "MAILTO:a@b.example",
                "hxxps://a.example/",
            ],
        ),
        (
            "4.4: two slashes follow a special scheme, whatever was typed",
            &["https://a.example//b"],
            &[
                "https:a.example/",
                "https:/a.example/",
                "https:///a.example/",
                "https:\\\\a.example/",
                "https:/\\a.example/",
            ],
        ),
        (
            "4.4: a relative address takes its scheme and host from the page",
            &["https://a.example/./b"],
            &[
                "//a.example/",
                "/b",
                "b",
                "./b",
                "../b",
                "?b",
                "#b",
                "a.example",
                "\\\\a.example\\b",
            ],
        ),
        (
            "4.4: credentials stand before the host",
            &[
                "https://a.example/@b",
                "https://a.example/?@",
                "https://a.example/#@b.example",
            ],
            &[
                "https://a@b.example/",
                "https://a:b@c.example/",
                "https://@a.example/",
                "https://:@a.example/",
                "https://a.example:443@b.example/",
            ],
        ),
        (
            "4.4: a backslash is a slash",
            &["https://a.example/b%5Cc"],
            &[
                "https://a.example\\b",
                "https://a.example/b\\c",
                "https://a.example\\@b.example/",
            ],
        ),
        (
            "3.5: a host is percent-decoded",
            &["https://a.example/%61"],
            &[
                "https://%61.example/",
                "https://a%2Eexample/",
                "https://a.example%2F@b/",
                "https://a.ex%00mple/",
            ],
        ),
        (
            "3.3: a host is mapped to ASCII",
            &["https://xn--wgv71a.example/", "https://a-b.c1.example/"],
            &[
                "https://A.example/",
                "https://日本.example/",
                "https://a。example/",
                "https://ａ.example/",
                "https://a\u{ad}b.example/",
                "https://faß.example/",
                "https://a\u{200d}.example/",
                "https://℀.example/",
            ],
        ),
        (
            "3.5: some characters are forbidden in a host",
            &["https://a_b.example/"],
            &[
                "https:// a.example/",
                "https://a<b.example/",
                "https://a>b/",
                "https://a|b/",
                "https://a^b/",
                "https://[a]/",
                "https://a%b/",
                "https://a\"b/",
                "https:///",
                "https://?a",
                "https://#a",
            ],
        ),
        (
            "3.5: a host whose last part is a number is an IPv4 address",
            &[
                "https://1.example/",
                "https://0x7f.example/",
                "https://127.0.0.1.example/",
            ],
            &[
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://a.0x7f/",
                "https://a.09/",
                "https://256.256.256.256/",
                "https://127.0.0.1./",
            ],
        ),
        (
            "3.5: brackets enclose an IPv6 address",
            &["https://a.example/%5B::1%5D"],
            &[
                "https://[::1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::1%25eth0]/",
                "https://[1]/",
                "https://::1/",
            ],
        ),
        (
            "4.4: a port is a number below 65536",
            &[
                "https://a.example:8443/",
                "https://a.example:65535/",
                "http://a.example:1?b",
            ],
            &[
                "https://a.example:65536/",
                "https://a.example:a/",
                "https://a.example:-1/",
                "https://a.example:80 80/",
                "https://a.example:４４３/",
                "https://a.example:18446744073709551617/",
            ],
        ),
        (
            "1.3: paths, queries and fragments are percent-encoded",
            &[
                "https://a.example/%E6%97%A5?b=%20#%22",
                "https://a.example/!$&'()*+,;=:@-._~[]",
                "mailto:a@b.example?subject=c%20d",
            ],
            &[
                "https://a.example/日",
                "https://a.example/b c",
                "https://a.example/\"b",
                "https://a.example/<b>",
                "https://a.example/`b",
                "https://a.example/{b}",
                "https://a.example/?b|c",
                "https://a.example/#b^c",
                "mailto:a b@c.example",
                "mailto:\"a\"@b.example",
            ],
        ),
    ];

    #[test]
    fn rules_of_the_url_standard_are_followed() {
        for (rule, safe, unsafe_) in URL_RULES {
            for text in safe {
                assert!(is_safe(text), "{rule}: {text:?}");
            }
            for text in unsafe_ {
                assert!(!is_safe(text), "{rule}: {text:?}");
            }
            // The form that a parser writes is safe if it has a host name, and only then.
            for url in safe
                .iter()
                .chain(unsafe_)
                .filter_map(|text| Url::parse(text).ok())
            {
                is_safe(url.as_str());
                assert_parsed_address_is_safe(&url);
            }
        }
    }

    /// 4.2: only two special schemes lead to web pages.
    #[test]
    fn other_schemes_are_unsafe() {
        for scheme in [
            "about",
            "blob",
            "chrome",
            "data",
            "feed",
            "file",
            "filesystem",
            "ftp",
            "intent",
            "javascript",
            "jar",
            "ms-settings",
            "tel",
            "sms",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss",
        ] {
            for rest in [
                "a",
                "//a.example/",
                "//a.example/%0Aalert(1)",
                "https://a.example/",
            ] {
                let text = format!("{scheme}:{rest}");
                assert!(!is_safe(&text), "{text}");
                assert!(!is_safe(&text.to_uppercase()), "{text}");
            }
        }
    }

    #[test]
    fn hostile_strings_are_never_unsafe_links() {
        let groups: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../../tests/hostile_strings.json")).unwrap();
        for text in groups.into_values().flatten() {
            is_safe(&text);
            for address in [
                format!("https://{text}"),
                format!("https://a.example{text}"),
                format!("https://a.example/{text}"),
                format!("mailto:{text}"),
            ] {
                is_safe(&address);
            }
        }
    }

    /// Returns true if an address is safe; panics if a URL parser reads it differently.
    fn is_safe(text: &str) -> bool {
        let href = Href::new(text);
        if href.safe_url().is_none() {
            return false;
        }
        // A parser may still reject it, such as a malformed xn-- host: that link leads nowhere.
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

    /// Panics if a parsed web address with a host name is not safe.
    fn assert_parsed_address_is_safe(url: &Url) {
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
    }
}
