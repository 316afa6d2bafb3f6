//! The issues of newsletter folders, as `digest-press build` writes them.

use std::fs;
use std::path::Path;

use digest_press::{Issue, Series, import};
use serde_json::Value;

use crate::coverage::find_newsletters;
use crate::site_from_issues;

/// Returns the `issue.json` of each newsletter in a folder, with the settings in another. Newsletters
/// that are refused are left out.
#[track_caller]
pub fn publish_issues(newsletters: &Path, settings: &Path) -> Vec<Value> {
    let series = Series::load(settings).unwrap();
    let paths = find_newsletters(newsletters, &series).unwrap();
    let issues: Vec<Issue> = paths
        .iter()
        .filter_map(|path| {
            let source = fs::read_to_string(path).unwrap();
            Some(import(&source, Some(path), &series).ok()?.issue)
        })
        .collect();
    let files = site_from_issues("Digest", &series.lang, &issues);
    let documents = files
        .iter()
        .filter(|file| file.path.starts_with("issues/") && file.path.ends_with("/issue.json"));
    documents
        .map(|file| serde_json::from_slice(&file.bytes).unwrap())
        .collect()
}
