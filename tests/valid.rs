//! Validates the pages and snippets of a site with the Nu Html Checker, the validator of the W3C.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use checks::{load_site, site_from_issues, tool};
use digest_press::{Issue, Lang, SiteFile};
use serde_json::Value;

/// Messages to ignore, and why.
const IGNORED: [(&str, &str); 4] = [
    (
        "Attribute “part” not allowed on element ",
        "CSS Shadow Parts has it on every element",
    ),
    (
        "CSS: “container-type”: Property “container-type” doesn't exist.",
        "CSS Conditional Rules 5 has it",
    ),
    (
        "CSS: Unrecognized at-rule “@container”",
        "CSS Conditional Rules 5 has it",
    ),
    (
        "Section lacks heading.",
        "Reader modes count a section as text; the heading of a detail is beside its panel",
    ),
];

#[test]
fn all_pages_and_snippets_are_valid() {
    validate(&load_site("site/series".as_ref()));
}

#[test]
fn pages_of_the_sample_newsletters_are_valid() {
    let issue = |case: &str| {
        Issue::from_json(&fs::read(format!("import/{case}/issue.json")).unwrap()).unwrap()
    };
    for issue in ["seed", "japanese"].map(issue) {
        validate(&site_from_issues(
            &issue.title,
            &issue.lang,
            std::slice::from_ref(&issue),
        ));
    }
}

#[test]
fn archive_without_issues_is_valid() {
    validate(&site_from_issues("Digest", &Lang::new("ja"), &[]));
}

/// Validates every HTML file. Snippets are put in a page first.
fn validate(site: &[SiteFile]) {
    let folder = tempfile::tempdir().unwrap();
    let html = site.iter().filter(|file| file.path.ends_with(".html"));
    for (number, file) in html.enumerate() {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let page = if text.starts_with("<!doctype") {
            text
        } else {
            embed_snippet(&text)
        };
        fs::write(
            folder
                .path()
                .join(format!("{number} {}.html", file.path.replace('/', " "))),
            page,
        )
        .unwrap();
    }
    assert_eq!(validation_messages(folder.path()), Vec::<String>::new());
}

fn embed_snippet(snippet: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Embedder</title></head>\
         <body><h1>Embedder</h1><h2>News</h2>{snippet}</body></html>"
    )
}

/// Returns the checker's errors and warnings for the files of a folder, except ignored ones.
fn validation_messages(folder: &Path) -> Vec<String> {
    let mut java = Command::new("java");
    java.arg("-jar")
        .arg(tool("DIGEST_VNU"))
        .args(["--format", "json", "--skip-non-html"])
        .arg(folder);
    let output = java
        .output()
        .unwrap_or_else(|error| panic!("java: {error}"));
    let report: Value = serde_json::from_slice(&output.stderr)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let is_ignored = |message: &&Value| {
        let text = message["message"].as_str().unwrap_or_default();
        IGNORED.iter().any(|(start, _)| text.starts_with(start))
    };
    let messages = report["messages"].as_array().unwrap().iter();
    messages
        .filter(|message| !is_ignored(message))
        .map(Value::to_string)
        .collect()
}
