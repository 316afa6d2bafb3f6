use digest_issue::{Issue, Lang};
use serde::Serialize;

use crate::Site;

/// The list of all issues for programs, `archive.json`: what there is, not what is in it.
#[derive(Serialize)]
struct Archive<'a> {
    /// The version of this format: always 1. It may get more fields, which others ignore.
    format: u32,
    /// The name of the series.
    title: &'a str,
    /// The language of the series, a BCP 47 tag.
    lang: &'a str,
    /// The address of the page with all issues.
    page: &'a str,
    /// The issues, the newest first.
    issues: Vec<Listed<'a>>,
}

/// An issue in the list. But for the addresses, the fields are those of `issue.json`.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    volume: &'a str,
    date: String,
    lang: &'a str,
    /// The address of its page; `#` and a headline's id after it opens that headline.
    page: String,
    /// The address of its `issue.json`, for a widget.
    src: String,
    headlines: Vec<ListedHeadline<'a>>,
}

#[derive(Serialize)]
struct ListedHeadline<'a> {
    id: &'a str,
    text: &'a str,
}

/// The list of a series' issues, which are the newest first, as JSON.
pub(crate) fn archive(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &Site,
) -> Result<String, serde_json::Error> {
    let archive = Archive {
        format: 1,
        title,
        lang: lang.as_str(),
        page: site.url(),
        issues: issues.iter().map(|issue| listed(issue, site)).collect(),
    };
    // On one line: it is long, and read by programs.
    serde_json::to_string(&archive).map(|json| json + "\n")
}

fn listed<'a>(issue: &'a Issue, site: &Site) -> Listed<'a> {
    let headlines = issue.headlines.iter();
    Listed {
        id: &issue.id,
        title: &issue.title,
        volume: issue.volume.as_str(),
        date: issue.date.to_string(),
        lang: issue.lang.as_str(),
        page: site.page(issue).into(),
        src: site.beside(issue, "issue.json").into(),
        headlines: headlines
            .map(|headline| ListedHeadline { id: &headline.id, text: &headline.text })
            .collect(),
    }
}
