//! The record of published ids, which each build keeps in the site for the next one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::load_issues::LoadedIssue;
use super::store::{Effort, Store};
use crate::{Diagnostic, Rule, Severity};

/// The ids that readers and embedders may use, because an earlier build published them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PublishedIds {
    issues: BTreeMap<String, PublishedIssue>,
}

/// An issue as it was last published under its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PublishedIssue {
    /// The path of its newsletter.
    pub(super) newsletter: String,
    /// The ids of its headlines.
    headlines: BTreeSet<String>,
}

/// The path of the record in a site.
const PATH: &str = ".digest-press/issues.json";

impl PublishedIds {
    /// Loads the record of the old site; it is empty if there is no old site.
    pub(super) fn load(store: &Store) -> Result<PublishedIds, Diagnostic> {
        let Some(json) = store.read_old(PATH) else {
            return Ok(PublishedIds::default());
        };
        serde_json::from_slice(&json).map_err(|error| {
            let message =
                format!("“{PATH}” in the output folder was changed by another program: {error}");
            Diagnostic::without_span(
                Rule::Output,
                message,
                "restore the site from a backup, or choose another output folder",
            )
        })
    }

    pub(super) fn issues(&self) -> impl Iterator<Item = (&String, &PublishedIssue)> {
        self.issues.iter()
    }

    /// Returns the record after this build: its issues, and the old ids that moved.
    pub(super) fn with_build(
        &self,
        built: &[LoadedIssue],
        has_moved: impl Fn(&str) -> bool,
    ) -> PublishedIds {
        let old = self.issues.iter().filter(|(id, _)| has_moved(id));
        let mut issues: BTreeMap<_, _> =
            old.map(|(id, issue)| (id.clone(), issue.clone())).collect();
        issues.extend(
            built
                .iter()
                .map(|loaded| (loaded.issue.id.clone(), PublishedIssue::new(loaded))),
        );
        PublishedIds { issues }
    }

    pub(super) fn write(&self, store: &Store) -> Result<(), Diagnostic> {
        let json =
            serde_json::to_vec_pretty(self).map_err(|error| Diagnostic::internal_error(&error))?;
        Ok(store.write(PATH, &json, Effort::Quick)?)
    }

    /// Returns a warning for each issue that lost ids of headlines.
    pub(super) fn changed_headline_warnings(&self, built: &[LoadedIssue]) -> Vec<Diagnostic> {
        built
            .iter()
            .filter_map(|loaded| self.changed_headline_warning(loaded))
            .collect()
    }

    fn changed_headline_warning(&self, built: &LoadedIssue) -> Option<Diagnostic> {
        let old = &self.issues.get(&built.issue.id)?.headlines;
        let new = headline_ids(built);
        let [lost, added] = [old.difference(&new), new.difference(old)].map(|ids| {
            ids.map(|id| format!("“{id}”"))
                .collect::<Vec<_>>()
                .join(", ")
        });
        if lost.is_empty() {
            return None;
        }
        let added = if added.is_empty() {
            "none".to_owned()
        } else {
            added
        };
        let newsletter = built.newsletter.display();
        let message = format!(
            "“{newsletter}”: published links to {lost} no longer open a headline; new ids: {added}"
        );
        let remedy = "restore the old headlines if links to them should keep opening them";
        Some(Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::without_span(Rule::Moved, message, remedy)
        })
    }
}

impl PublishedIssue {
    fn new(loaded: &LoadedIssue) -> PublishedIssue {
        let newsletter = loaded
            .newsletter
            .iter()
            .map(|name| name.to_string_lossy())
            .collect::<Vec<_>>();
        PublishedIssue {
            newsletter: newsletter.join("/"),
            headlines: headline_ids(loaded),
        }
    }
}

fn headline_ids(loaded: &LoadedIssue) -> BTreeSet<String> {
    loaded
        .issue
        .headlines
        .iter()
        .map(|headline| headline.id.clone())
        .collect()
}
