use digest_issue::{Headline, Issue};
use yew::{Html, html};

use super::plain_html;
use super::render::render;
use crate::SiteAddress;

/// How many issues are in a feed, the newest: a year of one every two or three weeks. The others are in
/// the archive.
pub(crate) const NEWEST: usize = 20;

/// The whole issue as HTML, below the title that feed readers show.
pub(crate) fn content(issue: &Issue, site: &SiteAddress) -> String {
    render(html! {
        <>
            { plain_html::picture(issue, site) }
            { for issue.headlines.iter().map(|headline| section(headline, issue, site)) }
        </>
    })
}

/// When an issue came out, as both feeds write it (RFC 3339). A day has no time; all days begin alike.
pub(crate) fn instant(issue: &Issue) -> String {
    format!("{}T00:00:00Z", issue.date)
}

fn section(headline: &Headline, issue: &Issue, site: &SiteAddress) -> Html {
    html! {
        <>
            <h2><a href={site.headline(issue, headline).to_string()}>{ &headline.text }</a></h2>
            { plain_html::blocks(&headline.detail) }
        </>
    }
}
