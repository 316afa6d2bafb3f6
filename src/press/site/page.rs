use std::rc::Rc;

use digest_issue::{Href, Issue};
use digest_view::{Digest, DigestProps, Options, Reading, State, View, Words};
use yew::{Callback, Html, Properties, component, html};

use super::render::render;
use crate::{Site, date};

/// The styles of the page around the digest.
pub(crate) const STYLE: &str = include_str!("page.css");

/// The page of an issue, as HTML: all of it reads without a script, and `#id` opens a headline.
///
/// It is made to be served as `index.html` beside the issue's `issue.json` and `oembed.json`.
#[must_use]
pub fn page(issue: &Issue, site: &Site) -> String {
    let (issue, site) = (issue.clone(), site.clone());
    let html = render::<Document>(move || document(issue, &site));
    format!("<!doctype html>\n{html}\n")
}

/// What the page and the frame are called.
pub(crate) fn title(issue: &Issue) -> String {
    let [before, after] = words(issue).volume;
    format!("{} {before}{}{after}", issue.title, issue.volume.as_str())
}

fn document(issue: Issue, site: &Site) -> DocumentProps {
    let page = || site.page(&issue).to_string();
    DocumentProps {
        lang: issue.lang.as_str().to_owned(),
        dir: issue.lang.dir(),
        title: title(&issue),
        description: issue.headlines.iter().map(|headline| &*headline.text).collect::<Vec<_>>().join(" · "),
        canonical: issue.url.as_ref().and_then(Href::url).map_or_else(page, str::to_owned),
        oembed: site.oembed(&issue).to_string(),
        digest: digest(issue),
    }
}

fn digest(issue: Issue) -> DigestProps {
    let view = View {
        words: words(&issue),
        options: Options { heading_level: 1, ..Options::default() },
        all_open: false,
        on_drawn: Callback::noop(),
        state: State::Ready(Rc::new(Reading {
            date: date::long(issue.date, &issue.lang),
            date_lang: issue.lang.as_str().to_owned(),
            // The page is beside the issue, so what is relative to the one is relative to the other.
            image: issue.image.as_ref().and_then(|image| image.src.as_ref()?.url()).map(str::to_owned),
            issue,
        })),
    };
    DigestProps { view: Rc::new(view) }
}

fn words(issue: &Issue) -> &'static Words {
    Words::for_lang(issue.lang.as_str())
}

#[derive(Properties, PartialEq)]
struct DocumentProps {
    lang: String,
    dir: &'static str,
    title: String,
    description: String,
    canonical: String,
    oembed: String,
    digest: DigestProps,
}

#[component]
fn Document(props: &DocumentProps) -> Html {
    let DocumentProps { lang, dir, title, description, canonical, oembed, digest } = props;
    html! {
        <html lang={lang.clone()} dir={*dir}>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{ title }</title>
                <meta name="description" content={description.clone()} />
                <meta property="og:title" content={title.clone()} />
                <meta property="og:type" content="article" />
                <meta property="og:url" content={canonical.clone()} />
                <link rel="canonical" href={canonical.clone()} />
                <link rel="alternate" type="application/json+oembed" href={oembed.clone()} title={title.clone()} />
                <link rel="alternate" type="application/json" href="issue.json" />
                <style>{ digest_view::STYLE }</style>
                <style>{ STYLE }</style>
            </head>
            <body>
                <main class="root"><Digest view={digest.view.clone()} /></main>
            </body>
        </html>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue() -> Issue {
        Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap()
    }

    fn page_of(issue: &Issue) -> String {
        page(issue, &"https://cdn.example".parse().unwrap())
    }

    #[test]
    fn what_an_issue_holds_stays_text() {
        let html = page_of(&Issue { title: "</title><script>\"'&".to_owned(), ..issue() });
        assert!(html.contains("<title>&lt;/title&gt;&lt;script&gt;\"'&amp; Vol 1.5</title>"), "{html}");
        assert!(html.contains(r#"title="&lt;/title&gt;&lt;script&gt;&quot;"#), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn the_canonical_address_is_the_publishers_own_page_if_there_is_one() {
        let canonical = |address| format!(r#"<link rel="canonical" href="{address}">"#);
        let here = canonical("https://cdn.example/issues/us-japan-alliance-digest-1.5/");
        assert!(page_of(&issue()).contains(&here));
        let url = Some(Href::new("https://publisher.example/1.5"));
        assert!(page_of(&Issue { url, ..issue() }).contains(&canonical("https://publisher.example/1.5")));
    }

    #[test]
    fn a_page_is_in_the_language_of_the_issue() {
        let json = include_bytes!("../../../tests/import/japanese/issue.json");
        let html = page_of(&Issue::from_json(json).unwrap());
        assert!(html.contains(r#"<html lang="ja" dir="ltr">"#), "{html}");
        assert!(html.contains("年") && html.contains("詳細"), "{html}");
    }
}
