//! What can be said about the address of a link without a network.

use digest_issue::Href;
use url::{Host, Url};

use super::public_ip;
use crate::links::Link;
use crate::source_map::SourceMap;
use crate::{Diagnostic, Rule};

/// The warnings about the addresses of links, each by itself.
pub(crate) fn check_link_addresses(links: &[Link<'_>], source_map: &SourceMap) -> Vec<Diagnostic> {
    let check = |link: &Link<'_>| {
        let url = web_url(link.href)?;
        let (rule, message, remedy) = problem(&url)?;
        Some(Diagnostic::warning(
            rule,
            source_map.find(&link.path),
            message,
            remedy,
        ))
    };
    links.iter().filter_map(check).collect()
}

/// The address of a web page, or `None` if it is none that a reader can be sent to: the format says so.
pub(crate) fn web_url(href: &Href) -> Option<Url> {
    href.safe_url()
        .filter(|_| href.is_web())
        .and_then(|url| Url::parse(url).ok())
}

/// Whether anybody may expect a page there: the others are named without asking.
pub(crate) fn is_public(url: &Url) -> bool {
    url.host_str().is_some_and(|host| !is_placeholder(host)) && !is_local(url)
}

/// Whether it leads into one network: by a number that is not on the public internet, or by a name that has
/// no meaning there, which is one word or a special use of RFC 6761, RFC 6762, RFC 8375 and ICANN's
/// `.internal`.
pub(crate) fn is_local(url: &Url) -> bool {
    const DOMAINS: [&str; 8] = [
        "localhost",
        "local",
        "internal",
        "home.arpa",
        "test",
        "invalid",
        "lan",
        "intranet",
    ];
    match url.host() {
        Some(Host::Domain(name)) => {
            !name.contains('.') || DOMAINS.iter().any(|domain| is_within(name, domain))
        }
        Some(Host::Ipv4(ip)) => !public_ip::is_public_ip(ip.into()),
        Some(Host::Ipv6(ip)) => !public_ip::is_public_ip(ip.into()),
        None => false,
    }
}

/// The rule that an address breaks, the message and the remedy.
fn problem(url: &Url) -> Option<(Rule, String, String)> {
    let host = url.host_str()?;
    if is_placeholder(host) {
        let message = format!("this link leads to {host}, which only stands for a web site");
        let remedy = "write the address of the source in its place, or remove the link";
        return Some((Rule::PlaceholderLink, message, remedy.to_owned()));
    }
    if is_local(url) {
        let message = format!("this link leads to “{host}”, which is known in one network only");
        let remedy = "write the address that the source has on the web, or remove the link";
        return Some((Rule::LocalLink, message, remedy.to_owned()));
    }
    let (what, clean) = wrapped(url, host).or_else(|| without_marks(url))?;
    Some((
        Rule::TrackingLink,
        format!("this link carries {what}"),
        format!("write {clean}"),
    ))
}

/// Whether a name is kept for examples: RFC 2606, section 3, and its `.example`.
fn is_placeholder(host: &str) -> bool {
    ["example.com", "example.net", "example.org", "example"]
        .iter()
        .any(|name| is_within(host, name))
}

fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Where mail programs and Google Docs put their own address in front of the source's.
fn wrapped(url: &Url, host: &str) -> Option<(String, String)> {
    let (by, names): (_, &[&str]) = match (host, url.path()) {
        ("www.google.com" | "google.com", "/url") => ("Google", &["q", "url"]),
        ("l.facebook.com" | "lm.facebook.com", "/l.php") => ("Facebook", &["u"]),
        _ if host.ends_with(".safelinks.protection.outlook.com") => ("Outlook", &["url"]),
        _ => return None,
    };
    let target = url
        .query_pairs()
        .find(|(name, _)| names.contains(&name.as_ref()))?
        .1;
    let target = Url::parse(&target)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let clean = without_marks(&target).map_or_else(|| target.to_string(), |(_, clean)| clean);
    Some((format!("{by}'s address in front of the source's"), clean))
}

