use digest_issue::{Headline, Issue};
use yew::{Html, html};

use super::issue_name::{day, number};
use super::plain_html;
use super::render::render;
use crate::SiteAddress;

/// The level of the title among the headings of a post.
const HEADING_LEVEL: u8 = 3;

/// What an editor pastes who may post no scripts: nothing but elements that content management systems
/// let through. It reads by itself, and `digest-site.js`, which the site's webmaster includes, makes the
/// digest of it.
pub(crate) fn cms(issue: &Issue, site: &SiteAddress) -> String {
    let lang = issue.lang.as_str().to_owned();
    let post = render(html! {
        <div data-digest-src={site.beside(issue, "issue.json").to_string()} data-digest-lang={lang.clone()}
            data-digest-heading-level={HEADING_LEVEL.to_string()}>
            <div {lang} dir={issue.lang.dir()}>
                <h3><a href={site.page(issue).to_string()}>{ &issue.title }</a></h3>
                <p>{ dated(issue) }</p>
                { plain_html::picture(issue, site) }
                { for issue.headlines.iter().map(panel) }
            </div>
        </div>
    });
    post + "\n"
}

/// "Vol 1.5 · March 11, 2022"
fn dated(issue: &Issue) -> String {
    if issue.is_counted_by_days() {
        day(issue)
    } else {
        format!("{} · {}", number(issue), day(issue))
    }
}

fn panel(headline: &Headline) -> Html {
    html! {
        <details>
            <summary>{ &headline.text }</summary>
            { plain_html::blocks(&headline.detail) }
        </details>
    }
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    /// What WordPress lets through in the posts of authors (`wp_kses_allowed_html('post')`).
    const LET_THROUGH: &str =
        "html, head, body, div, h3, p, a, img, details, summary, ul, li, strong, em, code";

    #[test]
    fn a_post_is_parsed_into_plain_panels_and_nothing_else() {
        for json in [
            &include_bytes!("../../../tests/import/seed/issue.json")[..],
            include_bytes!(
                "../../../tests/site/picture_and_sources/issues/沿岸だより-1.10/issue.json"
            ),
        ] {
            let issue = Issue::from_json(json).unwrap();
            let html = Html::parse_fragment(&cms(&issue, &"https://cdn.example".parse().unwrap()));
            let found = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
            assert_eq!(found(&format!("*:not({LET_THROUGH})")), 0);
            assert_eq!(
                found("[data-digest-src] > div > details > summary:first-child"),
                issue.headlines.len()
            );
            assert_eq!(found("[style], [class], [id], [part]"), 0);
        }
    }
}
