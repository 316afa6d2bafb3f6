//! The content of `archive.json` and `search.json`.

use serde::Deserialize;

/// The issues of a series, newest first. `digest-press` documents the fields.
#[derive(Deserialize)]
pub(crate) struct SeriesList {
    pub(crate) issues: Vec<ListedIssue>,
}

#[derive(Deserialize)]
pub(crate) struct ListedIssue {
    pub(crate) name: String,
    pub(crate) volume: String,
    pub(crate) date: String,
    pub(crate) lang: String,
    pub(crate) page: String,
    pub(crate) headlines: Vec<ListedHeadline>,
}

#[derive(Deserialize)]
pub(crate) struct ListedHeadline {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// A headline with its detail, as the search sees it.
pub(crate) struct SearchEntry {
    /// The index of the issue.
    pub(crate) issue: usize,
    /// The index of the headline in the issue.
    pub(crate) headline: usize,
    /// The text of the detail; empty until it is known.
    pub(crate) detail: String,
}

impl SeriesList {
    /// Lists the headlines of all issues, without details.
    pub(crate) fn list_entries(&self) -> Vec<SearchEntry> {
        let issues = self.issues.iter().enumerate();
        let entries = issues.flat_map(|(issue, content)| {
            (0..content.headlines.len()).map(move |headline| SearchEntry {
                issue,
                headline,
                detail: String::new(),
            })
        });
        entries.collect()
    }

    /// Returns the headline of one of its entries.
    pub(crate) fn headline(&self, entry: &SearchEntry) -> &ListedHeadline {
        &self.issues[entry.issue].headlines[entry.headline]
    }
}

impl ListedIssue {
    /// The year of publication, as text.
    pub(crate) fn year(&self) -> &str {
        self.date.split('-').next().unwrap_or_default()
    }

    /// Returns true if the name is the day of publication, as in a series without numbers.
    pub(crate) fn is_named_by_date(&self) -> bool {
        self.volume.is_empty() || self.volume == self.date
    }
}
