//! The links of an issue, with their paths.

use digest_issue::{Block, Href, Issue, Run};

/// A link of an issue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link<'i> {
    pub(crate) href: &'i Href,
    /// The text that readers click on.
    pub(crate) text: String,
    /// The path of its address in the issue, such as `headlines[2].detail[0][1].href`.
    pub(crate) path: String,
    /// The index of the headline whose detail it is in.
    pub(crate) headline: Option<usize>,
}

/// Finds the links of an issue, in order. Neighbouring runs with the same address are one link.
pub(crate) fn find_links(issue: &Issue) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    if let Some(href) = &issue.url {
        links.push(Link {
            href,
            text: issue.title.clone(),
            path: "url".to_owned(),
            headline: None,
        });
    }
    if let Some(credit) = issue.image.as_ref().and_then(|image| image.credit.as_ref())
        && let Some(href) = &credit.href
    {
        let path = "image.credit.href".to_owned();
        links.push(Link {
            href,
            text: credit.text.clone(),
            path,
            headline: None,
        });
    }
    for (index, headline) in issue.headlines.iter().enumerate() {
        for (number, block) in headline.detail.iter().enumerate() {
            let path = format!("headlines[{index}].detail[{number}]");
            match block {
                Block::Paragraph(runs) => add_links(&mut links, index, &path, runs),
                Block::List(items) => {
                    for (item, runs) in items.iter().enumerate() {
                        add_links(&mut links, index, &format!("{path}.list[{item}]"), runs);
                    }
                }
            }
        }
    }
    links
}

fn add_links<'i>(links: &mut Vec<Link<'i>>, headline: usize, path: &str, runs: &'i [Run]) {
    let mut before: Option<&Href> = None;
    for (index, run) in runs.iter().enumerate() {
        match (&run.href, links.last_mut()) {
            (Some(href), Some(link)) if before == Some(href) => link.text.push_str(&run.text),
            (Some(href), _) => {
                let path = format!("{path}[{index}].href");
                links.push(Link {
                    href,
                    text: run.text.clone(),
                    path,
                    headline: Some(headline),
                });
            }
            (None, _) => {}
        }
        before = run.href.as_ref();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_in_order_with_their_paths() {
        let issue: Issue = serde_json::from_value(serde_json::json!({
            "format": 1, "id": "digest-1.5", "title": "Digest", "volume": "1.5",
            "date": "2022-03-11", "lang": "en", "url": "https://a.example/",
            "image": { "credit": { "text": "AP", "href": "b" } },
            "headlines": [{ "id": "radar", "text": "Radar", "detail": [
                ["It was ", { "text": "completed ", "href": "c" },
                    { "text": "at last", "strong": true, "href": "c" }],
                { "list": [["one"], [{ "text": "two", "href": "d" },
                    { "text": "three", "href": "e" }]] },
            ] }],
        }))
        .unwrap();
        let links: Vec<_> = find_links(&issue)
            .into_iter()
            .map(|link| {
                format!(
                    "{} {} {} {:?}",
                    link.path,
                    link.text,
                    link.href.as_written(),
                    link.headline
                )
            })
            .collect();
        assert_eq!(
            links,
            [
                "url Digest https://a.example/ None",
                "image.credit.href AP b None",
                "headlines[0].detail[0][1].href completed at last c Some(0)",
                "headlines[0].detail[1].list[1][0].href two d Some(0)",
                "headlines[0].detail[1].list[1][1].href three e Some(0)",
            ]
        );
    }
}
