//! The parts that the Atom feed and the JSON feed share.

use digest_issue::{Date, Headline, Issue};
use uuid::Uuid;
use yew::{Html, html};

use super::plain_html::{PlainHtml, render_source};
use super::render::render_html;
use crate::SiteAddress;

/// The maximum number of issues in a feed: about a year of a fortnightly newsletter. The archive
/// lists all issues.
pub(crate) const MAX_ISSUES: usize = 20;

/// The level of the highest headings in the content.
const HEADING_LEVEL: u8 = 2;

/// Renders the whole issue without its title, which feed readers show themselves.
pub(crate) fn render_content(issue: &Issue, site: &SiteAddress) -> String {
    let plain = PlainHtml { issue, site };
    let render_headline = |level, headline: &Headline| render_headline(level, headline, &plain);
    render_html(html! {
        <>
            { plain.render_picture() }
            { plain.render_text(HEADING_LEVEL, render_headline) }
        </>
    })
}

/// The namespace of the ids in feeds (RFC 9562, section 6.5): a random number.
const NAMESPACE: Uuid = Uuid::from_u128(0x5f0c_2f3e_9f0b_4d0e_8f6a_3d1b_7c52_e9a4);

/// Formats the id of an issue in feeds. Feed readers show an issue again if its id changes, so the
/// id does not contain the site's address.
pub(crate) fn format_entry_id(issue: &Issue) -> String {
    format_id(&format!("issue {}", issue.id))
}

/// Formats the id of the feed of a series.
pub(crate) fn format_feed_id(title: &str) -> String {
    format_id(&format!("series {title}"))
}

fn format_id(name: &str) -> String {
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).urn().to_string()
}

/// Formats a day as a timestamp (RFC 3339), at midnight UTC.
pub(crate) fn format_timestamp(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn render_headline(level: u8, headline: &Headline, plain: &PlainHtml<'_>) -> Html {
    let url = plain.site.headline_url(plain.issue, headline).to_string();
    html! {
        <>
            <@{format!("h{level}")}><a href={url}>{ &headline.text }</a></@>
            { render_source(headline) }
            { plain.render_detail(level + 1, headline) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_when_the_site_moves() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue::from_json(json).unwrap();
        let id = format_entry_id(&issue);
        assert_eq!(id, "urn:uuid:5497a40e-8729-55c8-82cb-9ba398e74619");
        let elsewhere = Issue {
            url: None,
            ..issue.clone()
        };
        assert_eq!(format_entry_id(&elsewhere), id);
        let other = Issue {
            id: "other".to_owned(),
            ..issue
        };
        assert_ne!(format_entry_id(&other), id);
        assert_ne!(format_feed_id("other"), format_entry_id(&other));
    }
}
