//! The links of an issue, with their paths.

use digest_issue::{Block, Href, Image, Issue, Run, list_images, list_lines};

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
    if let Some(image) = &issue.image {
        add_run_links(&mut links, None, &image.caption, "image.caption");
        add_image_links(&mut links, None, image, "image");
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
        add_links(
            &mut links,
            Some(index),
            &headline.detail,
            &format!("{path}.detail"),
        );
        for (number, correction) in headline.corrected.iter().enumerate() {
            let path = format!("{path}.corrected[{number}].text");
            add_run_links(&mut links, Some(index), &correction.text, &path);
        }
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
        add_run_links(links, headline, line.runs, &line.path);
    }
    for (path, image) in list_images(blocks, path) {
        add_image_links(links, headline, image, &path);
    }
}

fn add_run_links<'i>(
    links: &mut Vec<Link<'i>>,
    headline: Option<usize>,
    runs: &'i [Run],
    path: &str,
) {
    let mut before: Option<&Href> = None;
    for (index, run) in runs.iter().enumerate() {
        match (&run.href, links.last_mut()) {
            (Some(href), Some(link)) if before == Some(href) => link.text.push_str(&run.text),
            (Some(href), _) => links.push(Link {
                href,
                text: run.text.clone(),
                path: format!("{path}[{index}].href"),
                headline,
            }),
            (None, _) => {}
        }
        before = run.href.as_ref();
    }
}

fn add_image_links<'i>(
    links: &mut Vec<Link<'i>>,
    headline: Option<usize>,
    image: &'i Image,
    path: &str,
) {
    if let Some(href) = &image.href {
        links.push(Link {
            href,
            text: image.alt.clone().unwrap_or_default(),
            path: format!("{path}.href"),
            headline,
        });
    }
    if let Some(credit) = &image.credit
        && let Some(href) = &credit.href
    {
        links.push(Link {
            href,
            text: credit.text.clone(),
            path: format!("{path}.credit.href"),
            headline,
        });
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
            "intro": [
                ["See ", { "text": "us", "href": "f" }],
                { "image": { "alt": "A map", "href": "h", "caption": [{ "text": "Map", "href": "i" }] } },
            ],
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
                "intro[1].image.caption[0].href Map i None",
                "intro[1].image.href A map h None",
                "headlines[0].href Radar g Some(0)",
                "headlines[0].detail[0][1].href completed at last c Some(0)",
                "headlines[0].detail[1].list[1][0].href two d Some(0)",
                "headlines[0].detail[1].list[1][1].href three e Some(0)",
            ]
        );
    }
}
