//! The parts that the Atom feed and the JSON feed share.

use digest_issue::{Headline, Issue};
use yew::{Html, html};

use super::plain_html::{render_blocks, render_picture};
use super::render::render_html;
use crate::SiteAddress;

/// The maximum number of issues in a feed: about a year of a fortnightly newsletter. The archive
/// lists all issues.
pub(crate) const MAX_ISSUES: usize = 20;

/// Renders the whole issue without its title, which feed readers show themselves.
pub(crate) fn render_content(issue: &Issue, site: &SiteAddress) -> String {
    render_html(html! {
        <>
            { render_picture(issue, site) }
            { for issue.headlines.iter().map(|headline| render_headline(headline, issue, site)) }
        </>
    })
}

/// Formats the day of an issue as a timestamp (RFC 3339), at midnight UTC.
pub(crate) fn format_timestamp(issue: &Issue) -> String {
    format!("{}T00:00:00Z", issue.date)
}

fn render_headline(headline: &Headline, issue: &Issue, site: &SiteAddress) -> Html {
    let url = site.headline_url(issue, headline).to_string();
    html! {
        <>
            <h2><a href={url}>{ &headline.text }</a></h2>
            { render_blocks(&headline.detail) }
        </>
    }
}
