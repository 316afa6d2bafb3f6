//! The shared corpora in `../shared/corpus`. Without them, these tests are reported as ignored.
//!
//! Each folder in `tests/corpora` has the settings for a series of real newsletters, and its golden
//! files. `outlines.txt` holds no more of them than their licences let us copy. `UPDATE_GOLDEN=1`
//! rewrites the golden files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use checks::coverage::check_coverage;
use checks::feed_coverage::{FeedSums, check_feed};
use checks::hostile::{import_and_render, import_with_hostile_text, read_as_html};
use checks::{assert_same, corpora, load_site};
use digest_issue::{Href, Issue};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use serde_json::Value;
use url::Url;

fn main() -> io::Result<ExitCode> {
    let mut trials = vec![
        corpus_trial("newsletters_never_panic", "", import_all_newsletters),
        corpus_trial(
            "hostile_strings_never_panic",
            "naughty-strings",
            import_hostile_strings,
        ),
        corpus_trial(
            "hostile_strings_survive_json",
            "naughty-strings",
            write_hostile_strings,
        ),
        corpus_trial(
            "hostile_strings_survive_html",
            "naughty-strings",
            read_hostile_strings,
        ),
        corpus_trial("hostile_pages_never_panic", "", read_hostile_pages),
        corpus_trial("feeds_lose_no_title", "feed-feedrs", import_all_feeds),
        corpus_trial(
            "no_json_test_is_an_issue",
            "json-testsuite",
            decode_json_tests,
        ),
        corpus_trial(
            "safe_links_match_the_url_parser",
            "url-wpt",
            check_safe_urls,
        ),
        corpus_trial(
            "feeds_follow_the_json_feed_schema",
            "feed-jsonfeed-schema",
            validate_feeds,
        ),
    ];
    for entry in fs::read_dir("corpora")? {
        let folder = entry?.path();
        let name = folder.display().to_string();
        // A series with two layouts has two folders: “md-lwkd” and “md-lwkd.sections”.
        let corpus = folder
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        trials.push(corpus_trial(&name, &corpus, move |newsletters| {
            check_coverage(newsletters, &folder, OUTLINES)
        }));
    }
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// Issues of a series in `outlines.txt`.
const OUTLINES: usize = 3;

/// A test that gets the folder of a corpus, or is ignored if it is absent.
fn corpus_trial<T>(name: &str, corpus: &str, test: T) -> Trial
where
    T: FnOnce(&Path) -> Result<(), Failed> + Send + 'static,
{
    let folder = corpora().join(corpus);
    let reason = format!("../shared/corpus/{corpus} is absent");
    Trial::ignorable_test(name, move || {
        if !folder.exists() {
            return Ok(Completion::ignored_with(reason));
        }
        test(&folder)?;
        Ok(Completion::Completed)
    })
}

fn import_all_newsletters(corpora: &Path) -> Result<(), Failed> {
    let mut files = Vec::new();
    for entry in fs::read_dir(corpora)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("md-") {
            add_files(&entry.path(), &mut files)?;
        }
    }
    assert!(
        files.len() > 100,
        "only {} files are left in the corpora",
        files.len()
    );
    for file in files {
        import_and_render(&String::from_utf8_lossy(&fs::read(file)?))?;
    }
    Ok(())
}

fn add_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn import_hostile_strings(corpus: &Path) -> Result<(), Failed> {
    let strings = fs::read_to_string(corpus.join("blns.txt"))?;
    import_and_render(&strings)?;
    strings.lines().try_for_each(import_with_hostile_text)
}

fn write_hostile_strings(corpus: &Path) -> Result<(), Failed> {
    let strings: Vec<String> = serde_json::from_slice(&fs::read(corpus.join("blns.json"))?)?;
    assert!(
        strings.len() > 500,
        "only {} strings are left in the corpus",
        strings.len()
    );
    let mut issue = Issue::from_json(&fs::read("import/seed/issue.json")?)?;
    for text in strings {
        issue.headlines[0].text = text;
        let document: Value = serde_json::from_str(&issue.to_json()?)?;
        assert_eq!(Issue::decode(|| &document)?, issue);
    }
    Ok(())
}

fn read_hostile_strings(corpus: &Path) -> Result<(), Failed> {
    let strings = fs::read_to_string(corpus.join("blns.txt"))?;
    strings.lines().try_for_each(read_as_html)
}

fn read_hostile_pages(corpora: &Path) -> Result<(), Failed> {
    let pages = [
        "xss-loofah/sanitizer_tests1.dat",
        "xss-loofah/msword.html",
        "md-markdownit-fixtures/xss.txt",
    ];
    pages
        .iter()
        .try_for_each(|page| read_as_html(&fs::read_to_string(corpora.join(page))?))
}

