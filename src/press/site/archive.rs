//! `archive.json`: the list of all issues of a series.

use digest_issue::{Date, Issue, Lang, Volume};
use serde::Serialize;

use super::issue_name::format_name;
use super::search_text::{SEARCH_TEXT, hash_headlines};
use crate::SiteAddress;

/// The version of the `archive.json` format.
const FORMAT: u32 = 1;

/// The issues of a series, without their details.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Archive<'a> {
    /// The version of the format: always 1. Ignore unknown fields; later releases may add some.
    #[cfg_attr(test, schemars(extend("const" = FORMAT)))]
    format: u32,
    /// The name of the series.
    title: &'a str,
    /// The language of the series, a BCP 47 tag.
    lang: &'a Lang,
    /// The URL of the page that lists all issues.
    page: &'a str,
    /// The text to search.
    search: ArchiveSearch,
    /// The issues, newest first.
    issues: Vec<ArchivedIssue<'a>>,
}

/// The file with the details of all headlines, as plain text.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Search"))]
struct ArchiveSearch {
    /// The URL of its `search.json`. The `details` in it are one text for each headline of the archive,
    /// in the same order.
    src: String,
    /// The `version` in it. With another one, one of both files is older: request them again.
    version: String,
}

/// An issue in the list. Except for the URLs, its fields mean the same as in `issue.json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Issue"))]
struct ArchivedIssue<'a> {
    /// The permanent id of the issue.
    id: &'a str,
    /// The name of the newsletter.
    title: &'a str,
    /// The name beside the title of the series, such as "Vol 1.5".
    name: String,
    /// The volume, as a string: "1.10" is not 1.1.
    volume: &'a Volume,
    /// The day of publication.
    date: Date,
    /// The language of the issue, a BCP 47 tag.
    lang: &'a Lang,
    /// The URL of its page. Append `#` and the id of a headline to open that headline.
    page: String,
    /// The URL of its `issue.json`, for the `src` of a widget.
    src: String,
    /// The headlines, in display order.
    headlines: Vec<ArchivedHeadline<'a>>,
}

/// A headline without its detail.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Headline"))]
struct ArchivedHeadline<'a> {
    /// The id of the headline, unique in its issue.
    id: &'a str,
    /// The headline as plain text.
    text: &'a str,
}

/// Writes `archive.json`. The issues are newest first.
pub(crate) fn write_archive(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let archive = Archive {
        format: FORMAT,
        title,
        lang,
        page: site.url(),
        search: ArchiveSearch {
            src: site.file_url(SEARCH_TEXT).into(),
            version: hash_headlines(issues),
        },
        issues: issues
            .iter()
            .map(|issue| archive_issue(issue, title, site))
            .collect(),
    };
    // On one line: it is long, and only programs read it.
    serde_json::to_string(&archive).map(|json| json + "\n")
}

fn archive_issue<'a>(issue: &'a Issue, series: &str, site: &SiteAddress) -> ArchivedIssue<'a> {
    let headlines = issue.headlines.iter();
    ArchivedIssue {
        id: &issue.id,
        title: &issue.title,
        name: format_name(issue, series),
        volume: &issue.volume,
        date: issue.date,
        lang: &issue.lang,
        page: site.page_url(issue).into(),
        src: site.issue_file_url(issue, "issue.json").into(),
        headlines: headlines
            .map(|headline| ArchivedHeadline {
                id: &headline.id,
                text: &headline.text,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use super::*;

    const PUBLISHED: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../www/archive-1.schema.json"
    );

    #[test]
    fn published_schema_is_current() {
        let fresh = serde_json::to_string_pretty(&schemars::schema_for!(Archive)).unwrap() + "\n";
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(PUBLISHED, &fresh).unwrap();
        }
        let published = fs::read_to_string(PUBLISHED).unwrap();
        assert_eq!(published, fresh, "run this test again with UPDATE_GOLDEN=1");
    }

    #[test]
    fn schema_accepts_the_archive_and_rejects_other_shapes() {
        let schema = schemars::schema_for!(Archive);
        let schema = jsonschema::validator_for(schema.as_value()).unwrap();
        let issue =
            Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap();
        let site = "https://cdn.example".parse().unwrap();
        let written = write_archive(&issue.title, &issue.lang, &[&issue], &site).unwrap();
        let written: Value = serde_json::from_str(&written).unwrap();
        assert!(schema.is_valid(&written), "{written}");
        for (pointer, value) in [
            ("/format", json!(2)),
            ("/lang", json!(null)),
            ("/issues/0/volume", json!(1.5)),
            ("/issues/0/headlines/0", json!("text")),
            ("/issues/0", json!({ "id": "digest-1.5" })),
        ] {
            let mut document = written.clone();
            *document.pointer_mut(pointer).unwrap() = value;
            assert!(!schema.is_valid(&document), "{pointer}");
        }
    }
}
