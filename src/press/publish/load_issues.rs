//! Loads the newsletters of a folder as issues, with their pictures and warnings.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use digest_issue::Issue;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use unicode_normalization::UnicodeNormalization;

use super::{Progress, pictures};
use crate::contained_folder::ContainedFolder;
use crate::import::import_source;
use crate::source::{self, Source, UnreadableSource};
use crate::{Diagnostic, Imported, Picture, Rule, Series, SourceFile, folder};

/// An issue with the newsletter that it comes from.
#[derive(Debug)]
pub(super) struct LoadedIssue {
    pub(super) issue: Issue,
    /// The path of the newsletter, relative to the folder of the newsletters.
    pub(super) newsletter: PathBuf,
    /// The picture that the site has to contain: from a file beside the newsletter, or from inside
    /// it.
    pub(super) picture: Option<Picture>,
    /// The warnings about the newsletter, each with its file.
    pub(super) warnings: Vec<Diagnostic>,
}

/// The newsletters of a folder.
#[derive(Debug)]
pub(super) struct LoadedFolder {
    /// The issues, the newest first.
    pub(super) issues: Vec<LoadedIssue>,
    /// The warnings about documents that are not read.
    pub(super) warnings: Vec<Diagnostic>,
}

/// Loads the newsletters of a folder as issues.
///
/// # Errors
///
/// Returns the errors of all newsletters, in the order of their names; at least one.
pub(super) fn load_issues(
    folder: &Path,
    series: &Series,
    progress: &dyn Progress,
) -> Result<LoadedFolder, Vec<Diagnostic>> {
    let files = folder::find_files(folder, series, source::is_newsletter)?;
    let newsletters = files.wanted;
    let contained = ContainedFolder::open(folder).map_err(|error| vec![error.into()])?;
    progress.start_phase("reading", newsletters.len());
    let results = newsletters.into_par_iter().map(|path| {
        let loaded = load_issue(folder, &contained, &path, series);
        progress.finish_step();
        loaded
    });
    let mut errors = Vec::new();
    let mut loaded = Vec::new();
    for result in results.collect::<Vec<_>>() {
        match result {
            Ok(issue) => loaded.push(issue),
            Err(refused) => errors.extend(refused),
        }
    }
    errors.extend(find_duplicate_ids(&loaded));
    if !errors.is_empty() {
        return Err(errors);
    }
    loaded.sort_by(|one, other| sort_key(&other.issue).cmp(&sort_key(&one.issue)));
    let unread = files.unread.iter();
    let warnings = unread.map(|path| source::unread_document_warning(path));
    Ok(LoadedFolder {
        issues: loaded,
        warnings: warnings.collect(),
    })
}

/// Issues are sorted by date, and issues of the same date by volume.
fn sort_key(issue: &Issue) -> impl Ord + '_ {
    (issue.date, &issue.volume, &issue.id)
}

fn load_issue(
    folder: &Path,
    contained: &ContainedFolder,
    path: &Path,
    series: &Series,
) -> Result<LoadedIssue, Vec<Diagnostic>> {
    let source =
        Source::load_in(contained, path).map_err(|UnreadableSource { text, diagnostic }| {
            let file = SourceFile {
                path: path.to_owned(),
                text,
            };
            add_file(&Arc::new(file), vec![diagnostic])
        })?;
    let file = Arc::new(SourceFile {
        path: source.display_path(path),
        text: source.text.clone(),
    });
    let imported =
        import_source(&source, path, series).map_err(|errors| add_file(&file, errors))?;
    let Imported {
        mut issue,
        warnings,
    } = imported;
    let picture = pictures::load_picture(&mut issue, path, &source.word_parts, folder);
    let picture = picture.map_err(|error| add_file(&file, vec![error.into()]))?;
    let newsletter = path.strip_prefix(folder).unwrap_or(path).to_owned();
    Ok(LoadedIssue {
        issue,
        picture,
        warnings: add_file(&file, warnings),
        newsletter,
    })
}

/// Adds the file to the diagnostics that have none.
fn add_file(file: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let add_file = |diagnostic: Diagnostic| match diagnostic.file {
        Some(_) => diagnostic,
        None => diagnostic.in_file(Arc::clone(file)),
    };
    diagnostics.into_iter().map(add_file).collect()
}

/// Returns an error for each newsletter whose id is taken. Ids are also equal if some file systems
/// take them for the same name.
fn find_duplicate_ids(issues: &[LoadedIssue]) -> Vec<Diagnostic> {
    let mut seen: HashMap<String, &LoadedIssue> = HashMap::new();
    let mut errors = Vec::new();
    for issue in issues {
        let id = &issue.issue.id;
        if let Some(first) = seen.insert(id.to_lowercase().nfc().collect(), issue) {
            errors.push(duplicate_id_error(first, issue));
        }
    }
    errors
}

fn duplicate_id_error(first: &LoadedIssue, second: &LoadedIssue) -> Diagnostic {
    let [one, other] = [first, second].map(|issue| issue.newsletter.display());
    let [one_id, other_id] = [&first.issue.id, &second.issue.id];
    let message = if one_id == other_id {
        format!("“{one}” and “{other}” have the same id, “{one_id}”")
    } else {
        format!(
            "“{one}” has the id “{one_id}” and “{other}” the id “{other_id}”, \
             which is the same folder on many systems"
        )
    };
    Diagnostic::without_span(
        Rule::Twice,
        message,
        "ids are made from title and volume: correct the volume of one of them, or remove the copy",
    )
}
