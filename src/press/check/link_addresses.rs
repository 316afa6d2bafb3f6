//! Checks of link addresses that need no network: placeholders, local hosts and tracking.

use digest_issue::Href;
use url::{Host, Url};

use super::public_ip::is_public_ip;
use crate::links::Link;
use crate::source_map::SourceMap;
use crate::tracker::find_tracker;
use crate::{Diagnostic, Rule};

/// Warns about link addresses that lead nowhere, into a local network or through a tracker.
pub(crate) fn check_link_addresses(links: &[Link<'_>], source_map: &SourceMap) -> Vec<Diagnostic> {
    let check = |link: &Link<'_>| {
        let url = web_url(link.href)?;
        let (rule, message, remedy) = find_problem(&url)?;
        Some(Diagnostic::warning(
            rule,
            source_map.find(&link.path),
            message,
            remedy,
        ))
    };
    links.iter().filter_map(check).collect()
}

/// Returns the URL of a web page, or `None` for other schemes and unsafe addresses.
pub(crate) fn web_url(href: &Href) -> Option<Url> {
    href.safe_url()
        .filter(|_| href.is_web())
        .and_then(|url| Url::parse(url).ok())
}

/// Returns true unless the address is a placeholder or local, which is reported without a request.
pub(crate) fn is_public_url(url: &Url) -> bool {
    url.host_str().is_some_and(|host| !is_placeholder(host)) && !is_local_url(url)
}

/// Returns true if only one network can reach the host: by an IP address that is not public, or by
/// a name without a dot or with a special use (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`).
pub(crate) fn is_local_url(url: &Url) -> bool {
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
            !name.contains('.') || DOMAINS.iter().any(|domain| is_subdomain(name, domain))
        }
        Some(Host::Ipv4(ip)) => !is_public_ip(ip.into()),
        Some(Host::Ipv6(ip)) => !is_public_ip(ip.into()),
        None => false,
    }
}

/// Returns the rule that an address breaks, a message and a remedy.
fn find_problem(url: &Url) -> Option<(Rule, String, String)> {
    let host = url.host_str()?;
    if is_placeholder(host) {
        let message = format!("this link leads to {host}, a name reserved for examples");
        let remedy = "write the address of the source, or remove the link";
        return Some((Rule::PlaceholderLink, message, remedy.to_owned()));
    }
    if is_local_url(url) {
        let message = format!("this link leads to “{host}”, which only one network can reach");
        let remedy = "write the public address of the source, or remove the link";
        return Some((Rule::LocalLink, message, remedy.to_owned()));
    }
    let parameters = || {
        let (names, clean) = remove_tracking(url)?;
        Some((
            format!("has tracking parameters: {names}"),
            format!("write {clean}"),
        ))
    };
    let (problem, remedy) = unwrap_redirect(url).or_else(parameters)?;
    Some((Rule::TrackingLink, format!("this link {problem}"), remedy))
}

/// Returns true for names reserved for examples (RFC 2606, sections 2 and 3).
fn is_placeholder(host: &str) -> bool {
    ["example.com", "example.net", "example.org", "example"]
        .iter()
        .any(|name| is_subdomain(host, name))
}

fn is_subdomain(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns the service that an address leads through, and how to avoid it.
fn unwrap_redirect(url: &Url) -> Option<(String, String)> {
    let tracker = find_tracker(url)?;
    let target = tracker.find_target(url);
    if target.is_none() && tracker.names_target() {
        return None;
    }
    let remedy = target.map_or_else(
        || "follow the link, and write the address of the page that opens".to_owned(),
        |target| {
            let clean = remove_tracking(&target).map(|(_, clean)| clean);
            format!("write {}", clean.unwrap_or_else(|| target.to_string()))
        },
    );
    Some((
        format!("leads through {} to the source", tracker.name),
        remedy,
    ))
}

/// Returns the tracking parameters of an address, and the address without them.
fn remove_tracking(url: &Url) -> Option<(String, String)> {
    let (tracking, rest): (Vec<&str>, Vec<&str>) = url
        .query()?
        .split('&')
        .partition(|pair| is_tracking_parameter(pair.split('=').next().unwrap_or_default()));
    let names: Vec<_> = tracking
        .iter()
        .map(|pair| pair.split('=').next().unwrap_or_default())
        .collect();
    if names.is_empty() {
        return None;
    }
    let mut clean = url.clone();
    // Joined as text, so that the remaining parameters keep their encoding.
    clean.set_query(Some(rest.join("&").as_str()).filter(|query| !query.is_empty()));
    Some((names.join(", "), clean.to_string()))
}

/// Returns true for parameters that only track readers: of Google, Facebook, Microsoft, Yandex,
/// Mailchimp, HubSpot, Marketo, Instagram, Twitter, Adobe and Matomo.
fn is_tracking_parameter(name: &str) -> bool {
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

    fn check(address: &str) -> Option<(Rule, String, String)> {
        find_problem(&Url::parse(address).unwrap())
    }

    #[test]
    fn ordinary_addresses_are_not_reported() {
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
            assert_eq!(check(address), None, "{address}");
        }
    }

    #[test]
    fn placeholders_and_local_hosts_are_reported() {
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
                check(address).map(|problem| problem.0),
                Some(rule),
                "{address}"
            );
        }
    }

    #[test]
    fn tracking_links_are_reported_with_the_clean_address() {
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
                "leads through Google to",
                "https://a.jp/x?id=1",
            ),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.jp%2F%3Futm_id%3D1&data=0",
                "leads through Outlook to",
                "https://a.jp/",
            ),
        ] {
            let (rule, message, remedy) = check(address).unwrap();
            assert_eq!(
                (rule, remedy),
                (Rule::TrackingLink, format!("write {clean}")),
                "{address}"
            );
            assert!(message.contains(names), "{address}: {message}");
        }
        assert_eq!(
            check("https://www.google.com/url?q=javascript:alert(1)"),
            None
        );
        let (_, message, remedy) = check("https://bit.ly/3a").unwrap();
        assert_eq!(message, "this link leads through Bitly to the source");
        assert!(remedy.starts_with("follow the link"), "{remedy}");
    }
}
