//! `issue.json`: the issue, with its first view.

use digest_issue::Issue;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::first_view::FirstView;

/// The maximum number of commas in a first view, of which the loader accepts 300,000 in a file. A
/// larger issue is left to the engine.
const MAX_COMMAS: usize = 100_000;

/// Writes an issue as indented JSON, with its first view in one line.
pub(crate) fn write_issue_json(issue: &Issue) -> Result<String, serde_json::Error> {
    let view = FirstView::draw(issue).map(|view| to_raw_value(&view));
    let view = view.transpose()?;
    let published = IssueWithView {
        issue,
        view: view.filter(|view| view.get().matches(',').count() <= MAX_COMMAS),
    };
    serde_json::to_string_pretty(&published).map(|json| json + "\n")
}

#[derive(Serialize)]
struct IssueWithView<'a> {
    #[serde(flatten)]
    issue: &'a Issue,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<Box<RawValue>>,
}

#[cfg(test)]
mod tests {
    use digest_issue::{Block, Headline, Run};

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
    #[test]
    fn large_issue_has_no_view() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let headline = Headline {
            id: "a".to_owned(),
            text: "A".to_owned(),
            detail: vec![Block::Paragraph(vec![Run::plain(",".repeat(MAX_COMMAS))])],
            ..Headline::default()
        };
        let issue = Issue {
            headlines: vec![headline],
            ..Issue::from_json(json).unwrap()
        };
        let published = write_issue_json(&issue).unwrap();
        assert_eq!(published, issue.to_json().unwrap());
    }
}
