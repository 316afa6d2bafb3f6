use digest_issue::Issue;
use yew::{Html, html};

use super::head;
use super::issue_name::title;
use super::json_ld::json_ld;
use super::page_strings::PageStrings;
use super::page_styles::{PAGE, styles};
use super::prerender::digest;
use super::render::render;
use crate::SiteAddress;

/// The issues beside one in its series, to which its page links.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a> {
    /// The one that came out before it.
    pub previous: Option<&'a Issue>,
    /// The one that came out after it.
    pub next: Option<&'a Issue>,
}

/// The page of an issue, as HTML: all of it reads without a script, and `#id` opens a headline.
pub(crate) fn page(
    issue: &Issue,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let description = head::description(issue);
    let canonical = head::canonical(issue, site);
    let json_ld = json_ld(issue, site)?;
    let html = render(html! {
        <html lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <head>
                { head::of_series(&title(issue), &issue.title, &description, &canonical, site) }
                { styles(PAGE) }
                { head::of_issue(issue, site, json_ld) }
            </head>
            { body(issue, neighbours, site) }
        </html>
    });
    Ok(format!("<!doctype html>\n{html}\n"))
}

fn body(issue: &Issue, neighbours: Neighbours<'_>, site: &SiteAddress) -> Html {
    let words = PageStrings::for_lang(&issue.lang);
    html! {
        <body>
            <header class="page" lang={words.lang}>
                <nav aria-label={words.series}><a href={site.url().to_owned()}>{ words.all_issues }</a></nav>
            </header>
            <main class="root">{ digest(issue, site, 1) }</main>
            { beside(neighbours, words, site) }
            { footer(issue, words, site) }
        </body>
    }
}

fn beside(
    Neighbours { previous, next }: Neighbours<'_>,
    words: &PageStrings,
    site: &SiteAddress,
) -> Html {
    if previous.is_none() && next.is_none() {
        return html! {};
    }
    html! {
        <nav class="neighbours" aria-label={words.neighbours} lang={words.lang}>
            { for previous.map(|issue| neighbour(issue, "prev", words.previous, site)) }
            { for next.map(|issue| neighbour(issue, "next", words.next, site)) }
        </nav>
    }
}

fn neighbour(issue: &Issue, rel: &'static str, label: &'static str, site: &SiteAddress) -> Html {
    html! {
        <a {rel} href={site.page(issue).to_string()}>
            <span>{ label }</span>{ " " }<span lang={issue.lang.as_str().to_owned()}>{ title(issue) }</span>
        </a>
    }
}

fn footer(issue: &Issue, words: &PageStrings, site: &SiteAddress) -> Html {
    let link = |url: String, text: &'static str| html! { <a href={url}>{ text }</a> };
    let cited = |name: &str, text| link(site.beside(issue, name).into(), text);
    html! {
        <footer lang={words.lang}>
            <p>{ words.cite }{ " " }{ cited("citations.bib", "BibTeX") }{ " " }{ cited("citations.ris", "RIS") }</p>
            { follow(words, site) }
            <p>{ link(site.configurator(issue).into(), words.embed) }</p>
            <p class="address">
                { words.address }{ " " }<a href={site.page(issue).to_string()}>{ site.readable_page(issue) }</a>
            </p>
        </footer>
    }
}

/// Where the series is followed.
pub(crate) fn follow(words: &PageStrings, site: &SiteAddress) -> Html {
    let [atom, json] = ["feed.xml", "feed.json"].map(|name| site.root(name).to_string());
    html! { <p>{ words.follow }{ " " }<a href={atom}>{ "Atom" }</a>{ " " }<a href={json}>{ "JSON Feed" }</a></p> }
}

#[cfg(test)]
mod tests {
    use digest_issue::Href;
    use serde_json::Value;

    use super::*;
    use crate::site::page_styles::{PAGES, STYLES};

    fn issue() -> Issue {
        Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap()
    }

    fn page_of(issue: &Issue) -> String {
        page(
            issue,
            Neighbours::default(),
            &"https://cdn.example".parse().unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn what_an_issue_holds_stays_text() {
        let html = page_of(&Issue {
            title: "</title></script><script>\"'&<!--".to_owned(),
            ..issue()
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
    fn the_data_for_search_engines_is_json_whatever_an_issue_holds() {
        let html = page_of(&Issue {
            title: r#"</script><!-- "a" \ "#.to_owned(),
            ..issue()
        });
        let (_, rest) = html
            .split_once(r#"<script type="application/ld+json">"#)
            .unwrap();
        let data: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(data["@type"], "PublicationIssue");
        assert_eq!(data["isPartOf"]["name"], r#"</script><!-- "a" \ "#);
        assert_eq!(
            data["hasPart"].as_array().unwrap().len(),
            issue().headlines.len()
        );
    }

    #[test]
    fn the_canonical_address_is_the_publishers_own_page_if_there_is_one() {
        let canonical = |address| format!(r#"<link rel="canonical" href="{address}">"#);
        let here = canonical("https://cdn.example/issues/us-japan-alliance-digest-1.5/");
        assert!(page_of(&issue()).contains(&here));
        let url = Some(Href::new("https://publisher.example/1.5"));
        assert!(
            page_of(&Issue { url, ..issue() })
                .contains(&canonical("https://publisher.example/1.5"))
        );
    }

    #[test]
    fn a_page_is_in_the_language_of_the_issue() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let html = page_of(&Issue::from_json(json).unwrap());
        assert!(html.contains(r#"<html lang="ja" dir="ltr">"#), "{html}");
        assert!(
            html.contains("年") && html.contains("詳細") && html.contains("すべての号"),
            "{html}"
        );
    }

    #[test]
    fn the_styles_are_those_whose_hashes_a_policy_allows() {
        let html = page_of(&issue());
        let styles = [digest_view::STYLE, PAGES, PAGE];
        for style in styles {
            assert!(html.contains(&format!("<style>{style}</style>")), "{html}");
            assert!(STYLES.contains(&style));
        }
        assert_eq!(html.matches("<style").count(), styles.len());
        assert!(!html.contains(" style="), "{html}");
    }
}
