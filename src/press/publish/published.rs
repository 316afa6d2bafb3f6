use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::edition::Edition;
use super::moved::Moved;
use super::store::{Effort, Store};
use crate::{Diagnostic, Rule, Severity};

/// The ids that readers and partners may know, because a build put them into the site.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Published {
    issues: BTreeMap<String, PublishedIssue>,
}

/// An issue as it was published last under its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PublishedIssue {
    /// The path of its newsletter.
    pub(super) newsletter: String,
    /// The ids of its headlines.
    headlines: BTreeSet<String>,
}

/// Where they are noted in a site.
const PATH: &str = ".digest-press/issues.json";

impl Published {
    /// What the site that is being replaced says: nothing if there is none.
    pub(super) fn read(store: &Store) -> Result<Published, Diagnostic> {
        let Some(json) = store.old(PATH) else {
            return Ok(Published::default());
        };
        serde_json::from_slice(&json).map_err(|error| {
            let message =
                format!("“{PATH}” in the output folder is not as digest-press wrote it: {error}");
            Diagnostic::without_span(
                Rule::Output,
                message,
                "put the site back as it was, or name another folder",
            )
        })
    }

    pub(super) fn issues(&self) -> impl Iterator<Item = (&String, &PublishedIssue)> {
        self.issues.iter()
    }

    /// What is known once `editions` are published: them, and what has moved.
    pub(super) fn with(&self, editions: &[Edition], moved: &Moved) -> Published {
        let old = self.issues.iter().filter(|(id, _)| moved.has(id));
        let mut issues: BTreeMap<_, _> =
            old.map(|(id, issue)| (id.clone(), issue.clone())).collect();
        issues.extend(
            editions
                .iter()
                .map(|edition| (edition.issue.id.clone(), PublishedIssue::of(edition))),
        );
        Published { issues }
    }

    pub(super) fn write(&self, store: &Store) -> Result<(), Diagnostic> {
        let json =
            serde_json::to_vec_pretty(self).map_err(|error| Diagnostic::internal_error(&error))?;
        Ok(store.write(PATH, &json, Effort::Quick)?)
    }

    /// A warning for each issue some of whose headlines had other ids.
    pub(super) fn changed_headlines(&self, editions: &[Edition]) -> Vec<Diagnostic> {
        editions
            .iter()
            .filter_map(|edition| self.changed_headline(edition))
            .collect()
    }

    fn changed_headline(&self, edition: &Edition) -> Option<Diagnostic> {
        let old = &self.issues.get(&edition.issue.id)?.headlines;
        let new = headlines(edition);
        let [gone, come] = [old.difference(&new), new.difference(old)].map(|ids| {
            ids.map(|id| format!("“{id}”"))
                .collect::<Vec<_>>()
                .join(", ")
        });
        if gone.is_empty() {
            return None;
        }
        let come = if come.is_empty() {
            "none".to_owned()
        } else {
            come
        };
        let newsletter = edition.newsletter.display();
        let message =
            format!("“{newsletter}”: links to {gone} were published; new in their place: {come}");
        let remedy = "write the headlines as they were, if links to them should go on opening them";
        Some(Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::without_span(Rule::Moved, message, remedy)
        })
    }
}

impl PublishedIssue {
    fn of(edition: &Edition) -> PublishedIssue {
        let newsletter = edition
            .newsletter
            .iter()
            .map(|name| name.to_string_lossy())
            .collect::<Vec<_>>();
        PublishedIssue {
            newsletter: newsletter.join("/"),
            headlines: headlines(edition),
        }
    }
}

fn headlines(edition: &Edition) -> BTreeSet<String> {
    edition
        .issue
        .headlines
        .iter()
        .map(|headline| headline.id.clone())
        .collect()
}
