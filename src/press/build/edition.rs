use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use digest_issue::Issue;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::{Progress, pictures};
use crate::file::{self, FileError};
use crate::{Diagnostic, Imported, Picture, Rule, Series, SourceFile, import, utf8};

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

/// The endings of the names of newsletters.
const ENDINGS: [&str; 2] = ["md", "markdown"];

/// A newsletter a day for 27 years.
const MAX_NEWSLETTERS: usize = 10_000;

/// More files than this are no folder of newsletters, but a disk or a home folder.
const MAX_FILES: usize = 100_000;

/// The newsletters in `folder` and in the folders in it, as issues, the newest first.
///
/// Passed over are names that begin with a dot, as editors and version control make them; `README.md`,
/// and the file of references that `press.toml` names.
///
/// # Errors
///
/// Everything that is wrong with any of them, in the order of their names: never empty.
pub(super) fn read_all(
    folder: &Path,
    series: &Series,
    progress: &dyn Progress,
) -> Result<Vec<Edition>, Vec<Diagnostic>> {
    let newsletters = list(folder, series)?;
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

/// The path of a folder that is there, without symbolic links.
pub(super) fn canonical(folder: &Path) -> Result<PathBuf, FileError> {
    fs::canonicalize(folder).map_err(|source| FileError::Read { path: folder.to_owned(), source })
}

/// By day; issues of the same day by their volumes.
fn order(issue: &Issue) -> impl Ord + '_ {
    (issue.date, &issue.volume, &issue.id)
}

/// The paths of the newsletters, in the order of their names.
fn list(folder: &Path, series: &Series) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let root = canonical(folder).map_err(|error| vec![error.into()])?;
    let references = series.references.as_ref().and_then(|file| fs::canonicalize(&file.path).ok());
    let mut newsletters = Vec::new();
    let mut errors = Vec::new();
    let is_seen = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let files = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_seen);
    for (index, entry) in files.enumerate() {
        if index == MAX_FILES {
            return Err(vec![too_many(folder, MAX_FILES, "files")]);
        }
        match entry {
            Ok(entry) if entry.path_is_symlink() && !leads_into(entry.path(), &root) => {
                errors.push(leads_out(entry.path()));
            }
            Ok(entry)
                if !entry.file_type().is_dir() && is_newsletter(entry.path(), references.as_deref()) =>
            {
                newsletters.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) if error.path().and_then(Path::file_name).is_some_and(is_hidden) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                errors.push(FileError::Read { path, source: error.into() }.into());
            }
        }
    }
    match newsletters.len() {
        _ if !errors.is_empty() => Err(errors),
        0 => Err(vec![none(folder)]),
        1..=MAX_NEWSLETTERS => Ok(newsletters),
        _ => Err(vec![too_many(folder, MAX_NEWSLETTERS, "newsletters")]),
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_newsletter(path: &Path, references: Option<&Path>) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_readme = path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("README.md"));
    let is_references = || references.is_some() && fs::canonicalize(path).ok().as_deref() == references;
    ENDINGS.contains(&ending.as_str()) && !is_readme && !is_references()
}

/// Whether a path is in `root`, also when all symbolic links in it are followed.
fn leads_into(path: &Path, root: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| path.starts_with(root))
}

fn leads_out(path: &Path) -> Diagnostic {
    let message = format!("“{}” is a link that leads out of the folder of the newsletters", path.display());
    Diagnostic::placeless(Rule::File, message, "put the file itself there, or remove the link")
}

fn none(folder: &Path) -> Diagnostic {
    let message = format!("“{}” holds no newsletter", folder.display());
    let remedy = "name the folder of the newsletters; the names of newsletters end in .md or .markdown";
    Diagnostic::placeless(Rule::File, message, remedy)
}

fn too_many(folder: &Path, most: usize, what: &str) -> Diagnostic {
    let message = format!("“{}” holds more than {most} {what}", folder.display());
    Diagnostic::placeless(Rule::File, message, "check that it is the folder of the newsletters of one series")
}

fn read(folder: &Path, path: &Path, series: &Series) -> Result<Edition, Vec<Diagnostic>> {
    let bytes = read_file(path).map_err(|error| vec![error.into()])?;
    let imported = utf8::decode(&bytes).map_err(|error| vec![error]).and_then(|text| import(text, series));
    let in_file = |diagnostics: Vec<Diagnostic>| {
        if diagnostics.is_empty() {
            return diagnostics;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = Arc::new(SourceFile { path: path.to_owned(), text });
        let in_file = |diagnostic: Diagnostic| match diagnostic.file {
            Some(_) => diagnostic,
            None => diagnostic.within(Arc::clone(&file)),
        };
        diagnostics.into_iter().map(in_file).collect()
    };
    match imported {
        Ok(Imported { mut issue, warnings }) => {
            let warnings = in_file(warnings);
            let picture = pictures::take(&mut issue, path, folder);
            let picture = picture.map_err(|error| in_file(vec![error.into()]))?;
            let newsletter = path.strip_prefix(folder).unwrap_or(path).to_owned();
            Ok(Edition { issue, picture, warnings, newsletter })
        }
        Err(errors) => Err(in_file(errors)),
    }
}

/// Reads a file that is one: another program may never write to the end of a pipe.
fn read_file(path: &Path) -> Result<Vec<u8>, FileError> {
    let error = |source| FileError::Read { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(error)?.is_file() {
        return Err(error(std::io::Error::other("it is no file")));
    }
    file::read(path)
}

/// An error for each newsletter whose id another one has, or one that is the same name on some systems.
fn same_ids(editions: &[Edition]) -> Vec<Diagnostic> {
    let mut seen: HashMap<String, &Edition> = HashMap::new();
    let mut errors = Vec::new();
    for edition in editions {
        let id = &edition.issue.id;
        let Some(first) = seen.insert(id.to_lowercase().nfc().collect(), edition) else { continue };
        let [one, other] = [first, edition].map(|edition| edition.newsletter.display());
        let message = match first.issue.id == *id {
            true => format!("“{one}” and “{other}” have the same id, “{id}”"),
            false => format!(
                "“{one}” has the id “{}” and “{other}” the id “{id}”, which is the same folder on many systems",
                first.issue.id
            ),
        };
        let remedy =
            "the id is made of the title and the volume: one of them has another volume, or is a copy";
        errors.push(Diagnostic::placeless(Rule::Twice, message, remedy));
    }
    errors
}
