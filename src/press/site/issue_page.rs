//! The page of an issue, which is complete without a script.

use digest_issue::Issue;
use yew::{Html, html};

use super::head::{canonical_url, describe_issue, render_issue_head, render_page_head};
use super::issue_folder::IssueFolder;
use super::issue_name::format_title;
use super::json_ld::write_json_ld;
use super::page_strings::PageStrings;
use super::page_styles::{ISSUE_PAGE_STYLE, render_styles};
use super::prerender::render_titled_digest;
use super::render::render_document;
use super::serving::CONFIGURATOR;
use crate::SiteAddress;

/// The issues before and after an issue in its series. Its page and its `issue.json` link to them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a> {
    /// The issue that came out before it.
    pub previous: Option<&'a Issue>,
    /// The issue that came out after it.
    pub next: Option<&'a Issue>,
}

impl<'a> Neighbours<'a> {
    /// Finds the neighbours of the issue at `index`. The issues are newest first.
    #[must_use]
    pub fn find(issues: &[&'a Issue], index: usize) -> Neighbours<'a> {
        let next = index.checked_sub(1).and_then(|index| issues.get(index));
        Neighbours {
            previous: issues.get(index + 1).copied(),
            next: next.copied(),
        }
    }
}

/// Renders the page. A headline opens if its id is the fragment of the URL.
///
/// The page in `latest/` names the issue's permanent page wherever it is cited, shared or indexed.
pub(crate) fn render_issue_page(
    issue: &Issue,
    folder: IssueFolder,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let title = format_title(issue);
    let description = describe_issue(issue);
    let canonical = canonical_url(issue, site);
    let json_ld = write_json_ld(issue, site)?;
    Ok(mark_for_reader_modes(&render_document(html! {
        <html lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <head>
                { render_page_head(&title, &issue.title, &description, &canonical, site) }
                { render_styles(ISSUE_PAGE_STYLE) }
                { render_issue_head(issue, folder, site, json_ld) }
            </head>
            { render_body(issue, folder, neighbours, site) }
        </html>
    })))
}

/// Changes the digest's markup so that reader modes, such as Firefox's, keep the whole issue.
///
/// They take the element whose direct text scores highest, which without these sections is one long
/// detail. They remove elements whose id contains a word such as "comment" or "social", unless a
/// class speaks for them; ids are made of headlines. Text cannot match here: its `<` is escaped.
fn mark_for_reader_modes(page: &str) -> String {
    READER_MODE_MARKUP
        .iter()
        .fold(page.to_owned(), |page, (before, after)| {
            page.replace(before, after)
        })
}

const READER_MODE_MARKUP: [(&str, &str); 10] = [
    // They take the first element with such a class or id for the byline, also a headline about an
    // author.
    ("<p part=\"meta\"", "<p part=\"meta\" class=\"dateline\""),
    (
        "<article part=\"issue\"",
        "<article part=\"issue\" class=\"content\"",
    ),
    (
        "<ul part=\"headlines\"",
        "<section class=\"content\"><ul part=\"headlines\"",
    ),
    (
        "<section part=\"headlines\"",
        "<section class=\"content\"><section part=\"headlines\"",
    ),
    ("</article>", "</section></article>"),
    (
        "<h2 part=\"headline\"",
        "<h2 part=\"headline\" class=\"content\"",
    ),
    (
        "<h3 part=\"headline\"",
        "<h3 part=\"headline\" class=\"content\"",
    ),
    (
        "<summary part=\"switch\"",
        "<summary part=\"switch\" class=\"column\"",
    ),
    (
        "<div part=\"detail\"",
        "<section part=\"detail\" class=\"column\"",
    ),
    ("</div></details>", "</section></details>"),
];

fn render_body(
    issue: &Issue,
    folder: IssueFolder,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Html {
    let strings = PageStrings::for_lang(&issue.lang);
    html! {
        <body>
            <header class="page" lang={strings.lang}>
                <nav aria-label={strings.series}>
                    <a href={site.url().to_owned()}>{ strings.all_issues }</a>
                </nav>
            </header>
            <main class="root">{ render_titled_digest(issue, folder, site) }</main>
            { render_neighbours(neighbours, strings, site) }
            { render_footer(issue, strings, site) }
        </body>
    }
}

fn render_neighbours(
    Neighbours { previous, next }: Neighbours<'_>,
    strings: &PageStrings,
    site: &SiteAddress,
) -> Html {
    if previous.is_none() && next.is_none() {
        return html! {};
    }
    html! {
        <nav class="neighbours" aria-label={strings.neighbours} lang={strings.lang}>
            { for previous.map(|issue| render_neighbour(issue, "prev", strings.previous, site)) }
            { for next.map(|issue| render_neighbour(issue, "next", strings.next, site)) }
        </nav>
    }
}

fn render_neighbour(
    issue: &Issue,
    rel: &'static str,
    label: &'static str,
    site: &SiteAddress,
) -> Html {
    let lang = issue.lang.as_str().to_owned();
    html! {
        <a {rel} href={site.page_url(issue).to_string()}>
            <span>{ label }</span>{ " " }<span {lang}>{ format_title(issue) }</span>
        </a>
    }
}

fn render_footer(issue: &Issue, strings: &PageStrings, site: &SiteAddress) -> Html {
    let [bibtex, ris] =
        ["citations.bib", "citations.ris"].map(|name| site.issue_file_url(issue, name).to_string());
    html! {
        <footer lang={strings.lang}>
            <p>
                { strings.cite }{ " " }
                <a href={bibtex}>{ "BibTeX" }</a>{ " " }
                <a href={ris}>{ "RIS" }</a>
            </p>
            { render_feed_links(strings, site) }
            { render_embed_links(issue, strings.embed_this, strings, site) }
            <p class="address">
                <bdi>{ strings.address }</bdi>{ " " }
                <a href={site.page_url(issue).to_string()} dir="ltr">
                    { site.readable_page_url(issue) }
                </a>
            </p>
        </footer>
    }
}

/// Renders the links to the configurator: for the newest issue, and for `issue` with `label`.
pub(crate) fn render_embed_links(
    issue: &Issue,
    label: &'static str,
    strings: &PageStrings,
    site: &SiteAddress,
) -> Html {
    html! {
        <p>
            { strings.embed }{ " " }
            <a href={site.file_url(CONFIGURATOR).to_string()}>{ strings.embed_newest }</a>{ " " }
            <a href={site.configurator_url(issue).to_string()}>{ label }</a>
        </p>
    }
}

/// Renders the links to the feeds of the series.
pub(crate) fn render_feed_links(strings: &PageStrings, site: &SiteAddress) -> Html {
    let [atom, json] = ["feed.xml", "feed.json"].map(|name| site.file_url(name).to_string());
    html! {
        <p>
            { strings.follow }{ " " }
            <a href={atom}>{ "Atom" }</a>{ " " }
            <a href={json}>{ "JSON Feed" }</a>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use digest_issue::Href;
    use serde_json::Value;

    use super::*;
    use crate::site::page_styles::{ALL_PAGES_STYLE, STYLES};

    fn seed_issue() -> Issue {
        Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap()
    }

    fn render_page(issue: &Issue) -> String {
        render_issue_page(
            issue,
            IssueFolder::Permanent,
            Neighbours::default(),
            &"https://cdn.example".parse().unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn title_is_escaped() {
        let html = render_page(&Issue {
            title: "</title></script><script>\"'&<!--".to_owned(),
            ..seed_issue()
        });
        let title =
            "<title>&lt;/title&gt;&lt;/script&gt;&lt;script&gt;\"'&amp;&lt;!-- Vol 1.5</title>";
        assert!(html.contains(title), "{html}");
        assert!(
            html.contains(r#"title="&lt;/title&gt;&lt;/script&gt;&lt;script&gt;&quot;"#),
            "{html}"
        );
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert_eq!(html.matches("</script").count(), 1, "{html}");
    }

    #[test]
    fn json_ld_parses_whatever_an_issue_contains() {
        let html = render_page(&Issue {
            title: r#"</script><!-- "a" \ "#.to_owned(),
            ..seed_issue()
        });
        let (_, rest) = html
            .split_once(r#"<script type="application/ld+json">"#)
            .unwrap();
        let data: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(data["@type"], "PublicationIssue");
        assert_eq!(data["isPartOf"]["name"], r#"</script><!-- "a" \ "#);
        assert_eq!(
            data["hasPart"].as_array().unwrap().len(),
            seed_issue().headlines.len()
        );
    }

    #[test]
    fn canonical_url_is_the_publishers_own_page_if_there_is_one() {
        let canonical = |address| format!(r#"<link rel="canonical" href="{address}">"#);
        let here = canonical("https://cdn.example/issues/us-japan-alliance-digest-1.5/");
        assert!(render_page(&seed_issue()).contains(&here));
        let url = Some(Href::new("https://publisher.example/1.5"));
        assert!(
            render_page(&Issue {
                url,
                ..seed_issue()
            })
            .contains(&canonical("https://publisher.example/1.5"))
        );
    }

    #[test]
    fn page_of_the_newest_issue_names_the_permanent_address() {
        let issue = seed_issue();
        let site = "https://cdn.example".parse().unwrap();
        let neighbours = Neighbours::default();
        let html = render_issue_page(&issue, IssueFolder::Latest, neighbours, &site).unwrap();
        let page = "https://cdn.example/issues/us-japan-alliance-digest-1.5/";
        for part in [
            format!(r#"<link rel="canonical" href="{page}">"#),
            format!(r#"<meta property="og:url" content="{page}">"#),
            format!(r#"<meta name="citation_public_url" content="{page}">"#),
            format!(r#""@id":"{page}""#),
            format!("<a href=\"{page}citations.bib\">"),
            format!(
                "<a part=\"headline-link\" href=\"{page}#{}\">",
                issue.headlines[0].id
            ),
            format!("<a href=\"{page}\" dir=\"ltr\">{page}</a>"),
        ] {
            assert!(html.contains(&part), "expected {part} in {html}");
        }
        let own = "https://cdn.example/latest/";
        assert_eq!(html.matches(own).count(), 2, "oembed.json and issue.json");
    }

    #[test]
    fn page_has_the_language_of_the_issue() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let html = render_page(&Issue::from_json(json).unwrap());
        assert!(html.contains(r#"<html lang="ja" dir="ltr">"#), "{html}");
        assert!(
            html.contains("年") && html.contains("開く") && html.contains("すべての号"),
            "{html}"
        );
    }

    #[test]
    fn every_style_is_in_the_list_for_the_policy() {
        let html = render_page(&seed_issue());
        let styles = [digest_view::STYLE, ALL_PAGES_STYLE, ISSUE_PAGE_STYLE];
        for style in styles {
            assert!(html.contains(&format!("<style>{style}</style>")), "{html}");
            assert!(STYLES.contains(&style));
        }
        assert_eq!(html.matches("<style").count(), styles.len());
        assert!(!html.contains(" style="), "{html}");
    }

    #[test]
    fn sections_are_closed_with_and_without_an_outro() {
        let json =
            include_bytes!("../../../tests/site/every_block/issues/harbour-notes-7/issue.json");
        let whole = Issue::from_json(json).unwrap();
        let mut without_sections = whole.clone();
        for headline in &mut without_sections.headlines {
            headline.section = None;
        }
        for issue in [whole, without_sections] {
            let bare = Issue {
                outro: Vec::new(),
                ..issue.clone()
            };
            for issue in [issue, bare] {
                let html = render_page(&issue);
                let count = |tag: &str| html.matches(tag).count();
                assert!(count("<section") > 2);
                assert_eq!(count("<section"), count("</section>"), "{html}");
                assert_eq!(count("<div"), count("</div>"), "{html}");
            }
        }
    }
}
