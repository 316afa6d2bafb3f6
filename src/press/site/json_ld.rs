//! Structured data for search engines: JSON-LD (<https://www.w3.org/TR/json-ld11/>) with schema.org
//! terms.

use digest_issue::{Headline, Href, Image, Issue, list_lines, run_text};
use serde::Serialize;

use super::issue_name::format_title;
use crate::SiteAddress;

/// Writes the content of the `<script type="application/ld+json">` of an issue's page.
///
/// The issue is a <https://schema.org/PublicationIssue> of a <https://schema.org/Periodical>. Each
/// headline is a <https://schema.org/NewsArticle> in it, which cites its sources.
pub(crate) fn write_json_ld(
    issue: &Issue,
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let page = site.page_url(issue);
    let document = PublicationIssue {
        context: "https://schema.org",
        kind: "PublicationIssue",
        id: page.as_str(),
        url: issue
            .url
            .as_ref()
            .and_then(Href::safe_url)
            .unwrap_or(page.as_str()),
        name: format_title(issue),
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
            .and_then(|image| image_object(image, issue, site)),
        has_part: issue
            .headlines
            .iter()
            .map(|headline| news_article(headline, issue, site))
            .collect(),
    };
    // `</script` and `<!--` in a string would change how HTML parses the script.
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
    #[serde(skip_serializing_if = "str::is_empty")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<&'a str>,
}

fn image_object<'a>(
    image: &'a Image,
    issue: &Issue,
    site: &SiteAddress,
) -> Option<ImageObject<'a>> {
    Some(ImageObject {
        kind: "ImageObject",
        url: site.picture_url(issue)?.into(),
        width: image.width,
        height: image.height,
        credit_text: image.credit.as_ref().map(|credit| &*credit.text),
    })
}

fn news_article<'a>(
    headline: &'a Headline,
    issue: &'a Issue,
    site: &SiteAddress,
) -> NewsArticle<'a> {
    let corrected = headline.corrected.iter();
    let last_correction = corrected.clone().map(|correction| correction.date).max();
    NewsArticle {
        kind: "NewsArticle",
        url: site.headline_url(issue, headline).into(),
        headline: &headline.text,
        date_published: issue.date.to_string(),
        date_modified: last_correction.map(|date| date.to_string()),
        in_language: issue.lang.as_str(),
        correction: corrected
            .map(|correction| run_text(&correction.text))
            .collect(),
        citation: source_urls(headline),
    }
}

/// Returns the URLs of the web pages that a headline and its detail link to.
fn source_urls(headline: &Headline) -> Vec<&str> {
    let lines = list_lines(&headline.detail, "");
    let runs = lines.iter().flat_map(|line| line.runs);
    let hrefs = headline
        .href
        .iter()
        .chain(runs.filter_map(|run| run.href.as_ref()));
    hrefs
        .filter(|href| href.is_web())
        .filter_map(Href::safe_url)
        .collect()
}
