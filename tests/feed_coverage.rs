//! Imports real feeds, and compares their entries with what another parser reads.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use clap::Parser;
use digest_press::Cli;
use feed_rs::model::Feed;
use libtest_mimic::Failed;
use scraper::Html;
use serde_json::Value;

/// The sums of all imported feeds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FeedSums {
    /// Files that the other parser reads.
    pub feeds: usize,
    /// Those of them without an entry, which are refused.
    pub without_entries: usize,
    /// The entries.
    pub entries: usize,
    /// The words of titles and texts in the issues.
    pub in_issues: usize,
    /// The words that only the messages have.
    pub reported: usize,
    /// The words of texts that neither has: the messages quote only the start of what is left out.
    pub shortened: usize,
}

/// Imports a feed and adds it to the sums. Words of a title that are neither in the issue nor in a
/// message are an error, and so is a feed with entries that is refused.
pub fn check_feed(file: &Path, sums: &mut FeedSums) -> Result<(), Failed> {
    let bytes = fs::read(file)?;
    let (issue, messages) = import(file, &bytes)?;
    let Ok(feed) = feed_rs::parser::parse(bytes.as_slice()) else {
        return Ok(());
    };
    sums.feeds += 1;
    if feed.entries.is_empty() {
        sums.without_entries += 1;
        return Ok(());
    }
    let Some(issue) = issue else {
        return Err(format!("{}: refused: {messages}", file.display()).into());
    };
    let mut written = HashSet::new();
    collect_words(&issue, &mut written);
    let reported = split_words(&messages).collect();
    let missing = count_feed(&feed, &written, &reported, sums);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("{}: lost from titles: {missing:?}", file.display()).into())
    }
}

/// Imports a feed in a folder whose files have a date in their names: some feeds have none.
fn import(file: &Path, bytes: &[u8]) -> Result<(Option<Value>, String), Failed> {
    let folder = tempfile::tempdir()?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let path = folder.path().join(format!("2024-01-02-{}", letters(&name)));
    let output = folder.path().join("issue.json");
    fs::write(&path, bytes)?;
    fs::write(
        folder.path().join("press.toml"),
        "title = \"Feed\"\ndate = \"file-name\"",
    )?;
    let options = ["digest-press", "import", "-o"].map(Path::new);
    let cli = Cli::try_parse_from(options.into_iter().chain([output.as_path(), &path]))?;
    let mut stderr = anstream::StripStream::new(Vec::new());
    cli.run(&mut io::sink(), &mut stderr, Cli::DEFAULT_WIDTH)?;
    let issue = fs::read(&output).ok();
    let issue = issue
        .map(|json| serde_json::from_slice(&json))
        .transpose()?;
    Ok((issue, String::from_utf8(stderr.into_inner())?))
}

/// Removes what could be a date from a file name.
fn letters(name: &str) -> String {
    let is_letter = |sign: &char| sign.is_ascii_alphabetic() || *sign == '.';
    name.chars().filter(is_letter).collect()
}

/// Counts the words of a feed; returns those of titles that are lost.
fn count_feed(
    feed: &Feed,
    written: &HashSet<String>,
    reported: &HashSet<String>,
    sums: &mut FeedSums,
) -> Vec<String> {
    let mut missing = Vec::new();
    sums.entries += feed.entries.len();
    for entry in &feed.entries {
        let title = entry.title.as_ref().map(|title| title.content.as_str());
        let summary = entry.summary.as_ref().map(|text| text.content.as_str());
        let content = entry.content.as_ref().and_then(|text| text.body.as_deref());
        for (text, is_title) in [(title, true), (summary, false), (content, false)] {
            for word in shown_words(text.unwrap_or_default()) {
                match (written.contains(&word), reported.contains(&word)) {
                    (true, _) => sums.in_issues += 1,
                    (_, true) => sums.reported += 1,
                    _ if is_title => missing.push(word),
                    _ => sums.shortened += 1,
                }
            }
        }
    }
    missing
}

/// Returns the words that a reader sees. Some feeds escape their titles twice.
fn shown_words(text: &str) -> Vec<String> {
    let once = html_text(text);
    let twice = html_text(&once);
    split_words(&twice).collect()
}

fn html_text(html: &str) -> String {
    let page = Html::parse_fragment(html);
    let texts: Vec<_> = page.root_element().text().collect();
    texts.join(" ")
}

fn collect_words(value: &Value, words: &mut HashSet<String>) {
    match value {
        Value::String(text) => words.extend(split_words(text)),
        Value::Array(values) => values.iter().for_each(|value| collect_words(value, words)),
        Value::Object(object) => object
            .values()
            .for_each(|value| collect_words(value, words)),
        _ => {}
    }
}

fn split_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}
