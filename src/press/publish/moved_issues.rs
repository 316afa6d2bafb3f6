//! Issues whose ids changed after publication: checks the `[moved]` table of `press.toml`, and
//! keeps the old addresses working.

use std::collections::BTreeMap;
use std::path::Path;

use digest_issue::Issue;

use super::load_issues::LoadedIssue;
use super::published_ids::PublishedIds;
use super::unpublished::UnpublishedNewsletter;
use crate::site::redirect_file;
use crate::{Diagnostic, Rule, SiteAddress, SiteFile};

/// The issues that moved to another id.
#[derive(Debug, Default)]
pub(super) struct MovedIssues {
    /// Old ids, each with the id of an issue of this build.
    new_ids: BTreeMap<String, String>,
}

/// The files that embedders load from an issue's address. The old addresses serve copies of them.
const COPIED: [&str; 3] = ["frame.html", "issue.json", "oembed.json"];

impl MovedIssues {
    /// Checks that each published id has an issue, or an entry in `[moved]`.
    ///
    /// An entry with an empty new id withdraws the issue.
    ///
    /// # Errors
    ///
    /// Returns one or more errors: entries that `press.toml` lacks, or that are wrong.
    pub(super) fn check(
        settings: &BTreeMap<String, String>,
        issues: &[LoadedIssue],
        left_out: &[UnpublishedNewsletter],
        published: &PublishedIds,
    ) -> Result<MovedIssues, Vec<Diagnostic>> {
        let is_issue = |id: &str| issues.iter().any(|loaded| loaded.issue.id == id);
        let mut errors = Vec::new();
        let mut new_ids = BTreeMap::new();
        for (old, new) in settings {
            if let Some(error) = issues
                .first()
                .and_then(|loaded| check_id(&loaded.issue, old))
            {
                errors.push(error);
                continue;
            }
            match follow_moves(settings, new) {
                _ if is_issue(old) => errors.push(not_moved_error(old)),
                Some("") => {}
                Some(new) if is_issue(new) => {
                    new_ids.insert(old.clone(), new.to_owned());
                }
                _ => errors.push(unknown_target_error(old, new)),
            }
        }
        for (id, published) in published.issues() {
            let same_file = |path: &Path| path.to_string_lossy() == *published.newsletter;
            if !is_issue(id) && !settings.contains_key(id) {
                if left_out
                    .iter()
                    .any(|left_out| same_file(&left_out.newsletter))
                {
                    errors.push(unpublished_issue_error(id, &published.newsletter));
                    continue;
                }
                let same = issues.iter().find(|loaded| same_file(&loaded.newsletter));
                errors.push(missing_issue_error(
                    id,
                    &published.newsletter,
                    same.map(|loaded| &*loaded.issue.id),
                ));
            }
        }
        if errors.is_empty() {
            Ok(MovedIssues { new_ids })
        } else {
            Err(errors)
        }
    }

    pub(super) fn contains(&self, old_id: &str) -> bool {
        self.new_ids.contains_key(old_id)
    }

    /// Returns the pairs of old and new ids.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.new_ids
            .iter()
            .map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// Renders a page for each old id that redirects to the new one.
    pub(super) fn redirect_pages(&self, issues: &[&Issue], site: &SiteAddress) -> Vec<SiteFile> {
        let find_issue = |id: &str| issues.iter().find(|issue| issue.id == id);
        self.pairs()
            .filter_map(|(old, new)| Some(redirect_file(old, find_issue(new)?, site)))
            .collect()
    }

    /// Returns the copies of an issue's file for its old ids: their paths and bytes.
    pub(super) fn copies_for_old_ids<'a>(
        &'a self,
        issue: &'a Issue,
        file: &'a SiteFile,
    ) -> impl Iterator<Item = (String, &'a [u8])> + 'a {
        let name = file
            .path
            .rsplit('/')
            .next()
            .filter(|name| COPIED.contains(name));
        let old_ids = self
            .pairs()
            .filter(|(_, new)| *new == issue.id)
            .map(|(old, _)| old);
        old_ids
            .filter_map(move |old| Some((format!("issues/{old}/{}", name?), file.bytes.as_slice())))
    }
}

/// Follows the entries from an id to the last one, or returns `None` if they form a circle.
fn follow_moves<'a>(settings: &'a BTreeMap<String, String>, id: &'a str) -> Option<&'a str> {
    let mut id = id;
    for _ in 0..=settings.len() {
        match settings.get(id) {
            Some(next) => id = next,
            None => return Some(id),
        }
    }
    None
}

/// Checks an old id by the rules of the issue format, since it names a folder of the site. The rest
/// of `issue` is valid.
fn check_id(issue: &Issue, id: &str) -> Option<Diagnostic> {
    let problems = Issue {
        id: id.to_owned(),
        ..issue.clone()
    }
    .find_problems();
    let problem = problems.into_iter().find(|problem| problem.path == "id")?;
    let message = format!(
        "press.toml says that “{id}” has moved, but this cannot be an id: {}",
        problem.message
    );
    Some(Diagnostic::without_span(
        Rule::Moved,
        message,
        "write the id as it was published, or remove the line",
    ))
}

fn missing_issue_error(id: &str, newsletter: &str, new_id: Option<&str>) -> Diagnostic {
    let message = format!("the issue “{id}”, published from “{newsletter}”, is missing");
    let new_id = new_id.unwrap_or("its new id");
    let remedy = format!(
        "add to [moved] in press.toml: \"{id}\" = \"{new_id}\"; \
         or, to withdraw it for good: \"{id}\" = \"\""
    );
    Diagnostic::without_span(Rule::Moved, message, remedy)
}

fn unpublished_issue_error(id: &str, newsletter: &str) -> Diagnostic {
    let message = format!(
        "the issue “{id}” is published, but its newsletter “{newsletter}” is now a draft or of a \
         later day"
    );
    let remedy = format!(
        "correct the newsletter, or withdraw the issue for good: \"{id}\" = \"\" in [moved] in \
         press.toml"
    );
    Diagnostic::without_span(Rule::Moved, message, remedy)
}

fn not_moved_error(id: &str) -> Diagnostic {
    let message =
        format!("press.toml says that “{id}” has moved, but there is an issue with this id");
    Diagnostic::without_span(
        Rule::Moved,
        message,
        "remove its line from [moved], or give the issue another id",
    )
}

fn unknown_target_error(old: &str, new: &str) -> Diagnostic {
    let message =
        format!("press.toml says that “{old}” has moved to “{new}”, but there is no such issue");
    Diagnostic::without_span(
        Rule::Moved,
        message,
        "write the id that the issue has now, or \"\" if it is withdrawn",
    )
}
