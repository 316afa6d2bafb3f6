//! File operations that xshell does not have.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use walkdir::WalkDir;
use xshell::Shell;

/// Copies a file and creates the folder of the copy if it is missing.
pub(crate) fn copy(sh: &Shell, from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<()> {
    Ok(sh.write_file(to, sh.read_binary_file(from)?)?)
}

/// Writes a text unless the file has it: Trunk would take the writing of an equal file for a change,
/// and build without end.
pub(crate) fn write_if_changed(sh: &Shell, file: &Path, text: &str) -> Result<()> {
    if sh.read_file(file).is_ok_and(|old| old == text) {
        return Ok(());
    }
    Ok(sh.write_file(file, text)?)
}

/// Renames a file or a folder.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to)
        .with_context(|| format!("cannot rename {} to {}", from.display(), to.display()))
}

/// All files in a folder and its subfolders, sorted.
pub(crate) fn list_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    files.sort();
    Ok(files)
}

/// Creates an empty folder; removes what was there.
pub(crate) fn create_empty_folder(sh: &Shell, path: &str) -> Result<PathBuf> {
    sh.remove_path(path)?;
    sh.create_dir(path)?;
    Ok(path.into())
}
