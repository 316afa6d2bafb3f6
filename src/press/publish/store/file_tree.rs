//! The files in a folder, and operations on single files.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::StoreError;

/// The files in a folder and its subfolders. Symbolic links are not followed.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Paths relative to the folder; true for a regular file, false for a link or a device.
    entries: BTreeMap<PathBuf, bool>,
}

impl Tree {
    /// Lists a folder. The tree is empty if the folder does not exist.
    pub(super) fn load(folder: &Path) -> Result<Tree, StoreError> {
        let mut tree = Tree::default();
        if !folder.exists() {
            return Ok(tree);
        }
        for entry in WalkDir::new(folder) {
            let entry = entry.map_err(|error| StoreError::from_io(folder)(error.into()))?;
            if let Ok(path) = entry.path().strip_prefix(folder)
                && !entry.file_type().is_dir()
            {
                tree.entries
                    .insert(path.to_owned(), entry.file_type().is_file());
            }
        }
        Ok(tree)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns true if there is a regular file at `path`, reached without links.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.entries.get(Path::new(path)) == Some(&true)
    }

    /// Removes the files that a build wrote.
    pub(super) fn without_built_files(mut self, is_built: impl Fn(&str) -> bool) -> Tree {
        self.entries
            .retain(|path, _| path.to_str().is_none_or(|path| !is_built(path)));
        self
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.entries.keys().map(PathBuf::as_path)
    }

    /// Fails if a file of `ours` and a file of this tree cannot be in the same folder.
    pub(super) fn check_conflicts<T>(
        &self,
        ours: &BTreeMap<String, T>,
        folder: &Path,
    ) -> Result<(), StoreError> {
        let conflict = |path: &Path, ours: &str| {
            Err(StoreError::InTheWay {
                path: folder.join(path),
                ours: ours.to_owned(),
            })
        };
        for path in self.entries.keys() {
            // One of ours has the path of this file, or of a folder above it.
            let taken = path
                .ancestors()
                .find_map(|path| ours.get_key_value(path.to_str()?));
            if let Some((ours, _)) = taken {
                return conflict(path, ours);
            }
        }
        for path in ours.keys() {
            // A file of this tree has the path of a folder above one of ours.
            if let Some(taken) = Path::new(path)
                .ancestors()
                .find(|path| self.entries.contains_key(*path))
            {
                return conflict(taken, path);
            }
        }
        Ok(())
    }
}

/// Writes a new file, and creates missing parent folders.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let write = || with_parent_folders(path, || File::create_new(path))?.write_all(bytes);
    write().map_err(StoreError::from_io(path))
}

/// Hard-links `old` as `new`, which keeps its content and its times. A symbolic link stays one.
pub(super) fn link_file(old: &Path, new: &Path) -> Result<(), StoreError> {
    let link = with_parent_folders(new, || fs::hard_link(old, new));
    // Some file systems have no hard links, and some systems refuse them for other users' files.
    link.or_else(|_| copy_file(old, new))
        .map_err(StoreError::from_io(old))
}

/// Calls `create` for a path, and again after creating missing parent folders. Checking for the
/// folders first would cost a system call for each of thousands of files.
fn with_parent_folders<T>(path: &Path, create: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match create() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            create()
        }
        other => other,
    }
}

fn copy_file(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(old)?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            ErrorKind::Unsupported,
            "it is neither a file nor a folder",
        ));
    }
    fs::copy(old, new)?;
    File::options()
        .write(true)
        .open(new)?
        .set_times(FileTimes::new().set_modified(metadata.modified()?))
}

/// Removes a folder. Its owner may have made the folders inside read-only for a while.
pub(super) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            make_writable(folder)?;
            fs::remove_dir_all(folder)
        }
        other => other,
    }
}

/// Makes a folder and those inside writable. Links are not followed.
fn make_writable(folder: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(folder)?;
    if !metadata.is_dir() {
        return Ok(());
    }
    set_writable(folder, metadata.permissions())?;
    for entry in fs::read_dir(folder)? {
        make_writable(&entry?.path())?;
    }
    Ok(())
}

#[cfg(unix)]
fn set_writable(folder: &Path, mut permissions: fs::Permissions) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    permissions.set_mode(permissions.mode() | 0o700);
    fs::set_permissions(folder, permissions)
}

#[cfg(not(unix))]
fn set_writable(_: &Path, _: fs::Permissions) -> io::Result<()> {
    Ok(())
}
