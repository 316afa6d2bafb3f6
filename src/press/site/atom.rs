//! `feed.xml`: the newest issues as an Atom feed (RFC 4287).

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use digest_issue::{Date, Issue, Lang};

use super::feed::{MAX_ISSUES, format_entry_id, format_feed_id, format_timestamp, render_content};
use super::head::canonical_url;
use super::issue_name::format_title;
use crate::SiteAddress;

/// Writes the feed. The issues are newest first.
pub(crate) fn write_atom_feed(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<Vec<u8>, atom_syndication::Error> {
    let url = site.file_url("feed.xml").to_string();
    let entries = issues.iter().take(MAX_ISSUES);
    let entries: Vec<_> = entries.map(|issue| feed_entry(issue, site)).collect();
    let feed = Feed {
        title: Text::plain(remove_non_xml(title)),
        id: format_feed_id(title),
        // Atom requires a date: the last change's, or the epoch before the first issue.
        updated: entries
            .iter()
            .map(|entry| entry.updated)
            .max()
            .unwrap_or_default(),
        authors: vec![Person {
            name: remove_non_xml(title),
            ..Person::default()
        }],
        links: vec![
            feed_link("self", url, "application/atom+xml"),
            feed_link("alternate", site.url().to_owned(), "text/html"),
        ],
        lang: Some(lang.as_str().to_owned()),
        entries,
        ..Feed::default()
    };
    let mut bytes = feed.write_to(Vec::new())?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn feed_entry(issue: &Issue, site: &SiteAddress) -> Entry {
    let page = site.page_url(issue).to_string();
    Entry {
        title: Text::plain(remove_non_xml(&format_title(issue))),
        id: format_entry_id(issue),
        updated: parse_day(issue.last_changed()),
        published: Some(parse_day(issue.date)),
        links: vec![feed_link(
            "alternate",
            canonical_url(issue, site),
            "text/html",
        )],
        content: Some(Content {
            lang: Some(issue.lang.as_str().to_owned()),
            base: Some(page),
            content_type: Some("html".to_owned()),
            value: Some(remove_non_xml(&render_content(issue, site))),
            src: None,
        }),
        ..Entry::default()
    }
}

fn feed_link(rel: &str, href: String, media_type: &str) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

fn parse_day(date: Date) -> FixedDateTime {
    format_timestamp(date).parse().unwrap_or_default()
}

/// Removes the characters that XML forbids even when escaped
/// (<https://www.w3.org/TR/xml/#charsets>). A single one makes feed readers reject the feed.
fn remove_non_xml(text: &str) -> String {
    text.chars()
        .filter(|character| is_xml_character(*character))
        .collect()
}

fn is_xml_character(character: char) -> bool {
    !matches!(
        character,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feed_parses_whatever_an_issue_contains() {
        let json = include_bytes!(
            "../../../tests/site/picture_and_sources/issues/沿岸だより-1.10/issue.json"
        );
        let issue = Issue {
            title: "]]> & \u{ffff}<b>".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site = "https://cdn.example".parse().unwrap();
        let bytes = write_atom_feed(&issue.title, &issue.lang, &[&issue], &site).unwrap();
        let feed = feed_rs::parser::parse(&*bytes).unwrap();
        assert_eq!(feed.title.unwrap().content, "]]> & <b>");
        assert_eq!(
            feed.updated.unwrap().to_rfc3339(),
            "2022-03-01T00:00:00+00:00"
        );
        let [entry] = &feed.entries[..] else {
            panic!("expected one entry, found {:?}", feed.entries)
        };
        assert_eq!(entry.id, format_entry_id(&issue));
        let body = entry
            .content
            .as_ref()
            .and_then(|content| content.body.as_deref());
        assert_eq!(body.unwrap(), render_content(&issue, &site));
    }

    #[test]
    fn feed_without_issues_parses() {
        let bytes = write_atom_feed(
            "Digest",
            &Lang::new("en"),
            &[],
            &"https://cdn.example".parse().unwrap(),
        )
        .unwrap();
        assert!(feed_rs::parser::parse(&*bytes).unwrap().entries.is_empty());
    }
}
