use digest_issue::{Issue, Lang};
use serde::Serialize;

use super::feed::{NEWEST, content, instant};
use super::{head, issue_name};
use crate::SiteAddress;

/// The newest issues of a series as a feed: JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
pub(crate) fn json_feed(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title,
        home_page_url: site.url(),
        feed_url: site.root("feed.json").into(),
        language: lang.as_str(),
        authors: [Author { name: title }],
        items: issues
            .iter()
            .take(NEWEST)
            .map(|issue| item(issue, site))
            .collect(),
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

fn item<'a>(issue: &'a Issue, site: &SiteAddress) -> Item<'a> {
    Item {
        // A reader takes an issue for a new one if its id changes: the address is its for good.
        id: site.page(issue).into(),
        url: head::canonical(issue, site),
        title: issue_name::title(issue),
        content_html: content(issue, site),
        summary: head::description(issue),
        image: site.jpeg(issue).map(String::from),
        date_published: instant(issue),
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
        let feed = feed();
        let errors: Vec<_> = schema
            .iter_errors(&feed)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }

    #[test]
    fn a_feed_holds_the_newest_issues_and_says_where_all_of_them_are() {
        let feed = feed();
        assert_eq!(feed["items"].as_array().unwrap().len(), NEWEST);
        assert_eq!(
            feed["items"][0]["id"],
            "https://cdn.example/issues/digest-30/"
        );
        assert_eq!(feed["home_page_url"], "https://cdn.example/");
    }

    /// The feed of 30 issues.
    fn feed() -> Value {
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
        let feed = json_feed(
            &issue.title,
            &issue.lang,
            &issues,
            &"https://cdn.example".parse().unwrap(),
        );
        serde_json::from_str(&feed.unwrap()).unwrap()
    }
}
