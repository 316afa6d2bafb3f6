use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use digest_issue::Issue;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use unicode_normalization::UnicodeNormalization;

use super::{Progress, pictures};
use crate::file::FileError;
use crate::source::{self, Source, UnreadableSource};
use crate::{Diagnostic, Imported, Picture, Rule, Series, SourceFile, folder};

/// A newsletter of a folder, as an issue.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) issue: Issue,
    /// Where it was read from, relative to the folder of the newsletters.
    pub(super) newsletter: PathBuf,
    /// The picture beside the newsletter.
    pub(super) picture: Option<Picture>,
    /// What somebody should look at, each with its file.
    pub(super) warnings: Vec<Diagnostic>,
}

/// The newsletters of a folder as issues, the newest first.
///
/// # Errors
///
/// Everything that is wrong with any of them, in the order of their names: never empty.
pub(super) fn read_all(
    folder: &Path,
    series: &Series,
    progress: &dyn Progress,
) -> Result<Vec<Edition>, Vec<Diagnostic>> {
    let newsletters = folder::find_files(folder, series, source::is_newsletter)?;
    progress.begin("reading", newsletters.len());
    let read = newsletters.into_par_iter().map(|path| {
        let edition = read(folder, &path, series);
        progress.step();
        edition
    });
    let mut errors = Vec::new();
    let mut editions = Vec::new();
    for edition in read.collect::<Vec<_>>() {
        match edition {
            Ok(edition) => editions.push(edition),
            Err(refused) => errors.extend(refused),
        }
    }
    errors.extend(same_ids(&editions));
    if !errors.is_empty() {
        return Err(errors);
    }
    editions.sort_by(|one, other| order(&other.issue).cmp(&order(&one.issue)));
    Ok(editions)
}

/// By day; issues of the same day by their volumes.
fn order(issue: &Issue) -> impl Ord + '_ {
    (issue.date, &issue.volume, &issue.id)
}

fn read(folder: &Path, path: &Path, series: &Series) -> Result<Edition, Vec<Diagnostic>> {
    let source = read_source(path).map_err(|UnreadableSource { text, diagnostic }| {
        let file = SourceFile {
            path: path.to_owned(),
            text,
        };
        within(&Arc::new(file), vec![diagnostic])
    })?;
    let file = Arc::new(SourceFile {
        path: source.shown_as(path),
        text: source.text.clone(),
    });
    let imported = source
        .import(path, series)
        .map_err(|errors| within(&file, errors))?;
    let Imported {
        mut issue,
        warnings,
    } = imported;
    let picture = pictures::take(&mut issue, path, folder);
    let picture = picture.map_err(|error| within(&file, vec![error.into()]))?;
    let newsletter = path.strip_prefix(folder).unwrap_or(path).to_owned();
    Ok(Edition {
        issue,
        picture,
        warnings: within(&file, warnings),
        newsletter,
    })
}

/// Reads a file that is one: another program may never write to the end of a pipe.
fn read_source(path: &Path) -> Result<Source, UnreadableSource> {
    let error = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    if !fs::metadata(path).map_err(error)?.is_file() {
        return Err(error(std::io::Error::other("it is no file")).into());
    }
    Source::read(path)
}

/// The diagnostics with the file that they are about, if that is not another one.
fn within(file: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let within = |diagnostic: Diagnostic| match diagnostic.file {
        Some(_) => diagnostic,
        None => diagnostic.in_file(Arc::clone(file)),
    };
    diagnostics.into_iter().map(within).collect()
}

/// An error for each newsletter whose id another one has, or one that is the same name on some systems.
fn same_ids(editions: &[Edition]) -> Vec<Diagnostic> {
    let mut seen: HashMap<String, &Edition> = HashMap::new();
    let mut errors = Vec::new();
    for edition in editions {
        let id = &edition.issue.id;
        let Some(first) = seen.insert(id.to_lowercase().nfc().collect(), edition) else {
            continue;
        };
        let [one, other] = [first, edition].map(|edition| edition.newsletter.display());
        let message = match first.issue.id == *id {
            true => format!("“{one}” and “{other}” have the same id, “{id}”"),
            false => format!(
                "“{one}” has the id “{}” and “{other}” the id “{id}”, which is the same folder on many systems",
                first.issue.id
            ),
        };
        let remedy = "the id is made of the title and the volume: one of them has another volume, or is a copy";
        errors.push(Diagnostic::without_span(Rule::Twice, message, remedy));
    }
    errors
}
