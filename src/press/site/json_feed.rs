use digest_issue::{Issue, Lang};
use serde::Serialize;

use super::feed::{NEWEST, content, instant};
use super::{head, name};
use crate::Site;

/// The newest issues of a series as a feed: JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
pub(crate) fn json_feed(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &Site,
) -> Result<String, serde_json::Error> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title,
        home_page_url: site.url(),
        feed_url: site.root("feed.json").into(),
        language: lang.as_str(),
        authors: [Author { name: title }],
        items: issues.iter().take(NEWEST).map(|issue| item(issue, site)).collect(),
    };
    serde_json::to_string_pretty(&feed).map(|json| json + "\n")
}

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: String,
    title: String,
    content_html: String,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    language: &'a str,
}

fn item<'a>(issue: &'a Issue, site: &Site) -> Item<'a> {
    Item {
        // A reader takes an issue for a new one if its id changes: the address is its for good.
        id: site.page(issue).into(),
        url: head::canonical(issue, site),
        title: name::title(issue),
        content_html: content(issue, site),
        summary: head::description(issue),
        image: site.picture(issue).map(String::from),
        date_published: instant(issue),
        language: issue.lang.as_str(),
    }
}
