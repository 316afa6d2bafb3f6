//! `_headers` and `_redirects`: settings that Netlify, Cloudflare Pages and others read from the
//! site.

use std::collections::{BTreeMap, BTreeSet};

use super::serving::{
    CACHE_BRIEFLY, CACHE_FOREVER, COMMON_HEADERS, CONFIGURATOR, CONFIGURATOR_POLICY,
    UNCOMMON_TYPES, is_immutable, page_policy,
};
use crate::SiteAddress;

/// The headers for each path pattern.
type HeaderRules = BTreeMap<String, Vec<(&'static str, String)>>;

/// Writes `_headers`.
///
/// Hosts apply all rules that match a path and join the values of equal headers. So no two rules
/// that match the same path have the same header. A `*` is only at the end, and there are few
/// rules, because Cloudflare accepts at most 100.
pub(crate) fn write_headers_file<'a>(
    site: &SiteAddress,
    paths: impl Iterator<Item = &'a str>,
) -> String {
    let base = site.path();
    let mut rules = HeaderRules::new();
    let mut add = |path: String, name, value: &str| {
        rules
            .entry(path)
            .or_default()
            .push((name, value.to_owned()));
    };
    for (name, value) in COMMON_HEADERS {
        add(format!("{base}*"), name, value);
    }
    for path in top_level_patterns(paths) {
        let cache = if is_immutable(&path) {
            CACHE_FOREVER
        } else {
            CACHE_BRIEFLY
        };
        add(format!("{base}{path}"), "Cache-Control", cache);
    }
    add(base.to_owned(), "Cache-Control", CACHE_BRIEFLY);
    for folder in ["", "latest/", "issues/:id/"] {
        for page in ["", "index.html"] {
            let path = format!("{base}{folder}{page}");
            add(path, "Content-Security-Policy", &page_policy());
        }
    }
    add(
        format!("{base}{CONFIGURATOR}"),
        "Content-Security-Policy",
        CONFIGURATOR_POLICY,
    );
    for (name, media_type) in UNCOMMON_TYPES {
        let folder = if name.starts_with("citations") {
            "issues/:id/"
        } else {
            ""
        };
        add(format!("{base}{folder}{name}"), "Content-Type", media_type);
    }
    format_rules(&rules)
}

/// Writes `_redirects` from pairs of an old and a current path.
pub(crate) fn write_redirects_file(moved: &[(String, String)]) -> String {
    moved
        .iter()
        .map(|(old, new)| format!("{old} {new} 301\n{old}index.html {new} 301\n"))
        .collect()
}

/// Returns patterns for the files at the root of a site and for its folders.
fn top_level_patterns<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let served = paths.filter(|path| !path.starts_with(['.', '_']));
    served
        .map(|path| {
            path.split_once('/')
                .map_or(path.to_owned(), |(folder, _)| format!("{folder}/*"))
        })
        .collect()
}

fn format_rules(rules: &HeaderRules) -> String {
    let rule = |(path, headers): (&String, &Vec<(&str, String)>)| {
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("  {name}: {value}\n"))
            .collect();
        format!("{path}\n{headers}")
    };
    let rules: Vec<_> = rules.iter().map(rule).collect();
    format!(
        "# For Netlify, Cloudflare Pages and others that read this file. \
         Paths start at the root of the host.\n{}",
        rules.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: [&str; 10] = [
        ".digest-press/files.json",
        "_redirects",
        "digest-0.1.0.js",
        "digest.js",
        CONFIGURATOR,
        "feed.json",
        "index.html",
        "issues/a/citations.bib",
        "issues/a/index.html",
        "latest/index.html",
    ];

    fn parse_rules(site: &str) -> Vec<(String, Vec<String>)> {
        let text = write_headers_file(&site.parse().unwrap(), PATHS.into_iter());
        let mut rules: Vec<(String, Vec<String>)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("  ") {
                Some(header) => rules.last_mut().unwrap().1.push(header.to_owned()),
                None => rules.push((line.to_owned(), Vec::new())),
            }
        }
        rules
    }

    /// Matches as the hosts do.
    fn matches_rule(rule: &str, address: &str) -> bool {
        if let Some(start) = rule.strip_suffix('*') {
            return address.starts_with(start);
        }
        let [rule, address] = [rule, address].map(|path| path.split('/').collect::<Vec<_>>());
        rule.len() == address.len()
            && rule
                .iter()
                .zip(&address)
                .all(|(rule, part)| rule == part || rule.starts_with(':') && !part.is_empty())
    }

    fn headers_for(address: &str) -> Vec<String> {
        let rules = parse_rules("https://cdn.example/digest");
        rules
            .into_iter()
            .filter(|(rule, _)| matches_rule(rule, address))
            .flat_map(|(_, headers)| headers)
            .collect()
    }

    #[test]
    fn no_path_has_a_header_twice() {
        for path in PATHS
            .iter()
            .chain(&["", "issues/a/", "issues/a/snippet.html", "latest/"])
        {
            let headers = headers_for(&format!("/digest/{path}"));
            let names: BTreeSet<_> = headers
                .iter()
                .map(|header| header.split_once(':').unwrap().0)
                .collect();
            assert_eq!(names.len(), headers.len(), "{path}: {headers:?}");
        }
    }

    #[test]
    fn only_immutable_files_are_cached_forever() {
        let cache = |path: &str| {
            let headers = headers_for(&format!("/digest/{path}"));
            headers
                .into_iter()
                .find_map(|header| Some(header.strip_prefix("Cache-Control: ")?.to_owned()))
        };
        assert_eq!(cache("digest-0.1.0.js").as_deref(), Some(CACHE_FOREVER));
        for path in [
            "",
            "digest.js",
            "issues/a/",
            "issues/a/issue.json",
            "latest/",
            "latest/issue.json",
            "feed.json",
        ] {
            assert_eq!(cache(path).as_deref(), Some(CACHE_BRIEFLY), "{path}");
        }
    }

    #[test]
    fn pages_have_a_policy_and_feeds_a_media_type() {
        let policy = format!("Content-Security-Policy: {}", page_policy());
        assert!(headers_for("/digest/issues/a/").contains(&policy));
        assert!(headers_for("/digest/").contains(&policy));
        assert!(headers_for("/digest/latest/").contains(&policy));
        assert!(!headers_for("/digest/issues/a/snippet.html").contains(&policy));
        assert!(
            headers_for("/digest/feed.json")
                .contains(&"Content-Type: application/feed+json".to_owned())
        );
        assert!(
            headers_for("/digest/issues/a/citations.bib")
                .iter()
                .any(|header| header.contains("x-bibtex"))
        );
    }

    #[test]
    fn redirects_are_permanent() {
        let moved = [("/issues/old/".to_owned(), "/issues/new/".to_owned())];
        assert_eq!(
            write_redirects_file(&moved),
            "/issues/old/ /issues/new/ 301\n/issues/old/index.html /issues/new/ 301\n"
        );
    }
}
