//! `feed.json`: the newest issues as a JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use digest_issue::{Issue, Lang};
use serde::Serialize;

use super::feed::{MAX_ISSUES, format_timestamp, render_content};
use super::head::{canonical_url, describe_issue};
use super::issue_name::format_title;
use crate::SiteAddress;

/// Writes the feed. The issues are newest first.
pub(crate) fn write_json_feed(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title,
        home_page_url: site.url(),
        feed_url: site.file_url("feed.json").into(),
        language: lang.as_str(),
        authors: [Author { name: title }],
        items: issues
            .iter()
            .take(MAX_ISSUES)
            .map(|issue| feed_item(issue, site))
            .collect(),
    };
    serde_json::to_string_pretty(&feed).map(|json| json + "\n")
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<FeedItem<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct FeedItem<'a> {
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

fn feed_item<'a>(issue: &'a Issue, site: &SiteAddress) -> FeedItem<'a> {
    FeedItem {
        // Feed readers show an item again if its id changes. The page URL is permanent.
        id: site.page_url(issue).into(),
        url: canonical_url(issue, site),
        title: format_title(issue),
        content_html: render_content(issue, site),
        summary: describe_issue(issue),
        image: site.jpeg_url(issue).map(String::from),
        date_published: format_timestamp(issue),
        language: issue.lang.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_feed_follows_the_schema_of_json_feed() {
        let schema = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/corpus/feed-jsonfeed-schema/schema-v1.1.json"
        );
        let Ok(schema) = std::fs::read(schema) else {
            eprintln!("{schema} is not here: left out");
            return;
        };
        let schema: Value = serde_json::from_slice(&schema).unwrap();
        let schema = jsonschema::validator_for(&schema).unwrap();
        let feed = feed_of_30_issues();
        let errors: Vec<_> = schema
            .iter_errors(&feed)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }

    #[test]
    fn feed_has_the_newest_issues_and_links_to_all() {
        let feed = feed_of_30_issues();
        assert_eq!(feed["items"].as_array().unwrap().len(), MAX_ISSUES);
        assert_eq!(
            feed["items"][0]["id"],
            "https://cdn.example/issues/digest-30/"
        );
        assert_eq!(feed["home_page_url"], "https://cdn.example/");
    }

    /// Writes and parses the feed of 30 issues.
    fn feed_of_30_issues() -> Value {
        let json = include_bytes!(
            "../../../tests/site/picture_and_sources/issues/沿岸だより-1.10/issue.json"
        );
        let issue = Issue::from_json(json).unwrap();
        let issues: Vec<_> = (1..=30)
            .rev()
            .map(|number| Issue {
                id: format!("digest-{number}"),
                ..issue.clone()
            })
            .collect();
        let issues: Vec<_> = issues.iter().collect();
        let feed = write_json_feed(
            &issue.title,
            &issue.lang,
            &issues,
            &"https://cdn.example".parse().unwrap(),
        );
        serde_json::from_str(&feed.unwrap()).unwrap()
    }
}
