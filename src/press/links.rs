//! The links of an issue, with their paths.

use digest_issue::{Block, Href, Issue, list_lines};

/// A link of an issue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link<'i> {
    pub(crate) href: &'i Href,
    /// The text that readers click on.
    pub(crate) text: String,
    /// The path of its address in the issue, such as `headlines[2].detail[0][1].href`.
    pub(crate) path: String,
    /// The index of its headline, unless it is outside of all.
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
    add_links(&mut links, None, &issue.intro, "intro");
    for (index, headline) in issue.headlines.iter().enumerate() {
        let path = format!("headlines[{index}]");
        if let Some(href) = &headline.href {
            links.push(Link {
                href,
                text: headline.text.clone(),
                path: format!("{path}.href"),
                headline: Some(index),
            });
        }
        let path = format!("{path}.detail");
        add_links(&mut links, Some(index), &headline.detail, &path);
    }
    add_links(&mut links, None, &issue.outro, "outro");
    links
}

fn add_links<'i>(
    links: &mut Vec<Link<'i>>,
    headline: Option<usize>,
    blocks: &'i [Block],
    path: &str,
) {
    for line in list_lines(blocks, path) {
        let mut before: Option<&Href> = None;
        for (index, run) in line.runs.iter().enumerate() {
            match (&run.href, links.last_mut()) {
                (Some(href), Some(link)) if before == Some(href) => link.text.push_str(&run.text),
                (Some(href), _) => links.push(Link {
                    href,
                    text: run.text.clone(),
                    path: format!("{}[{index}].href", line.path),
                    headline,
                }),
                (None, _) => {}
            }
            before = run.href.as_ref();
        }
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
            "intro": [["See ", { "text": "us", "href": "f" }]],
            "headlines": [{ "id": "radar", "text": "Radar", "href": "g", "detail": [
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
                "intro[0][1].href us f None",
                "headlines[0].href Radar g Some(0)",
                "headlines[0].detail[0][1].href completed at last c Some(0)",
                "headlines[0].detail[1].list[1][0].href two d Some(0)",
                "headlines[0].detail[1].list[1][1].href three e Some(0)",
            ]
        );
    }
}
