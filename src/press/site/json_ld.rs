use digest_issue::{Block, Headline, Href, Image, Issue, Run};
use serde::Serialize;

use super::issue_name::title;
use crate::SiteAddress;

/// What an issue is, for search engines: linked data in JSON (<https://www.w3.org/TR/json-ld11/>) in the
/// words of schema.org, for a `<script>`.
///
/// The issue is a <https://schema.org/PublicationIssue> of a <https://schema.org/Periodical>, and each
/// headline with its detail is a <https://schema.org/NewsArticle> in it, which cites its sources.
pub(crate) fn json_ld(issue: &Issue, site: &SiteAddress) -> Result<String, serde_json::Error> {
    let page = site.page(issue);
    let document = PublicationIssue {
        context: "https://schema.org",
        kind: "PublicationIssue",
        id: page.as_str(),
        url: issue
            .url
            .as_ref()
            .and_then(Href::safe_url)
            .unwrap_or(page.as_str()),
        name: title(issue),
        issue_number: issue.volume.as_str(),
        date_published: issue.date.to_string(),
        in_language: issue.lang.as_str(),
        is_part_of: Periodical {
            kind: "Periodical",
            name: &issue.title,
            url: site.url(),
        },
        image: issue
            .image
            .as_ref()
            .and_then(|image| picture(image, issue, site)),
        has_part: issue
            .headlines
            .iter()
            .map(|headline| article(headline, issue, site))
            .collect(),
    };
    // A script ends at the first `</script`, and `<!--` would begin a comment, wherever they stand.
    serde_json::to_string(&document).map(|json| json.replace('<', "\\u003c"))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PublicationIssue<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    url: &'a str,
    name: String,
    issue_number: &'a str,
    date_published: String,
    in_language: &'a str,
    is_part_of: Periodical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<ImageObject<'a>>,
    has_part: Vec<NewsArticle<'a>>,
}

#[derive(Serialize)]
struct Periodical<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    headline: &'a str,
    date_published: String,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<&'a str>,
}

fn picture<'a>(image: &'a Image, issue: &Issue, site: &SiteAddress) -> Option<ImageObject<'a>> {
    Some(ImageObject {
        kind: "ImageObject",
        url: site.picture(issue)?.into(),
        width: image.width,
        height: image.height,
        credit_text: image.credit.as_ref().map(|credit| &*credit.text),
    })
}

fn article<'a>(headline: &'a Headline, issue: &'a Issue, site: &SiteAddress) -> NewsArticle<'a> {
    NewsArticle {
        kind: "NewsArticle",
        url: site.headline(issue, headline).into(),
        headline: &headline.text,
        date_published: issue.date.to_string(),
        in_language: issue.lang.as_str(),
        citation: headline.detail.iter().flat_map(sources).collect(),
    }
}

/// The addresses of the web pages that a block links to.
fn sources(block: &Block) -> Vec<&str> {
    match block {
        Block::Paragraph(runs) => runs.iter().filter_map(source).collect(),
        Block::List(items) => items.iter().flatten().filter_map(source).collect(),
    }
}

fn source(run: &Run) -> Option<&str> {
    run.href.as_ref().filter(|href| href.is_web())?.safe_url()
}
