//! `issue.json`: the issue, with its first view.

use digest_issue::Issue;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::first_view::FirstView;

/// Writes an issue as indented JSON, with its first view in one line.
pub(crate) fn write_issue_json(issue: &Issue) -> Result<String, serde_json::Error> {
    let view = FirstView::draw(issue);
    let published = PublishedIssue {
        issue,
        view: view.as_ref().map(to_raw_value).transpose()?,
    };
    serde_json::to_string_pretty(&published).map(|json| json + "\n")
}

#[derive(Serialize)]
struct PublishedIssue<'a> {
    #[serde(flatten)]
    issue: &'a Issue,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<Box<RawValue>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issue_is_the_same_with_its_view() {
        let json = include_str!("../../../tests/import/seed/issue.json");
        let issue = Issue::from_json(json.as_bytes()).unwrap();
        let published = write_issue_json(&issue).unwrap();
        assert_eq!(Issue::from_json(published.as_bytes()).unwrap(), issue);
        let (text, view) = published.split_once(",\n  \"view\": ").unwrap();
        assert_eq!(format!("{text}\n}}\n"), json);
        assert_eq!(view.lines().count(), 2, "{view}");
    }
}
