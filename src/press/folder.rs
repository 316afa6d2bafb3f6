//! A series as its editor keeps it: a folder of newsletters.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::file::FileError;
use crate::{Diagnostic, Rule, Series};

/// A newsletter a day for 27 years.
const MAX_NEWSLETTERS: usize = 10_000;

/// More files than this are no folder of newsletters, but a disk or a home folder.
const MAX_FILES: usize = 100_000;

/// The path of a folder that is there, without symbolic links.
pub(crate) fn canonical(folder: &Path) -> Result<PathBuf, FileError> {
    fs::canonicalize(folder).map_err(|source| FileError::Read {
        path: folder.to_owned(),
        source,
    })
}

/// The files in `folder` and in the folders in it that are of a kind that is wanted, in the order of their
/// names.
///
/// Passed over are names that begin with a dot, as editors and version control make them; `README.md`,
/// and the file of references that `press.toml` names.
///
/// # Errors
///
/// If there are none or too many, if one cannot be reached, or if a link leads out of the folder: never
/// empty.
pub(crate) fn files(
    folder: &Path,
    series: &Series,
    is_kind: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let root = canonical(folder).map_err(|error| vec![error.into()])?;
    let references = series
        .references
        .as_ref()
        .and_then(|file| fs::canonicalize(&file.path).ok());
    let is_wanted = |path: &Path| is_kind(path) && !is_beside(path, references.as_deref());
    let mut found = Vec::new();
    let mut errors = Vec::new();
    let is_seen = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let files = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_seen);
    for (index, entry) in files.enumerate() {
        if index == MAX_FILES {
            return Err(vec![too_many(folder, MAX_FILES, "files")]);
        }
        match entry {
            Ok(entry) if entry.path_is_symlink() && !leads_into(entry.path(), &root) => {
                errors.push(leads_out(entry.path()));
            }
            Ok(entry) if !entry.file_type().is_dir() && is_wanted(entry.path()) => {
                found.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error)
                if error
                    .path()
                    .and_then(Path::file_name)
                    .is_some_and(is_hidden) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                errors.push(
                    FileError::Read {
                        path,
                        source: error.into(),
                    }
                    .into(),
                );
            }
        }
    }
    match found.len() {
        _ if !errors.is_empty() => Err(errors),
        0 => Err(vec![none(folder)]),
        1..=MAX_NEWSLETTERS => Ok(found),
        _ => Err(vec![too_many(folder, MAX_NEWSLETTERS, "newsletters")]),
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file is about the newsletters, and none of them.
fn is_beside(path: &Path, references: Option<&Path>) -> bool {
    let is_readme = path
        .file_name()
        .is_some_and(|name| name.eq_ignore_ascii_case("README.md"));
    is_readme || references.is_some() && fs::canonicalize(path).ok().as_deref() == references
}

/// Whether a path is in `root`, also when all symbolic links in it are followed.
fn leads_into(path: &Path, root: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| path.starts_with(root))
}

fn leads_out(path: &Path) -> Diagnostic {
    let message = format!(
        "“{}” is a link that leads out of the folder of the newsletters",
        path.display()
    );
    Diagnostic::without_span(
        Rule::File,
        message,
        "put the file itself there, or remove the link",
    )
}

fn none(folder: &Path) -> Diagnostic {
    let message = format!("“{}” holds no newsletter", folder.display());
    let remedy = "name the folder of the newsletters; their names end in .md, .markdown, .docx, .html or .htm";
    Diagnostic::without_span(Rule::File, message, remedy)
}

fn too_many(folder: &Path, most: usize, what: &str) -> Diagnostic {
    let message = format!("“{}” holds more than {most} {what}", folder.display());
    Diagnostic::without_span(
        Rule::File,
        message,
        "check that it is the folder of the newsletters of one series",
    )
}
