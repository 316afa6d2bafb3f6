//! The parts that the Atom feed and the JSON feed share.

use digest_issue::{Headline, Issue};
use yew::{Html, html};

use super::plain_html::{render_blocks, render_picture, render_source};
use super::render::render_html;
use crate::SiteAddress;

/// The maximum number of issues in a feed: about a year of a fortnightly newsletter. The archive
/// lists all issues.
pub(crate) const MAX_ISSUES: usize = 20;

/// The level of the highest headings in the content.
const HEADING_LEVEL: u8 = 2;

/// Renders the whole issue without its title, which feed readers show themselves.
pub(crate) fn render_content(issue: &Issue, site: &SiteAddress) -> String {
    render_html(html! {
        <>
            { render_picture(issue, site) }
            { render_blocks(HEADING_LEVEL, &issue.intro) }
            { for issue.sections().into_iter().map(|section| render_section(section, issue, site)) }
            { render_blocks(HEADING_LEVEL, &issue.outro) }
        </>
    })
}

/// Formats the day of an issue as a timestamp (RFC 3339), at midnight UTC.
pub(crate) fn format_timestamp(issue: &Issue) -> String {
    format!("{}T00:00:00Z", issue.date)
}

fn render_section(
    (name, headlines): (Option<&str>, &[Headline]),
    issue: &Issue,
    site: &SiteAddress,
) -> Html {
    let level = HEADING_LEVEL + u8::from(name.is_some());
    let headlines = headlines.iter();
    html! {
        <>
            if let Some(name) = name {
                <h2>{ name }</h2>
            }
            { for headlines.map(|headline| render_headline(level, headline, issue, site)) }
        </>
    }
}

fn render_headline(level: u8, headline: &Headline, issue: &Issue, site: &SiteAddress) -> Html {
    let url = site.headline_url(issue, headline).to_string();
    html! {
        <>
            <@{format!("h{level}")}><a href={url}>{ &headline.text }</a></@>
            { render_source(headline) }
            { render_blocks(level + 1, &headline.detail) }
        </>
    }
}
