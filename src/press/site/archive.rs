use digest_issue::{Date, Issue, Lang, Volume};
use serde::Serialize;

use crate::SiteAddress;

/// The version of the format of `archive.json`.
const FORMAT: u32 = 1;

/// All issues of a series: what there is, not what is in it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Archive<'a> {
    /// The version of the format: always 1. It may get more fields, which others ignore.
    #[cfg_attr(test, schemars(extend("const" = FORMAT)))]
    format: u32,
    /// The name of the series.
    title: &'a str,
    /// The language of the series, a BCP 47 tag.
    lang: &'a Lang,
    /// The address of the page with all issues.
    page: &'a str,
    /// The issues, the newest first.
    issues: Vec<Listed<'a>>,
}

/// An issue in the list. But for the addresses, the fields are those of `issue.json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Issue"))]
struct Listed<'a> {
    /// Names the issue for good.
    id: &'a str,
    /// The newsletter's name.
    title: &'a str,
    /// The volume, as a string: "1.10" is not 1.1.
    volume: &'a Volume,
    /// The day of publication.
    date: Date,
    /// The language that the issue is written in.
    lang: &'a Lang,
    /// The address of its page; `#` and a headline's id after it opens that headline.
    page: String,
    /// The address of its `issue.json`, for a widget.
    src: String,
    /// The headlines, in the order they are shown.
    headlines: Vec<ListedHeadline<'a>>,
}

/// A headline without its detail.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Headline"))]
struct ListedHeadline<'a> {
    /// Names the headline within its issue.
    id: &'a str,
    /// The headline itself, plain text.
    text: &'a str,
}

/// The list of a series' issues, which are the newest first, as JSON.
pub(crate) fn archive(
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
        issues: issues.iter().map(|issue| listed(issue, site)).collect(),
    };
    // On one line: it is long, and read by programs.
    serde_json::to_string(&archive).map(|json| json + "\n")
}

fn listed<'a>(issue: &'a Issue, site: &SiteAddress) -> Listed<'a> {
    let headlines = issue.headlines.iter();
    Listed {
        id: &issue.id,
        title: &issue.title,
        volume: &issue.volume,
        date: issue.date,
        lang: &issue.lang,
        page: site.page(issue).into(),
        src: site.beside(issue, "issue.json").into(),
        headlines: headlines
            .map(|headline| ListedHeadline {
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
    fn the_published_schema_is_fresh() {
        let fresh = serde_json::to_string_pretty(&schemars::schema_for!(Archive)).unwrap() + "\n";
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(PUBLISHED, &fresh).unwrap();
        }
        let published = fs::read_to_string(PUBLISHED).unwrap();
        assert_eq!(published, fresh, "run this test again with UPDATE_GOLDEN=1");
    }

    #[test]
    fn the_schema_accepts_what_we_write_and_refuses_other_shapes() {
        let schema = schemars::schema_for!(Archive);
        let schema = jsonschema::validator_for(schema.as_value()).unwrap();
        let issue =
            Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap();
        let site = "https://cdn.example".parse().unwrap();
        let written = archive(&issue.title, &issue.lang, &[&issue], &site).unwrap();
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
