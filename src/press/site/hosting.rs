//! The settings of hosts that read them from the folder itself, as Netlify and Cloudflare Pages do.

use std::collections::{BTreeMap, BTreeSet};

use super::serving::{
    COMMON, CONFIGURATOR, CONFIGURATOR_POLICY, FOR_EVER, SHORT, UNCOMMON_TYPES, is_immutable,
    page_policy,
};
use crate::SiteAddress;

type Rules = BTreeMap<String, Vec<(&'static str, String)>>;

/// `_headers`: which headers go with which of the site's files.
///
/// All rules that fit an address apply, and the values of the same header are joined. So no two rules
/// here have the same header and fit the same address. A `*` is only at the end, and there are few
/// rules, since Cloudflare takes no more than a hundred.
pub(crate) fn headers<'a>(site: &SiteAddress, paths: impl Iterator<Item = &'a str>) -> String {
    let base = site.path();
    let mut rules = Rules::new();
    let mut add = |path: String, name, value: &str| {
        rules
            .entry(path)
            .or_default()
            .push((name, value.to_owned()))
    };
    for (name, value) in COMMON {
        add(format!("{base}*"), name, value);
    }
    for path in top_level(paths) {
        let cache = if is_immutable(&path) { FOR_EVER } else { SHORT };
        add(format!("{base}{path}"), "Cache-Control", cache);
    }
    add(base.to_owned(), "Cache-Control", SHORT);
    for path in ["", "index.html", "issues/:id/", "issues/:id/index.html"] {
        add(
            format!("{base}{path}"),
            "Content-Security-Policy",
            &page_policy(),
        );
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
    write_headers(&rules)
}

/// `_redirects`: where the pages are that have moved.
pub(crate) fn redirects(moved: &[(String, String)]) -> String {
    moved
        .iter()
        .map(|(old, new)| format!("{old} {new} 301\n{old}index.html {new} 301\n"))
        .collect()
}

/// The files of a site that are in none of its folders, and its folders.
fn top_level<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let served = paths.filter(|path| !path.starts_with(['.', '_']));
    served
        .map(|path| {
            path.split_once('/')
                .map_or(path.to_owned(), |(folder, _)| format!("{folder}/*"))
        })
        .collect()
}

fn write_headers(rules: &Rules) -> String {
    let rule = |(path, headers): (&String, &Vec<(&str, String)>)| {
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("  {name}: {value}\n"))
            .collect();
        format!("{path}\n{headers}")
    };
    let rules: Vec<_> = rules.iter().map(rule).collect();
    format!(
        "# For Netlify, Cloudflare Pages and others that read this file. The addresses are those of the host.\n{}",
        rules.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: [&str; 9] = [
        ".digest-press/files.json",
        "_redirects",
        "digest-0.1.0.js",
        "digest.js",
        CONFIGURATOR,
        "feed.json",
        "index.html",
        "issues/a/citations.bib",
        "issues/a/index.html",
    ];

    fn rules(site: &str) -> Vec<(String, Vec<String>)> {
        let text = headers(&site.parse().unwrap(), PATHS.into_iter());
        let mut rules: Vec<(String, Vec<String>)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("  ") {
                Some(header) => rules.last_mut().unwrap().1.push(header.to_owned()),
                None => rules.push((line.to_owned(), Vec::new())),
            }
        }
        rules
    }

    /// As the hosts do it.
    fn fits(rule: &str, address: &str) -> bool {
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

    fn headers_of(address: &str) -> Vec<String> {
        let rules = rules("https://cdn.example/digest");
        rules
            .into_iter()
            .filter(|(rule, _)| fits(rule, address))
            .flat_map(|(_, headers)| headers)
            .collect()
    }

    #[test]
    fn no_address_gets_a_header_twice() {
        for path in PATHS
            .iter()
            .chain(&["", "issues/a/", "issues/a/snippet.html"])
        {
            let headers = headers_of(&format!("/digest/{path}"));
            let names: BTreeSet<_> = headers
                .iter()
                .map(|header| header.split_once(':').unwrap().0)
                .collect();
            assert_eq!(names.len(), headers.len(), "{path}: {headers:?}");
        }
    }

    #[test]
    fn each_file_is_kept_for_as_long_as_it_may_be() {
        let cache = |path: &str| {
            let headers = headers_of(&format!("/digest/{path}"));
            headers
                .into_iter()
                .find_map(|header| Some(header.strip_prefix("Cache-Control: ")?.to_owned()))
        };
        assert_eq!(cache("digest-0.1.0.js").as_deref(), Some(FOR_EVER));
        for path in [
            "",
            "digest.js",
            "issues/a/",
            "issues/a/issue.json",
            "feed.json",
        ] {
            assert_eq!(cache(path).as_deref(), Some(SHORT), "{path}");
        }
    }

    #[test]
    fn pages_have_a_policy_and_feeds_a_type() {
        let policy = format!("Content-Security-Policy: {}", page_policy());
        assert!(headers_of("/digest/issues/a/").contains(&policy));
        assert!(headers_of("/digest/").contains(&policy));
        assert!(!headers_of("/digest/issues/a/snippet.html").contains(&policy));
        assert!(
            headers_of("/digest/feed.json")
                .contains(&"Content-Type: application/feed+json".to_owned())
        );
        assert!(
            headers_of("/digest/issues/a/citations.bib")
                .iter()
                .any(|header| header.contains("x-bibtex"))
        );
    }

    #[test]
    fn a_redirect_is_told_to_stay() {
        let moved = [("/issues/old/".to_owned(), "/issues/new/".to_owned())];
        assert_eq!(
            redirects(&moved),
            "/issues/old/ /issues/new/ 301\n/issues/old/index.html /issues/new/ 301\n"
        );
    }
}
