//! The pages and snippets of a site, by the checker that the W3C runs: the Nu Html Checker.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use checks::{site, site_of, tool};
use digest_press::{Issue, Lang, SiteFile};
use serde_json::Value;

/// What the checker complains about for want of a newer standard, and that standard.
const KNOWN: [(&str, &str); 3] = [
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
];

#[test]
fn every_page_and_snippet_of_a_series_is_valid() {
    check(&site("site/series".as_ref()));
}

#[test]
fn the_pages_of_the_newsletter_that_it_began_with_are_valid() {
    let issue = |case: &str| {
        Issue::from_json(&fs::read(format!("import/{case}/issue.json")).unwrap()).unwrap()
    };
    for issue in ["seed", "japanese"].map(issue) {
        check(&site_of(
            &issue.title,
            &issue.lang,
            std::slice::from_ref(&issue),
        ));
    }
}

#[test]
fn the_page_of_a_series_without_issues_is_valid() {
    check(&site_of("Digest", &Lang::new("ja"), &[]));
}

/// Has every HTML file checked, the snippets in a page.
fn check(site: &[SiteFile]) {
    let folder = tempfile::tempdir().unwrap();
    let html = site.iter().filter(|file| file.path.ends_with(".html"));
    for (number, file) in html.enumerate() {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let page = if text.starts_with("<!doctype") {
            text
        } else {
            partners_page(&text)
        };
        fs::write(
            folder
                .path()
                .join(format!("{number} {}.html", file.path.replace('/', " "))),
            page,
        )
        .unwrap();
    }
    assert_eq!(complaints(folder.path()), Vec::<String>::new());
}

fn partners_page(snippet: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Partner</title></head>\
         <body><h1>Partner</h1><h2>News</h2>{snippet}</body></html>"
    )
}

/// What the checker finds wrong in the files of a folder, errors and warnings, but for what is known.
fn complaints(folder: &Path) -> Vec<String> {
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
    let is_known = |message: &&Value| {
        let text = message["message"].as_str().unwrap_or_default();
        KNOWN.iter().any(|(start, _)| text.starts_with(start))
    };
    let messages = report["messages"].as_array().unwrap().iter();
    messages
        .filter(|message| !is_known(message))
        .map(Value::to_string)
        .collect()
}
