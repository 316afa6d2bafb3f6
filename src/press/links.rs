use digest_issue::{Block, Href, Issue, Run};

/// A link of an issue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link<'i> {
    /// Where it leads to.
    pub(crate) href: &'i Href,
    /// What a reader clicks on.
    pub(crate) text: String,
    /// The path of its address in the issue, such as `headlines[2].detail[0][1].href`.
    pub(crate) path: String,
    /// The headline in whose detail it is, if it is in one.
    pub(crate) headline: Option<usize>,
}

/// The links of an issue, in its order. Neighbouring runs that lead to the same address are one link.
pub(crate) fn links(issue: &Issue) -> Vec<Link<'_>> {
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
                Block::Paragraph(runs) => add(&mut links, index, &path, runs),
                Block::List(items) => {
                    for (item, runs) in items.iter().enumerate() {
                        add(&mut links, index, &format!("{path}.list[{item}]"), runs);
                    }
                }
            }
        }
    }
    links
}

fn add<'i>(links: &mut Vec<Link<'i>>, headline: usize, path: &str, runs: &'i [Run]) {
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
    fn links_are_in_the_order_of_the_issue_and_know_their_paths() {
        let issue: Issue = serde_json::from_value(serde_json::json!({
            "format": 1, "id": "digest-1.5", "title": "Digest", "volume": "1.5", "date": "2022-03-11",
            "lang": "en", "url": "https://a.example/", "image": { "credit": { "text": "AP", "href": "b" } },
            "headlines": [{ "id": "radar", "text": "Radar", "detail": [
                ["It was ", { "text": "completed ", "href": "c" }, { "text": "at last", "strong": true, "href": "c" }],
                { "list": [["one"], [{ "text": "two", "href": "d" }, { "text": "three", "href": "e" }]] },
            ] }],
        }))
        .unwrap();
        let links: Vec<_> = links(&issue)
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
