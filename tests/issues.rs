//! The issues of newsletter folders, as `digest-press build` writes them.

use std::fs;
use std::path::{Path, PathBuf};

use digest_press::{Issue, Series, SiteFile, import};
use serde_json::Value;

use crate::coverage::find_newsletters;
use crate::dist::{corpora, root};
use crate::site_from_issues;

/// Returns the `issue.json` of each newsletter in a folder, with the settings in another. Newsletters
/// that are refused are left out.
#[track_caller]
pub fn publish_issues(newsletters: &Path, settings: &Path) -> Vec<Value> {
    let files = publish_site(newsletters, settings);
    let documents = files
        .iter()
        .filter(|file| file.path.starts_with("issues/") && file.path.ends_with("/issue.json"));
    documents
        .map(|file| serde_json::from_slice(&file.bytes).unwrap())
        .collect()
}

/// Returns all headlines of a folder's newsletters with the text of their details, as the search
/// finds them.
#[track_caller]
pub(crate) fn list_headlines(newsletters: &Path, settings: &Path) -> Vec<[String; 2]> {
    let files = publish_site(newsletters, settings);
    let [archive, search] = ["archive.json", "search.json"].map(|name| -> Value {
        let file = files.iter().find(|file| file.path == name);
        serde_json::from_slice(&file.expect("every site has it").bytes).unwrap()
    });
    let issues = archive["issues"].as_array().into_iter().flatten();
    let headlines = issues.flat_map(|issue| issue["headlines"].as_array().into_iter().flatten());
    let details = search["details"].as_array().into_iter().flatten();
    let pairs = headlines.zip(details);
    pairs
        .map(|(headline, detail)| [&headline["text"], detail].map(read_text))
        .collect()
}

/// The folders of newsletters and of their settings: the shared corpora, or our own newsletters where
/// those are absent.
pub(crate) fn list_series() -> Vec<[PathBuf; 2]> {
    let has_corpora = corpora().is_dir();
    let settings = root().join(if has_corpora {
        "tests/corpora"
    } else {
        "tests/newsletters"
    });
    let mut folders: Vec<_> = fs::read_dir(&settings)
        .unwrap_or_else(|error| panic!("{}: {error}", settings.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let find_newsletters = |settings: &PathBuf| match settings.file_name() {
        Some(name) if has_corpora => corpora().join(name),
        _ => settings.clone(),
    };
    let pairs = folders
        .into_iter()
        .map(|settings| [find_newsletters(&settings), settings]);
    pairs.collect()
}

fn publish_site(newsletters: &Path, settings: &Path) -> Vec<SiteFile> {
    let series = Series::load(settings).unwrap();
    let paths = find_newsletters(newsletters, &series).unwrap();
    let issues: Vec<Issue> = paths
        .iter()
        .filter_map(|path| {
            let source = fs::read_to_string(path).unwrap();
            Some(import(&source, Some(path), &series).ok()?.issue)
        })
        .collect();
    site_from_issues("Digest", &series.lang, &issues)
}

fn read_text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
