//! `cms.html`: an issue as a post for content management systems that filter HTML.

use digest_issue::{Headline, Issue};
use yew::{Html, html};

use super::issue_folder::IssueFolder;
use super::issue_name::{format_day, format_number};
use super::plain_html::{PlainHtml, render_headline_text, render_source};
use super::render::render_html;
use crate::SiteAddress;

/// The heading level of the title in a post.
const HEADING_LEVEL: u8 = 3;

/// Renders the HTML that an editor without the right to post scripts pastes.
///
/// It uses only elements that content management systems allow, and is complete without a script.
/// Reader modes remove a `<div>` that has many links, so there is none.
/// If the webmaster includes `digest-site.js`, that script replaces it with the widget.
pub(crate) fn render_cms_post(issue: &Issue, folder: IssueFolder, site: &SiteAddress) -> String {
    let lang = issue.lang.as_str().to_owned();
    let [page, src] = ["", "issue.json"].map(|name| folder.file_url(issue, site, name).to_string());
    let plain = PlainHtml { issue, site };
    let render_headline = |level, headline: &Headline| render_headline(level, headline, &plain);
    let post = render_html(html! {
        <section
            data-digest-src={src} data-digest-lang={lang.clone()}
            data-digest-heading-level={HEADING_LEVEL.to_string()}
        >
            <section {lang} dir={issue.lang.dir()}>
                <h3><a href={page}>{ &issue.title }</a></h3>
                <p>{ format_volume_and_day(issue) }</p>
                { plain.render_picture() }
                { plain.render_text(HEADING_LEVEL + 1, render_headline) }
            </section>
        </section>
    });
    post + "\n"
}

/// Formats "Vol 1.5 · March 11, 2022", or only the day if the issue has no number.
fn format_volume_and_day(issue: &Issue) -> String {
    if issue.has_date_as_volume() {
        format_day(issue)
    } else {
        format!("{} · {}", format_number(issue), format_day(issue))
    }
}

/// Renders a headline: a panel, or a heading of this level if it has no detail to open.
fn render_headline(level: u8, headline: &Headline, plain: &PlainHtml<'_>) -> Html {
    if !headline.can_open() {
        return html! { <@{format!("h{level}")}>{ render_headline_text(headline) }</@> };
    }
    html! {
        <details>
            <summary>{ &headline.text }</summary>
            { render_source(headline) }
            { plain.render_detail(level, headline) }
        </details>
    }
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    /// Elements that WordPress allows in posts of authors (`wp_kses_allowed_html('post')`).
    const ALLOWED: &str = "html, head, body, section, h3, h4, h5, h6, p, a, img, details, summary, \
         ul, ol, li, blockquote, pre, table, thead, tbody, tr, th, td, strong, em, code, sup, sub, del";

    #[test]
    fn post_has_only_allowed_elements_and_a_panel_per_headline() {
        for json in [
            &include_bytes!("../../../tests/import/seed/issue.json")[..],
            include_bytes!(
                "../../../tests/site/picture_and_sources/issues/沿岸だより-1.10/issue.json"
            ),
            include_bytes!("../../../tests/site/every_block/issues/harbour-notes-7/issue.json"),
        ] {
            let issue = Issue::from_json(json).unwrap();
            let html = Html::parse_fragment(&render_cms_post(
                &issue,
                IssueFolder::Permanent,
                &"https://cdn.example".parse().unwrap(),
            ));
            let count = |selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
            assert_eq!(count(&format!("*:not({ALLOWED})")), 0);
            assert_eq!(
                count("[data-digest-src] > section > details > summary:first-child"),
                issue
                    .headlines
                    .iter()
                    .filter(|headline| headline.can_open())
                    .count()
            );
            assert_eq!(count("[style], [class], [id], [part]"), 0);
        }
    }

    #[test]
    fn headline_without_detail_is_a_heading() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let mut issue = Issue::from_json(json).unwrap();
        issue.headlines[0].detail.clear();
        let site = "https://cdn.example".parse().unwrap();
        let post = render_cms_post(&issue, IssueFolder::Permanent, &site);
        assert!(
            post.contains(&format!("<h4>{}</h4>", issue.headlines[0].text)),
            "{post}"
        );
        assert_eq!(post.matches("<details>").count(), issue.headlines.len() - 1);
    }
}
