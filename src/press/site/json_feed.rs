//! `feed.json`: the newest issues as a JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use digest_issue::{Issue, Lang};
use serde::Serialize;

use super::feed::{MAX_ISSUES, format_entry_id, format_timestamp, render_content};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    language: &'a str,
}

fn feed_item<'a>(issue: &'a Issue, site: &SiteAddress) -> FeedItem<'a> {
    let is_corrected = issue.last_changed() != issue.date;
    FeedItem {
        id: format_entry_id(issue),
        url: canonical_url(issue, site),
        title: format_title(issue),
        content_html: render_content(issue, site),
        summary: describe_issue(issue),
        image: site.jpeg_url(issue).map(String::from),
        date_published: format_timestamp(issue.date),
        date_modified: is_corrected.then(|| format_timestamp(issue.last_changed())),
        language: issue.lang.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;

    /// The members that JSON Feed 1.1 defines (<https://www.jsonfeed.org/version/1.1/>), with their
    /// types; the first list is required.
    const FEED_MEMBERS: [&[(&str, Type)]; 2] = [
        &[
            ("version", Type::Url),
            ("title", Type::Text),
            ("items", Type::List),
        ],
        &[
            ("home_page_url", Type::Url),
            ("feed_url", Type::Url),
            ("description", Type::Text),
            ("user_comment", Type::Text),
            ("next_url", Type::Url),
            ("icon", Type::Url),
            ("favicon", Type::Url),
            ("authors", Type::List),
            ("language", Type::Text),
            ("expired", Type::Flag),
            ("hubs", Type::List),
        ],
    ];
    const ITEM_MEMBERS: [&[(&str, Type)]; 2] = [
        &[("id", Type::Text)],
        &[
            ("url", Type::Url),
            ("external_url", Type::Url),
            ("title", Type::Text),
            ("content_html", Type::Text),
            ("content_text", Type::Text),
            ("summary", Type::Text),
            ("image", Type::Url),
            ("banner_image", Type::Url),
            ("date_published", Type::Time),
            ("date_modified", Type::Time),
            ("authors", Type::List),
            ("tags", Type::List),
            ("language", Type::Text),
            ("attachments", Type::List),
        ],
    ];
    const AUTHOR_MEMBERS: [&[(&str, Type)]; 2] = [
        &[],
        &[
            ("name", Type::Text),
            ("url", Type::Url),
            ("avatar", Type::Url),
        ],
    ];

    #[derive(Clone, Copy, Debug)]
    enum Type {
        Text,
        Url,
        Time,
        List,
        Flag,
    }

    fn has_type(value: &Value, expected: Type) -> bool {
        let text = value.as_str().unwrap_or_default();
        match expected {
            Type::Text => !text.is_empty(),
            Type::Url => url::Url::parse(text).is_ok_and(|url| url.has_host()),
            Type::Time => text.parse::<jiff::Timestamp>().is_ok(),
            Type::List => value.is_array(),
            Type::Flag => value.is_boolean(),
        }
    }

    #[track_caller]
    fn check_members(object: &Value, [required, optional]: [&[(&str, Type)]; 2]) {
        let object = object.as_object().unwrap();
        for (name, _) in required {
            assert!(object.contains_key(*name), "{name} is missing");
        }
        for (name, value) in object {
            let mut known = required.iter().chain(optional);
            let (_, expected) = known.find(|(known, _)| known == name).unwrap();
            assert!(
                has_type(value, *expected),
                "{name}: expected {expected:?}, found {value}"
            );
        }
    }

    #[test]
    fn feeds_have_the_members_of_json_feed() {
        let feed = feed_of_30_issues();
        check_members(&feed, FEED_MEMBERS);
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        let mut ids = HashSet::new();
        for item in feed["items"].as_array().unwrap() {
            check_members(item, ITEM_MEMBERS);
            assert!(
                item.get("content_html")
                    .or(item.get("content_text"))
                    .is_some()
            );
            assert!(ids.insert(item["id"].to_string()), "ids are unique");
        }
        let authors = feed["authors"].as_array().unwrap();
        assert!(!authors.is_empty());
        for author in authors {
            check_members(author, AUTHOR_MEMBERS);
            assert_ne!(
                author,
                &serde_json::json!({}),
                "an author has at least one member"
            );
        }
    }

    #[test]
    fn feed_has_the_newest_issues_and_links_to_all() {
        let feed = feed_of_30_issues();
        assert_eq!(feed["items"].as_array().unwrap().len(), MAX_ISSUES);
        let id = feed["items"][0]["id"].as_str().unwrap();
        assert!(id.starts_with("urn:uuid:"), "{id}");
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
