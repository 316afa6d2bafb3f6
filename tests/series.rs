//! Reads a `series.json` and makes the files of its site.

use std::fs;
use std::path::Path;

use digest_press::{Issue, Lang, Neighbours, SiteFile, issue_files, series_files};
use serde_json::Value;

/// The file of a series: `title`, `lang` and `issues`, newest first.
pub const SERIES: &str = "series.json";

/// The address of the site.
const SITE: &str = "https://cdn.example/digest/";

/// Returns all files of the site whose `series.json` is in a folder.
pub fn load_site(folder: &Path) -> Vec<SiteFile> {
    let path = folder.join(SERIES);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let series: Value = serde_json::from_str(&text).unwrap();
    let issues = series["issues"].as_array().unwrap().iter();
    let issues: Vec<_> = issues
        .map(|issue| Issue::from_json(issue.to_string().as_bytes()).unwrap())
        .collect();
    let lang = Lang::new(series["lang"].as_str().unwrap());
    site_from_issues(series["title"].as_str().unwrap(), &lang, &issues)
}

/// Returns all files of the site of a series. The newest issue comes first.
pub fn site_from_issues(title: &str, lang: &Lang, issues: &[Issue]) -> Vec<SiteFile> {
    let site = SITE.parse().unwrap();
    let issues: Vec<&Issue> = issues.iter().collect();
    let mut files = series_files(title, lang, &issues, &site).unwrap();
    for (index, issue) in issues.iter().enumerate() {
        let neighbours = Neighbours::find(&issues, index);
        files.extend(issue_files(issue, neighbours, &site).unwrap());
    }
    files
}
