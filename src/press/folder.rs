//! Finds the newsletters of a series in its folder.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::file::FileError;
use crate::source::{is_unread_document, unsupported_type_error};
use crate::{Diagnostic, Rule, Series};

/// Enough for a newsletter a day for 27 years.
const MAX_NEWSLETTERS: usize = 10_000;

/// A folder with more files is likely a whole disk or a home folder.
const MAX_FILES: usize = 100_000;

/// Resolves the symbolic links in the path of an existing folder.
pub(crate) fn canonicalize(folder: &Path) -> Result<PathBuf, FileError> {
    fs::canonicalize(folder).map_err(|source| FileError::Read {
        path: folder.to_owned(),
        source,
    })
}

/// The files found in a folder, sorted by name.
#[derive(Debug, Default)]
pub(crate) struct FolderFiles {
    pub(crate) wanted: Vec<PathBuf>,
    /// Documents in formats that are not read, unless a wanted file has the same name.
    pub(crate) unread: Vec<PathBuf>,
}

/// Finds the files in `folder` and its subfolders for which `is_kind` is true.
///
/// Skips `README.md`, the references file of `press.toml`, and hidden files, such as those of
/// version control. The files that Word and editors keep beside an open document are skipped too.
///
/// # Errors
///
/// Returns one or more errors if there are no files or too many, if a file cannot be reached, or if
/// a symbolic link leads out of the folder.
pub(crate) fn find_files(
    folder: &Path,
    series: &Series,
    is_kind: impl Fn(&Path) -> bool,
) -> Result<FolderFiles, Vec<Diagnostic>> {
    let root = canonicalize(folder).map_err(|error| vec![error.into()])?;
    let references = series
        .references
        .as_ref()
        .and_then(|file| fs::canonicalize(&file.path).ok());
    let is_wanted = |path: &Path| is_kind(path) && !is_companion_file(path, references.as_deref());
    let mut found = FolderFiles::default();
    let mut errors = Vec::new();
    let is_visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let files = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_visible);
    for (index, entry) in files.enumerate() {
        if index == MAX_FILES {
            return Err(vec![too_many_error(folder, MAX_FILES, "files")]);
        }
        match entry {
            Ok(entry) if entry.path_is_symlink() && !is_inside(entry.path(), &root) => {
                errors.push(outside_link_error(entry.path()));
            }
            Ok(entry) if !entry.file_type().is_dir() && is_wanted(entry.path()) => {
                found.wanted.push(entry.into_path());
            }
            Ok(entry) if entry.file_type().is_file() && is_unread_document(entry.path()) => {
                found.unread.push(entry.into_path());
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
    match found.wanted.len() {
        _ if !errors.is_empty() => Err(errors),
        0 => Err(no_newsletter_errors(folder, &found.unread)),
        1..=MAX_NEWSLETTERS => Ok(found.without_copies()),
        _ => Err(vec![too_many_error(folder, MAX_NEWSLETTERS, "newsletters")]),
    }
}

impl FolderFiles {
    /// Leaves out unread documents beside a wanted file of the same name, such as a PDF.
    fn without_copies(mut self) -> FolderFiles {
        let names: HashSet<_> = self
            .wanted
            .iter()
            .map(|path| path.with_extension(""))
            .collect();
        self.unread
            .retain(|path| !names.contains(&path.with_extension("")));
        self
    }
}

/// Returns true for hidden files, and for Word's `~$issue.docx`, which only says who has the
/// document open.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

/// Returns true for `README.md` and the references file.
fn is_companion_file(path: &Path, references: Option<&Path>) -> bool {
    let is_readme = path
        .file_name()
        .is_some_and(|name| name.eq_ignore_ascii_case("README.md"));
    is_readme || references.is_some() && fs::canonicalize(path).ok().as_deref() == references
}

/// Returns true if a path is inside `root` once its symbolic links are followed.
fn is_inside(path: &Path, root: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|path| path.starts_with(root))
}

fn outside_link_error(path: &Path) -> Diagnostic {
    let message = format!(
        "“{}” is a symbolic link to a file outside the newsletters folder",
        path.display()
    );
    Diagnostic::without_span(
        Rule::File,
        message,
        "replace the link with the file itself, or remove it",
    )
}

fn no_newsletter_errors(folder: &Path, unread: &[PathBuf]) -> Vec<Diagnostic> {
    let unread = unread.iter().map(|path| unsupported_type_error(path));
    std::iter::once(no_newsletter_error(folder))
        .chain(unread)
        .collect()
}

fn no_newsletter_error(folder: &Path) -> Diagnostic {
    let message = format!("“{}” contains no newsletters", folder.display());
    let remedy = "choose the folder of the newsletters: \
        files ending in .md, .markdown, .docx, .html or .htm";
    Diagnostic::without_span(Rule::File, message, remedy)
}

fn too_many_error(folder: &Path, limit: usize, noun: &str) -> Diagnostic {
    let message = format!("“{}” contains more than {limit} {noun}", folder.display());
    Diagnostic::without_span(
        Rule::File,
        message,
        "check that this folder contains the newsletters of one series only",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::is_newsletter;

    /// Finds the newsletters in a folder with these files.
    fn find(names: &[&str]) -> Result<[Vec<String>; 2], Vec<Diagnostic>> {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let FolderFiles { wanted, unread } =
            find_files(folder.path(), &Series::default(), is_newsletter)?;
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        Ok([wanted, unread].map(|paths| paths.iter().map(name).collect()))
    }

    #[test]
    fn files_beside_an_open_document_are_passed_over() {
        let [wanted, unread] = find(&[
            "issue.docx",
            "~$issue.docx",
            "~$sue.docx",
            ".~lock.issue.docx#",
            ".#issue.md",
            "#issue.md#",
            "issue.md~",
            ".issue.md.swp",
        ])
        .unwrap();
        assert_eq!(wanted, ["issue.docx"]);
        assert!(unread.is_empty());
    }

    #[test]
    fn documents_of_other_formats_are_found_unless_they_are_copies() {
        let [wanted, unread] = find(&[
            "a.docx", "a.pdf", "b.odt", "c.DOC", "d.docm", "e.pages", "f.rtf", "g.pdf", "h.png",
        ])
        .unwrap();
        assert_eq!(wanted, ["a.docx"]);
        assert_eq!(
            unread,
            ["b.odt", "c.DOC", "d.docm", "e.pages", "f.rtf", "g.pdf"]
        );
        let errors = find(&["a.odt"]).unwrap_err();
        assert!(errors[1].message.contains("a.odt"), "{errors:?}");
    }
}
