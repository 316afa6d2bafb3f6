use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use digest_issue::{Issue, Lang};

use super::feed::{NEWEST, content, instant};
use super::{head, issue_name};
use crate::SiteAddress;

/// The newest issues of a series as a feed: Atom (RFC 4287).
pub(crate) fn atom(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<Vec<u8>, atom_syndication::Error> {
    let address = site.root("feed.xml").to_string();
    let feed = Feed {
        title: Text::plain(xml(title)),
        id: address.clone(),
        // A feed has to say when it changed: when its newest issue came out, or never yet.
        updated: issues
            .first()
            .map(|issue| updated(issue))
            .unwrap_or_default(),
        authors: vec![Person {
            name: xml(title),
            ..Person::default()
        }],
        links: vec![
            link("self", address, "application/atom+xml"),
            link("alternate", site.url().to_owned(), "text/html"),
        ],
        lang: Some(lang.as_str().to_owned()),
        entries: issues
            .iter()
            .take(NEWEST)
            .map(|issue| entry(issue, site))
            .collect(),
        ..Feed::default()
    };
    let mut bytes = feed.write_to(Vec::new())?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(issue: &Issue, site: &SiteAddress) -> Entry {
    let page = site.page(issue).to_string();
    Entry {
        title: Text::plain(xml(&issue_name::title(issue))),
        id: page.clone(),
        updated: updated(issue),
        published: Some(updated(issue)),
        links: vec![link("alternate", head::canonical(issue, site), "text/html")],
        content: Some(Content {
            lang: Some(issue.lang.as_str().to_owned()),
            base: Some(page),
            content_type: Some("html".to_owned()),
            value: Some(xml(&content(issue, site))),
            src: None,
        }),
        ..Entry::default()
    }
}

fn link(rel: &str, href: String, kind: &str) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..Link::default()
    }
}

fn updated(issue: &Issue) -> FixedDateTime {
    instant(issue).parse().unwrap_or_default()
}

/// Text without the characters that no XML document may hold, however they are written
/// (<https://www.w3.org/TR/xml/#charsets>): one of them, and no reader takes the feed.
fn xml(text: &str) -> String {
    text.chars()
        .filter(|character| is_xml(*character))
        .collect()
}

fn is_xml(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_read_whatever_an_issue_holds() {
        let json = include_bytes!(
            "../../../tests/site/picture_and_sources/issues/沿岸だより-1.10/issue.json"
        );
        let issue = Issue {
            title: "]]> & \u{ffff}<b>".to_owned(),
            ..Issue::from_json(json).unwrap()
        };
        let site = "https://cdn.example".parse().unwrap();
        let bytes = atom(&issue.title, &issue.lang, &[&issue], &site).unwrap();
        let feed = feed_rs::parser::parse(&*bytes).unwrap();
        assert_eq!(feed.title.unwrap().content, "]]> & <b>");
        assert_eq!(
            feed.updated.unwrap().to_rfc3339(),
            "2022-03-01T00:00:00+00:00"
        );
        let [entry] = &feed.entries[..] else {
            panic!("expected one entry, found {:?}", feed.entries)
        };
        assert_eq!(entry.id, site.page(&issue).as_str());
        let body = entry
            .content
            .as_ref()
            .and_then(|content| content.body.as_deref());
        assert_eq!(body.unwrap(), content(&issue, &site));
    }

    #[test]
    fn a_series_without_issues_has_a_feed() {
        let bytes = atom(
            "Digest",
            &Lang::new("en"),
            &[],
            &"https://cdn.example".parse().unwrap(),
        )
        .unwrap();
        assert!(feed_rs::parser::parse(&*bytes).unwrap().entries.is_empty());
    }
}
