//! The pages that are measured.

use super::measured_site::{MeasuredSite, PLAIN_ISSUE};

/// The maker of a page's digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    /// Another widget, with the same features.
    Peer,
    /// Our widget.
    Widget,
    /// The publisher's HTML without a script.
    PlainHtml,
}

/// An embedder's page.
pub(super) struct PageVariant {
    /// What shows the digest in it.
    pub(super) name: &'static str,
    /// The maker of the digest.
    pub(super) kind: PageKind,
    /// True if the page also preloads files, which no snippet does.
    pub(super) is_preloaded: bool,
    /// The page, in which `{cdn}` stands for the address of the publisher's site.
    pub(super) html: String,
}

/// The issue that the widget requests.
const ISSUE: &str = "latest/issue.json";

/// Lists all pages. The last one is plain HTML, which nothing can be faster than.
pub(super) fn list_variants(site: &MeasuredSite) -> Vec<PageVariant> {
    let snippet = site.snippet();
    let peers = [
        ("JavaScript", "plain.js", "plain-digest"),
        ("Lit", "lit.js", "lit-digest"),
        ("Preact", "preact.js", "preact-digest"),
    ];
    let mut pages = Vec::new();
    for (name, script, element) in peers {
        let preloads = format_preloads(&[script], &[PLAIN_ISSUE]);
        let content = include_element(script, element, PLAIN_ISSUE);
        pages.extend(pair(name, PageKind::Peer, &content, &preloads));
    }
    let loader = include_element("digest.js", "digest-widget", ISSUE);
    let series = include_element("series.js", "digest-widget", ISSUE);
    // The series script holds the issue.
    let widgets: [(_, _, &[&str], _); 3] = [
        ("snippet", "digest.js", &[ISSUE], loader),
        ("series script", "series.js", &[], series),
        (
            "pre-rendered snippet",
            "digest.js",
            &[ISSUE],
            snippet.clone(),
        ),
    ];
    for (name, script, fetched, content) in widgets {
        site.require(name, script);
        let preloads = format_preloads(&[script], fetched);
        pages.extend(pair(name, PageKind::Widget, &content, &preloads));
    }
    pages.push(PageVariant::new(
        "plain HTML",
        PageKind::PlainHtml,
        extract_digest(&snippet),
        None,
    ));
    pages
}

/// A page as its embedder pastes it, and with the preloads that a careful embedder adds.
fn pair(name: &'static str, kind: PageKind, content: &str, preloads: &str) -> [PageVariant; 2] {
    [None, Some(preloads)].map(|preloads| PageVariant::new(name, kind, content, preloads))
}

impl PageVariant {
    /// The name with the difference that preloads make.
    pub(super) fn label(&self) -> String {
        let suffix = if self.is_preloaded { ", preloaded" } else { "" };
        format!("{}{suffix}", self.name)
    }

    fn new(
        name: &'static str,
        kind: PageKind,
        content: &str,
        preloads: Option<&str>,
    ) -> PageVariant {
        PageVariant {
            name,
            kind,
            is_preloaded: preloads.is_some(),
            html: format_page(preloads.unwrap_or_default(), content),
        }
    }
}

/// There is nothing but the digest, which is the best case for all.
fn format_page(preloads: &str, content: &str) -> String {
    let clock = include_str!("clock.js");
    format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>River Notes</title>
<link rel=\"icon\" href=\"data:,\">
<script>{clock}</script>
{preloads}
</head>
<body>
{content}
</body>
</html>
"
    )
}

fn include_element(script: &str, element: &str, issue: &str) -> String {
    format!(
        "<script type=\"module\" src=\"{{cdn}}/{script}\"></script>
<{element} src=\"{{cdn}}/{issue}\" lang=\"en\"></{element}>"
    )
}

fn format_preloads(modules: &[&str], fetched: &[&str]) -> String {
    let modules = modules
        .iter()
        .map(|name| format!("<link rel=\"modulepreload\" href=\"{{cdn}}/{name}\">\n"));
    let fetched = fetched.iter().map(|name| {
        format!("<link rel=\"preload\" as=\"fetch\" href=\"{{cdn}}/{name}\" crossorigin>\n")
    });
    modules.chain(fetched).collect()
}

/// Extracts the digest and its styles from the pre-rendered snippet.
fn extract_digest(snippet: &str) -> &str {
    let template = snippet.split_once("<template shadowrootmode=\"open\">");
    let digest = template.and_then(|(_, rest)| rest.split_once("</template>"));
    digest.expect("the snippet has a template").0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_is_extracted_without_element_and_script() {
        let snippet = "<script></script><digest-widget><template shadowrootmode=\"open\"><p>A</p>\
                       </template><a></a></digest-widget>";
        assert_eq!(extract_digest(snippet), "<p>A</p>");
    }

    #[test]
    fn files_of_a_pair_are_preloaded_in_its_second_page_only() {
        let preloads = format_preloads(&["a.js"], &["b.json"]);
        let [pasted, preloaded] = pair("a", PageKind::Peer, "<p>A</p>", &preloads);
        assert!(!pasted.html.contains("{cdn}/b.json"), "{}", pasted.html);
        assert!(
            preloaded
                .html
                .contains("modulepreload\" href=\"{cdn}/a.js\"")
        );
        assert!(preloaded.html.contains("href=\"{cdn}/b.json\" crossorigin"));
    }
}