/// Imports all feeds of the corpora.
fn import_all_feeds(feeds: &Path) -> Result<(), Failed> {
    let mut files = Vec::new();
    for entry in fs::read_dir(feeds.parent().unwrap_or(feeds))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("feed-") {
            add_files(&entry.path(), &mut files)?;
        }
    }
    files.retain(|file| {
        let ending = file.extension().unwrap_or_default();
        ending == "xml" || ending == "json"
    });
    let mut sums = FeedSums::default();
    let failures: Vec<_> = files
        .iter()
        .filter_map(|file| check_feed(file, &mut sums).err())
        .filter_map(|failed| failed.message().map(str::to_owned))
        .collect();
    println!("{sums:?}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(
        sums.entries >= 134 && sums.in_issues >= 12_634,
        "fewer words are left: {sums:?}"
    );
    Ok(())
}

fn decode_json_tests(corpus: &Path) -> Result<(), Failed> {
    let good = fs::read_to_string("import/seed/issue.json")?;
    let mut files = Vec::new();
    add_files(&corpus.join("test_parsing"), &mut files)?;
    add_files(&corpus.join("test_transform"), &mut files)?;
    assert!(
        files.len() > 300,
        "only {} files are left in the corpus",
        files.len()
    );
    for file in files {
        let bytes = fs::read(file)?;
        assert!(Issue::from_json(&bytes).is_err());
        for field in ["1", "\"1.5\"", "\"en\"", "true", "[\n"] {
            let (before, after) = good.split_once(field).unwrap();
            let spliced = [before.as_bytes(), &bytes, after.as_bytes()].concat();
            let _ = Issue::from_json(&spliced);
        }
    }
    Ok(())
}

/// A URL parser reads every safe link as the same scheme and host. Every web address that the
/// parser writes is safe if its host is a name.
fn check_safe_urls(corpus: &Path) -> Result<(), Failed> {
    let tests: Vec<Value> = serde_json::from_slice(&fs::read(corpus.join("urltestdata.json"))?)?;
    let (mut safe, mut written) = (0, 0);
    for input in tests.iter().filter_map(|test| test["input"].as_str()) {
        safe += usize::from(is_safe(input));
        if let Ok(url) = Url::parse(input) {
            let is_safe = is_safe(url.as_str());
            let has_name = has_host_name(&url);
            assert!(is_safe || !has_name, "{url}");
            written += usize::from(has_name);
        }
    }
    assert!(
        safe >= 30 && written >= 50,
        "only {safe} and {written} are left in the corpus"
    );
    Ok(())
}

/// Returns true if a link is safe; panics if a URL parser reads it differently.
fn is_safe(text: &str) -> bool {
    let href = Href::new(text);
    // A parser may still reject it, such as a malformed xn-- host: that link leads nowhere.
    if let (Some(_), Ok(url)) = (href.safe_url(), Url::parse(text)) {
        assert!(
            ["http", "https", "mailto"].contains(&url.scheme()),
            "{text:?}"
        );
        if url.scheme() != "mailto" {
            let host = url
                .host_str()
                .map(|host| host.strip_prefix("www.").unwrap_or(host));
            assert_eq!(href.domain(), host, "{text:?}");
        }
    }
    href.safe_url().is_some()
}

fn has_host_name(url: &Url) -> bool {
    let is_name = |host: &str| {
        let last = host.rsplit('.').next().unwrap_or_default();
        host.starts_with(|sign: char| sign.is_ascii_lowercase())
            && last.starts_with(|sign: char| sign.is_ascii_lowercase())
            && host.chars().all(|sign| {
                sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-._".contains(sign)
            })
    };
    let is_plain = |text: &str| {
        text.chars()
            .all(|sign| sign.is_ascii_graphic() && !"\"<>\\^`{|}".contains(sign))
    };
    ["http", "https"].contains(&url.scheme())
        && url.username().is_empty()
        && url.password().is_none()
        && url.domain().is_some_and(is_name)
        && is_plain(url.as_str())
}

fn validate_feeds(corpus: &Path) -> Result<(), Failed> {
    let schema = serde_json::from_slice(&fs::read(corpus.join("schema-v1.1.json"))?)?;
    let schema = jsonschema::validator_for(&schema)?;
    for series in ["site/series", "site/picture_and_sources"] {
        let files = load_site(series.as_ref());
        let feed = files.iter().find(|file| file.path == "feed.json").unwrap();
        let feed: Value = serde_json::from_slice(&feed.bytes)?;
        let errors: Vec<_> = schema
            .iter_errors(&feed)
            .map(|error| error.to_string())
            .collect();
        assert_same(series, "", &errors.join("\n"))?;
    }
    Ok(())
}
