use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::StoreError;
use super::manifest::Manifest;

/// What is in a folder but for folders: paths relative to it. Symbolic links are not followed.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Whether it is a plain file, and not a link or a device.
    entries: BTreeMap<PathBuf, bool>,
}

impl Tree {
    /// An empty one if there is no such folder.
    pub(super) fn of(folder: &Path) -> Result<Tree, StoreError> {
        let mut tree = Tree::default();
        if !folder.exists() {
            return Ok(tree);
        }
        for entry in WalkDir::new(folder) {
            let entry = entry.map_err(|error| StoreError::io(folder)(error.into()))?;
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

    /// Whether there is a plain file at `path`, in plain folders.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.entries.get(Path::new(path)) == Some(&true)
    }

    /// What no build wrote.
    pub(super) fn without(mut self, manifest: &Manifest) -> Tree {
        self.entries
            .retain(|path, _| path.to_str().is_none_or(|path| !manifest.has(path)));
        self
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.entries.keys().map(PathBuf::as_path)
    }

    /// Fails if one of `ours` cannot be in the same folder as what is in this tree.
    pub(super) fn make_way<T>(
        &self,
        ours: &BTreeMap<String, T>,
        folder: &Path,
    ) -> Result<(), StoreError> {
        let in_the_way = |path: &Path, ours: &str| {
            Err(StoreError::InTheWay {
                path: folder.join(path),
                ours: ours.to_owned(),
            })
        };
        for path in self.entries.keys() {
            // One of ours where this is, or where a folder is that this is in.
            let taken = path
                .ancestors()
                .find_map(|path| ours.get_key_value(path.to_str()?));
            if let Some((ours, _)) = taken {
                return in_the_way(path, ours);
            }
        }
        for path in ours.keys() {
            // One of these where a folder has to be.
            if let Some(taken) = Path::new(path)
                .ancestors()
                .find(|path| self.entries.contains_key(*path))
            {
                return in_the_way(taken, path);
            }
        }
        Ok(())
    }
}

/// Writes a new file, and makes the folders that it is in.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let write = || in_its_folder(path, || File::create_new(path))?.write_all(bytes);
    write().map_err(StoreError::io(path))
}

/// Makes `new` the same file as `old`, so that nothing of it changes, its time neither.
///
/// A symbolic link becomes the same symbolic link.
pub(super) fn link(old: &Path, new: &Path) -> Result<(), StoreError> {
    let link = in_its_folder(new, || fs::hard_link(old, new));
    // Some file systems have no links, and some systems refuse links to others' files.
    link.or_else(|_| copy(old, new))
        .map_err(StoreError::io(old))
}

/// Makes something at a path, and the folders that it is in if they are missing. To ask for them before
/// each file would be one question more for each of thousands.
fn in_its_folder<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            make()
        }
        other => other,
    }
}

fn copy(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(old)?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            ErrorKind::Unsupported,
            "this is neither a file nor a folder",
        ));
    }
    fs::copy(old, new)?;
    File::options()
        .write(true)
        .open(new)?
        .set_times(FileTimes::new().set_modified(metadata.modified()?))
}
