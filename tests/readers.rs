//! Reader modes keep the text of an issue. Firefox's is Mozilla Readability, and so are many others.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fmt::Write as _;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};

use checks::coverage::find_newsletters;
use checks::{Files, assert_same, compare_golden, corpora, root, run_with_input};
use digest_issue::{Block, Headline, Run, list_lines};
use digest_press::{Issue, Neighbours, Series, SiteAddress, import, issue_files};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

fn main() -> ExitCode {
    let trials = vec![
        Trial::test("page_of_our_newsletters_is_kept", || {
            check_own_newsletters("index.html", str::to_owned)
        }),
        Trial::test("cms_post_of_our_newsletters_is_kept", || {
            check_own_newsletters("cms.html", embed)
        }),
        Trial::test("snippet_is_only_its_link", check_snippet),
        Trial::ignorable_test("losses_of_the_shared_newsletters", check_corpora),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check_own_newsletters(file: &str, make_page: fn(&str) -> String) -> Result<(), Failed> {
    let mut issues = Vec::new();
    for entry in fs::read_dir("newsletters")? {
        let folder = entry?.path();
        issues.extend(import_issues(&folder, &folder)?);
    }
    let losses = find_losses(&issues, file, make_page)?;
    assert_same(file, "", &losses.join("\n"))
}

/// Compares the number of pages that lose text with `readers/losses.txt`. `UPDATE_GOLDEN=1` rewrites
/// it.
fn check_corpora() -> Result<Completion, Failed> {
    if !corpora().exists() {
        return Ok(Completion::ignored_with("../shared/corpus is absent"));
    }
    let mut series = fs::read_dir("corpora")?.collect::<io::Result<Vec<_>>>()?;
    series.sort_by_key(DirEntry::file_name);
    let mut table = String::new();
    for entry in series {
        let name = entry.file_name().to_string_lossy().into_owned();
        // A series with two layouts has two folders: “md-lwkd” and “md-lwkd.sections”.
        let newsletters = corpora().join(name.split('.').next().unwrap_or_default());
        let issues = import_issues(&newsletters, &entry.path())?;
        let page = find_losses(&issues, "index.html", str::to_owned)?.len();
        let post = find_losses(&issues, "cms.html", embed)?.len();
        let count = issues.len();
        writeln!(
            table,
            "{name}: of {count} issues, {page} pages and {post} posts lose text"
        )?;
    }
    let found = Files::from([("losses.txt".to_owned(), table)]);
    compare_golden("readers".as_ref(), &["read_pages.cjs"], &found)?;
    Ok(Completion::Completed)
}

/// A reader mode does not look into a shadow root. What is left of the snippet is its fallback.
fn check_snippet() -> Result<(), Failed> {
    let issue = Issue::from_json(&fs::read("import/seed/issue.json")?)?;
    let text = read_pages(&[embed(&render_file(&issue, "snippet.html")?)])?.remove(0);
    let text = text.ok_or("no reader mode would be offered")?;
    assert!(text.contains("US-Japan Alliance Digest Vol 1.5"), "{text}");
    assert!(!text.contains(&issue.headlines[0].text), "{text}");
    Ok(())
}

/// Imports every newsletter of a folder that the series' settings accept.
fn import_issues(newsletters: &Path, settings: &Path) -> Result<Vec<Issue>, Failed> {
    let series = Series::load(settings).map_err(|errors| format!("{errors:?}"))?;
    let mut issues = Vec::new();
    for path in find_newsletters(newsletters, &series)? {
        let source = fs::read_to_string(&path)?;
        issues.extend(import(&source, Some(&path), &series).map(|imported| imported.issue));
    }
    Ok(issues)
}

/// Lists the issues of which a reader mode loses a headline or a text of a detail, or its place.
fn find_losses(
    issues: &[Issue],
    file: &str,
    make_page: fn(&str) -> String,
) -> Result<Vec<String>, Failed> {
    let pages = issues
        .iter()
        .map(|issue| Ok(make_page(&render_file(issue, file)?)))
        .collect::<Result<Vec<_>, Failed>>()?;
    let texts = read_pages(&pages)?;
    let read = texts.iter().flatten().count();
    assert!(
        read * 2 > texts.len(),
        "reader modes are offered for {read} of {} pages",
        texts.len()
    );
    let losses = issues.iter().zip(texts).filter_map(|(issue, text)| {
        let lost = find_lost(issue, &text?);
        let first = lost.first()?;
        Some(format!(
            "{}: {} texts, first: {first}",
            issue.id,
            lost.len()
        ))
    });
    Ok(losses.collect())
}

fn render_file(issue: &Issue, name: &str) -> Result<String, Failed> {
    let site: SiteAddress = "https://cdn.example/digest/".parse()?;
    let files = issue_files(issue, Neighbours::default(), &site);
    let files = files.map_err(|error| error.message)?;
    let mut files = files.into_iter();
    let file = files
        .find(|file| file.path.ends_with(name))
        .ok_or("the issue has no such file")?;
    Ok(String::from_utf8(file.bytes)?)
}

/// An embedder's article around a snippet.
fn embed(snippet: &str) -> String {
    let text = "<p>Our correspondents follow talks between the ministries, the bases, and the budgets \
                of both countries; what they read this week, with its sources, is listed below.</p>";
    format!(
        "<!doctype html><html lang=\"en\"><title>The Alliance Review</title>\
         <body><nav><a href=\"/\">Home</a> <a href=\"/about/\">About us</a></nav>\
         <main><article><h1>This week in the alliance</h1>{text}{text}{snippet}{text}{text}</article></main>\
         <footer><p>The Alliance Review</p></footer></body></html>"
    )
}

fn read_pages(pages: &[String]) -> Result<Vec<Option<String>>, Failed> {
    let mut node = Command::new("node");
    node.arg(root().join("tests/readers/read_pages.cjs"));
    let output = run_with_input(&mut node, serde_json::to_string(pages)?.as_bytes());
    Ok(serde_json::from_slice(&output)?)
}

fn find_lost(issue: &Issue, text: &str) -> Vec<String> {
    let text = without_spaces(text);
    let mut rest = text.as_str();
    let mut lost = Vec::new();
    let headlines = issue.headlines.iter().flat_map(list_texts);
    let texts = list_blocks(&issue.intro).into_iter().chain(headlines);
    for expected in texts.chain(list_blocks(&issue.outro)) {
        match rest.split_once(&without_spaces(&expected)) {
            Some((_, after)) => rest = after,
            None => lost.push(expected),
        }
    }
    lost
}

/// The section that begins here, the headline, and each line of its detail.
fn list_texts(headline: &Headline) -> Vec<String> {
    let mut texts: Vec<_> = headline.section.iter().cloned().collect();
    texts.push(headline.text.clone());
    texts.extend(list_blocks(&headline.detail));
    texts
}

fn list_blocks(blocks: &[Block]) -> Vec<String> {
    let lines = list_lines(blocks, "");
    lines.iter().map(|line| join_runs(line.runs)).collect()
}

fn join_runs(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}
