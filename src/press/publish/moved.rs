use std::collections::BTreeMap;

use digest_issue::Issue;

use super::edition::Edition;
use super::published::Published;
use crate::site::redirect_file;
use crate::{Diagnostic, Rule, SiteAddress, SiteFile};

/// The ids under which issues were published, and under which they are now. There is an issue for each.
#[derive(Debug, Default)]
pub(super) struct Moved {
    /// Old ids, and new ones.
    ids: BTreeMap<String, String>,
}

/// What partners ask for by the old id.
const COPIED: [&str; 2] = ["issue.json", "oembed.json"];

/// Checks that everything that was published is still there, or that `press.toml` says where it is.
///
/// An old id without a new one is taken back for good.
///
/// # Errors
///
/// What has to be written into `press.toml`, or is wrong there: never empty.
pub(super) fn check(
    settings: &BTreeMap<String, String>,
    editions: &[Edition],
    published: &Published,
) -> Result<Moved, Vec<Diagnostic>> {
    let is_there = |id: &str| editions.iter().any(|edition| edition.issue.id == id);
    let mut errors = Vec::new();
    let mut ids = BTreeMap::new();
    for (old, new) in settings {
        if let Some(problem) = editions
            .first()
            .and_then(|edition| no_id(&edition.issue, old))
        {
            errors.push(problem);
            continue;
        }
        match last(settings, new) {
            _ if is_there(old) => errors.push(not_moved(old)),
            Some("") => {}
            Some(new) if is_there(new) => {
                ids.insert(old.clone(), new.to_owned());
            }
            _ => errors.push(nowhere(old, new)),
        }
    }
    for (id, issue) in published.issues() {
        if !is_there(id) && !settings.contains_key(id) {
            let same = editions
                .iter()
                .find(|edition| edition.newsletter.to_string_lossy() == *issue.newsletter);
            errors.push(gone(
                id,
                &issue.newsletter,
                same.map(|edition| &*edition.issue.id),
            ));
        }
    }
    if errors.is_empty() {
        Ok(Moved { ids })
    } else {
        Err(errors)
    }
}

impl Moved {
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// Each old id with the new one.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ids
            .iter()
            .map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// The pages that lead on from the old ids.
    pub(super) fn pages(&self, issues: &[&Issue], site: &SiteAddress) -> Vec<SiteFile> {
        let issue = |new: &str| issues.iter().find(|issue| issue.id == new);
        self.ids()
            .filter_map(|(old, new)| Some(redirect_file(old, issue(new)?, site)))
            .collect()
    }

    /// Where else in the site a file of an issue has to be.
    pub(super) fn copies<'a>(
        &'a self,
        issue: &'a Issue,
        file: &'a SiteFile,
    ) -> impl Iterator<Item = (String, &'a [u8])> + 'a {
        let name = file
            .path
            .rsplit('/')
            .next()
            .filter(|name| COPIED.contains(name));
        let old = self
            .ids
            .iter()
            .filter(|(_, new)| **new == issue.id)
            .map(|(old, _)| old);
        old.filter_map(move |old| Some((format!("issues/{old}/{}", name?), file.bytes.as_slice())))
    }
}

/// The id that an issue has in the end, or `None` if it moves in a circle.
fn last<'a>(settings: &'a BTreeMap<String, String>, id: &'a str) -> Option<&'a str> {
    let mut id = id;
    for _ in 0..=settings.len() {
        match settings.get(id) {
            Some(next) => id = next,
            None => return Some(id),
        }
    }
    None
}

/// What is wrong with an id that no issue has any more, and which still is the name of a folder.
fn no_id(issue: &Issue, id: &str) -> Option<Diagnostic> {
    let problems = Issue {
        id: id.to_owned(),
        ..issue.clone()
    }
    .problems();
    let problem = problems.into_iter().find(|problem| problem.path == "id")?;
    let message = format!(
        "press.toml says that “{id}” has moved, which was no issue's id: {}",
        problem.message
    );
    Some(Diagnostic::without_span(
        Rule::Moved,
        message,
        "write the id as it was published, or remove the line",
    ))
}

fn gone(id: &str, newsletter: &str, now: Option<&str>) -> Diagnostic {
    let message =
        format!("the issue “{id}” was published from “{newsletter}” and is not there any more");
    let new = now.unwrap_or("its new id");
    let remedy = format!(
        "write below [moved] in press.toml: \"{id}\" = \"{new}\"; or, to take it back for good: \"{id}\" = \"\""
    );
    Diagnostic::without_span(Rule::Moved, message, remedy)
}

fn not_moved(id: &str) -> Diagnostic {
    let message =
        format!("press.toml says that “{id}” has moved, but there is an issue with this id");
    Diagnostic::without_span(
        Rule::Moved,
        message,
        "remove its line below [moved], or give the issue another id",
    )
}

fn nowhere(old: &str, new: &str) -> Diagnostic {
    let message =
        format!("press.toml says that “{old}” has moved to “{new}”, but there is no such issue");
    Diagnostic::without_span(
        Rule::Moved,
        message,
        "write the id that the issue has now, or \"\" if it is taken back",
    )
}
