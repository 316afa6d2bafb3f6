//! A series of issues, and the files of its site.

use std::fs;
use std::path::Path;

use digest_press::{Issue, Lang, Neighbours, SiteFile, issue_files, series_files};
use serde_json::Value;

/// The file with a series: `title`, `lang` and `issues`, the newest first.
pub const SERIES: &str = "series.json";

/// Where its site is served.
const SITE: &str = "https://cdn.example/digest/";

/// All files of the site of the series in a folder: those that the publisher makes of its issues.
pub fn site(folder: &Path) -> Vec<SiteFile> {
    let path = folder.join(SERIES);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let series: Value = serde_json::from_str(&text).unwrap();
    let issues = series["issues"].as_array().unwrap().iter();
    let issues: Vec<_> = issues
        .map(|issue| Issue::from_json(issue.to_string().as_bytes()).unwrap())
        .collect();
    let lang = Lang::new(series["lang"].as_str().unwrap());
    site_of(series["title"].as_str().unwrap(), &lang, &issues)
}

/// All files of the site of a series, the newest issue first.
pub fn site_of(title: &str, lang: &Lang, issues: &[Issue]) -> Vec<SiteFile> {
    let site = SITE.parse().unwrap();
    let mut files = series_files(title, lang, &issues.iter().collect::<Vec<_>>(), &site).unwrap();
    for (index, issue) in issues.iter().enumerate() {
        let next = index.checked_sub(1).and_then(|index| issues.get(index));
        let neighbours = Neighbours {
            previous: issues.get(index + 1),
            next,
        };
        files.extend(issue_files(issue, neighbours, &site).unwrap());
    }
    files
}