/// The tracking parameters of an address, and the address without them.
fn without_marks(url: &Url) -> Option<(String, String)> {
    let (marks, rest): (Vec<&str>, Vec<&str>) = url
        .query()?
        .split('&')
        .partition(|pair| is_mark(pair.split('=').next().unwrap_or_default()));
    let names: Vec<_> = marks
        .iter()
        .map(|pair| pair.split('=').next().unwrap_or_default())
        .collect();
    if names.is_empty() {
        return None;
    }
    let mut clean = url.clone();
    // As text, so that what stays is written as it was.
    clean.set_query(Some(rest.join("&").as_str()).filter(|query| !query.is_empty()));
    Some((
        format!("marks to follow readers by: {}", names.join(", ")),
        clean.to_string(),
    ))
}

/// Whether a parameter only tells who sent a reader: those of Google, Facebook, Microsoft, Yandex,
/// Mailchimp, HubSpot, Marketo, Instagram, Twitter, Adobe and Matomo.
fn is_mark(name: &str) -> bool {
    const NAMES: [&str; 24] = [
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "_ga",
        "_gl",
        "fbclid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "_hsenc",
        "_hsmi",
        "__hstc",
        "mkt_tok",
        "s_cid",
        "vero_id",
        "oly_enc_id",
    ];
    let name = name.to_ascii_lowercase();
    ["utm_", "mtm_", "pk_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Option<(Rule, String, String)> {
        problem(&Url::parse(address).unwrap())
    }

    #[test]
    fn an_address_of_a_source_is_left_alone() {
        for address in [
            "https://www.mofa.go.jp/press/release/press4e_003085.html",
            "http://nikkei.com/?id=5&utm=1",
            "https://dev.to/a",
            "https://notexample.com/",
            "https://www.google.com/search?q=radar",
            "https://testing.go.jp/a?page=2#utm_source=x",
            "http://8.8.8.8/",
            "http://[2606:4700::1]/",
        ] {
            assert_eq!(of(address), None, "{address}");
        }
    }

    #[test]
    fn a_placeholder_and_a_local_name_are_told_apart() {
        for (address, rule) in [
            ("https://example.com/radar", Rule::PlaceholderLink),
            ("https://www.example.org/", Rule::PlaceholderLink),
            ("https://cdn.example/", Rule::PlaceholderLink),
            ("http://localhost:8080/", Rule::LocalLink),
            ("https://intranet/news", Rule::LocalLink),
            ("https://todo/", Rule::LocalLink),
            ("https://files.office.local/a.pdf", Rule::LocalLink),
            ("https://wiki.corp.internal/", Rule::LocalLink),
            ("http://192.168.1.5/report.pdf", Rule::LocalLink),
            ("http://[::1]/", Rule::LocalLink),
        ] {
            assert_eq!(
                of(address).map(|problem| problem.0),
                Some(rule),
                "{address}"
            );
        }
    }

    #[test]
    fn the_clean_address_is_given_in_place_of_one_with_marks() {
        for (address, names, clean) in [
            (
                "https://a.jp/x?utm_source=n&id=%E6%97%A5+b&UTM_medium=m#top",
                "utm_source, UTM_medium",
                "https://a.jp/x?id=%E6%97%A5+b#top",
            ),
            (
                "https://a.jp/?fbclid=x&gclid&mc_cid=",
                "fbclid, gclid, mc_cid",
                "https://a.jp/",
            ),
            (
                "https://www.google.com/url?q=https://a.jp/x%3Fid%3D1&sa=D&ust=1",
                "Google's address",
                "https://a.jp/x?id=1",
            ),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.jp%2F%3Futm_id%3D1&data=0",
                "Outlook's address",
                "https://a.jp/",
            ),
        ] {
            let (rule, message, remedy) = of(address).unwrap();
            assert_eq!(
                (rule, remedy),
                (Rule::TrackingLink, format!("write {clean}")),
                "{address}"
            );
            assert!(message.contains(names), "{address}: {message}");
        }
        assert_eq!(of("https://www.google.com/url?q=javascript:alert(1)"), None);
    }
}
