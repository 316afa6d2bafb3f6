//! Reading and writing files, with messages that name them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

pub(crate) fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

pub(crate) fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Writes a file, and makes its folder first if there is none.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    make_folder_of(file)?;
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

/// Copies a file, and makes its new folder first if there is none.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, &read(from)?)
}

pub(crate) fn make_folder_of(file: &Path) -> Result<()> {
    let folder = file.parent().context("a file without a folder")?;
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// Every file in a folder and the folders in it.
pub(crate) fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let cannot_list = || format!("cannot list {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(cannot_list)? {
        let path = entry.with_context(cannot_list)?.path();
        if path.is_dir() {
            files.extend(in_folder(&path)?)
        } else {
            files.push(path)
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn remove(file: &Path) -> Result<()> {
    fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))
}

/// An empty folder in place of whatever is there.
pub(crate) fn fresh_folder(path: &str) -> Result<PathBuf> {
    let folder = PathBuf::from(path);
    remove_folder(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {path}"))?;
    Ok(folder)
}

pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder)
        .with_context(|| format!("cannot remove the folder {}", folder.display()))
}
