//! `issue.json`: the issue, with its first view and the links to its neighbours.

use digest_issue::Issue;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::archive_links::ArchiveLinks;
use super::first_view::FirstView;
use super::issue_folder::IssueFolder;
use super::issue_page::Neighbours;
use crate::SiteAddress;

/// The maximum number of commas in a first view, of which the loader accepts 300,000 in a file. A
/// larger issue is left to the engine.
const MAX_COMMAS: usize = 100_000;

/// Writes an issue for a folder as indented JSON, with each drawing in one line.
pub(crate) fn write_issue_json(
    issue: &Issue,
    folder: IssueFolder,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Result<String, serde_json::Error> {
    let localized = folder.localize_issue(issue, site);
    let view = FirstView::draw_issue(&localized).map(|view| to_raw_value(&view));
    let view = view.transpose()?;
    let published = IssueFile {
        issue: &localized,
        view: view.filter(|view| view.get().matches(',').count() <= MAX_COMMAS),
        archive: ArchiveLinks::new(issue, folder, neighbours, site)?,
    };
    serde_json::to_string_pretty(&published).map(|json| json + "\n")
}

#[derive(Serialize)]
struct IssueFile<'a> {
    #[serde(flatten)]
    issue: &'a Issue,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<Box<RawValue>>,
    archive: ArchiveLinks,
}

#[cfg(test)]
mod tests {
    use digest_issue::{Block, Headline, Run};
    use serde_json::{Value, json};

    use super::*;

    fn seed_issue() -> Issue {
        Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap()
    }

    fn write(issue: &Issue, folder: IssueFolder, neighbours: Neighbours<'_>) -> String {
        let site = "https://cdn.example/digest".parse().unwrap();
        write_issue_json(issue, folder, neighbours, &site).unwrap()
    }

    #[test]
    fn issue_is_the_same_with_its_drawings() {
        let issue = seed_issue();
        let published = write(&issue, IssueFolder::Permanent, Neighbours::default());
        assert_eq!(Issue::from_json(published.as_bytes()).unwrap(), issue);
        let (text, view) = published.split_once(",\n  \"view\": ").unwrap();
        let json = include_str!("../../../tests/import/seed/issue.json");
        assert_eq!(format!("{text}\n}}\n"), json);
        let (view, _) = view.split_once(",\n  \"archive\": ").unwrap();
        assert_eq!(view.lines().count(), 1, "{view}");
    }

    #[test]
    fn large_issue_has_no_view() {
        let headline = Headline {
            id: "a".to_owned(),
            text: "A".to_owned(),
            detail: vec![Block::Paragraph(vec![Run::plain(",".repeat(MAX_COMMAS))])],
            ..Headline::default()
        };
        let issue = Issue {
            headlines: vec![headline],
            ..seed_issue()
        };
        let published = write(&issue, IssueFolder::Permanent, Neighbours::default());
        let published: Value = serde_json::from_str(&published).unwrap();
        assert_eq!(published["view"], Value::Null);
    }

    #[test]
    fn addresses_of_other_issues_are_relative() {
        let [mut previous, mut next] = [seed_issue(), seed_issue()];
        previous.id = "前の号".to_owned();
        next.id = "digest-1.6".to_owned();
        let neighbours = Neighbours {
            previous: Some(&previous),
            next: Some(&next),
        };
        for (folder, archive, src) in [
            (
                IssueFolder::Permanent,
                "../../archive.json",
                "../%E5%89%8D%E3%81%AE%E5%8F%B7/issue.json",
            ),
            (
                IssueFolder::Latest,
                "../archive.json",
                "../issues/%E5%89%8D%E3%81%AE%E5%8F%B7/issue.json",
            ),
        ] {
            let published = write(&seed_issue(), folder, neighbours);
            let published: Value = serde_json::from_str(&published).unwrap();
            let links = &published["archive"];
            assert_eq!(links["src"], archive);
            assert_eq!(links["previous"]["src"], src);
            assert_eq!(
                links["next"]["page"],
                "https://cdn.example/digest/issues/digest-1.6/"
            );
        }
    }

    #[test]
    fn links_to_other_issues_are_drawn_in_each_language() {
        let neighbours = Neighbours {
            previous: Some(&seed_issue()),
            next: None,
        };
        let published = write(&seed_issue(), IssueFolder::Permanent, neighbours);
        let published: Value = serde_json::from_str(&published).unwrap();
        let view = &published["archive"]["view"];
        assert_eq!(
            view["strings"],
            json!([
                [
                    "en",
                    "Other issues",
                    "Previous issue",
                    "All issues and search"
                ],
                ["ja", "前後の号", "前の号", "すべての号・検索"]
            ])
        );
        assert_eq!(view["root"][0], "nav");
        let names = ["previous", "all-issues"];
        for (index, part) in names.into_iter().enumerate() {
            assert_eq!(view["root"][index + 2][1]["part"], part);
        }
    }
}
