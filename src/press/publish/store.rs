//! Writes the output folder so that it always holds a complete site.
//!
//! Changed files are written into a work folder beside the output, and unchanged files are
//! hard-linked there. When the new site is complete, the two folders are exchanged in one step. A
//! build that is killed leaves either the old or the new site, and a work folder that the next
//! build removes.

mod compress;
mod file_tree;
mod lock;
mod manifest;
mod store_error;
mod swap;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::file::{self, Links};
pub(crate) use compress::{Effort, is_compressed};
use compress::{Encoding, is_compressible};
use file_tree::Tree;
use lock::Lock;
use manifest::{Hash, Manifest};
pub(crate) use store_error::StoreError;

/// A site that is being written.
#[derive(Debug)]
pub(crate) struct Store {
    /// The output folder, without symbolic links in its path.
    output: PathBuf,
    /// Keeps other builds out, and holds the new site until it is complete.
    lock: Lock,
    /// The files in the output folder.
    old: Tree,
    /// The files that the last build wrote there.
    manifest: Manifest,
    /// The files of the new site, by their paths.
    files: Mutex<BTreeMap<String, StoredFile>>,
}

/// A file of the new site.
#[derive(Clone, Debug)]
struct StoredFile {
    hash: Hash,
    /// True if the output folder has the same file; it is not in the work folder then.
    is_unchanged: bool,
}

/// The changes of a build to the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The sorted paths of new and changed files.
    pub(crate) written: Vec<String>,
    /// The sorted paths of files that the last build wrote and this one did not.
    pub(crate) removed: Vec<String>,
    /// The number of unchanged files.
    pub(crate) unchanged: usize,
}

impl Store {
    /// Starts a site that replaces the one in `output` when it is finished.
    ///
    /// # Errors
    ///
    /// Returns an error if `output` has files but no site of this program, if another build is
    /// writing there, or if its parent folder is not writable.
    pub(crate) fn begin(output: &Path) -> Result<Store, StoreError> {
        let output = swap::resolve_output(output)?;
        let lock = Lock::acquire(&output)?;
        swap::recover_old_site(&output, &lock)?;
        let old = Tree::load(&output)?;
        let manifest = Manifest::load(&output)?;
        if manifest.is_none() && !old.is_empty() {
            return Err(StoreError::NotOurs { path: output });
        }
        let manifest = manifest.unwrap_or_default();
        Ok(Store {
            output,
            lock,
            old,
            manifest,
            files: Mutex::default(),
        })
    }

    /// Reads a file that the last build wrote.
    pub(crate) fn read_old(&self, path: &str) -> Option<Vec<u8>> {
        (self.manifest.contains(path) && self.old.has_file(path))
            .then(|| file::read_without_links(&self.output.join(path)).ok())?
    }

    /// Adds a file to the site, with compressed versions beside it if they are smaller.
    ///
    /// `path` is relative to the site, with `/` as the separator.
    ///
    /// # Errors
    ///
    /// Returns an error if the path leads out of the site, if the site already has a file there, or
    /// if it cannot be written.
    pub(crate) fn write(
        &self,
        path: &str,
        bytes: &[u8],
        effort: Effort<'_>,
    ) -> Result<(), StoreError> {
        let is_unchanged = self.put_file(path, bytes)?;
        if !is_compressible(path, bytes) {
            return Ok(());
        }
        for encoding in Encoding::ALL {
            let compressed_path = format!("{path}.{}", encoding.extension());
            // Another version of the program may compress differently.
            if is_unchanged
                && self.manifest.is_from_this_version()
                && self.keep(&compressed_path)?
            {
                continue;
            }
            if let Some(compressed) = encoding.compress(bytes, effort) {
                self.put_file(&compressed_path, &compressed)?;
            }
        }
        Ok(())
    }

    /// Keeps a file of the old site. Returns false if it is missing or was changed by another
    /// program.
    pub(crate) fn keep(&self, path: &str) -> Result<bool, StoreError> {
        let Some(hash) = self.manifest.hash(path) else {
            return Ok(false);
        };
        if self
            .read_old(path)
            .is_none_or(|bytes| Hash::new(&bytes) != *hash)
        {
            return Ok(false);
        }
        self.add_entry(
            path,
            StoredFile {
                hash: hash.clone(),
                is_unchanged: true,
            },
        )?;
        Ok(true)
    }

    /// Keeps the files of the old site for which `is_kept` is true and that the new site does not
    /// have, with their compressed versions.
    pub(crate) fn keep_matching(&self, is_kept: impl Fn(&str) -> bool) -> Result<(), StoreError> {
        let written = self.paths();
        for path in self
            .manifest
            .paths()
            .filter(|path| is_kept(path) && !written.contains(*path))
        {
            let compressed =
                Encoding::ALL.map(|encoding| format!("{path}.{}", encoding.extension()));
            for path in compressed.iter().map(String::as_str).chain([path]) {
                self.keep(path)?;
            }
        }
        Ok(())
    }

    /// Returns the paths of the files added so far, without compressed versions.
    pub(crate) fn paths(&self) -> BTreeSet<String> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files
            .keys()
            .filter(|path| !is_compressed(path))
            .cloned()
            .collect()
    }

    /// Replaces the old site with the new one. If they are equal, nothing is touched.
    ///
    /// # Errors
    ///
    /// Returns an error if the output folder has other files where files of the site belong, or if
    /// the site cannot be written. The old site stays.
    pub(crate) fn finish(self) -> Result<Changes, StoreError> {
        let Store {
            output,
            lock,
            old,
            manifest,
            files,
        } = self;
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let foreign = old.without_built_files(|path| manifest.contains(path));
        foreign.check_conflicts(&files, &output)?;

        let changes = compare_files(&files, &manifest);
        let new_manifest = Manifest::new(
            files
                .iter()
                .map(|(path, file)| (path.clone(), file.hash.clone())),
        );
        if changes.written.is_empty() && changes.removed.is_empty() && new_manifest == manifest {
            return Ok(changes);
        }
        let new = lock.new_folder();
        let unchanged = files
            .iter()
            .filter(|(_, file)| file.is_unchanged)
            .map(|(path, _)| Path::new(path));
        let kept: Vec<_> = unchanged.chain(foreign.paths()).collect();
        kept.par_iter()
            .try_for_each(|path| file_tree::link_file(&output.join(path), &new.join(path)))?;
        new_manifest.write(&new)?;
        swap::replace_site(&new, &output, &lock)?;
        Ok(changes)
    }

    /// Adds one file. Returns true if the output folder has the same one.
    fn put_file(&self, path: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        if !is_valid_path(path) {
            return Err(StoreError::InvalidPath {
                path: path.to_owned(),
            });
        }
        let hash = Hash::new(bytes);
        let is_unchanged = self.manifest.hash(path) == Some(&hash) && self.has_old(path, bytes);
        self.add_entry(path, StoredFile { hash, is_unchanged })?;
        if !is_unchanged {
            file_tree::write_file(&self.lock.new_folder().join(path), bytes)?;
        }
        Ok(is_unchanged)
    }

    fn add_entry(&self, path: &str, file: StoredFile) -> Result<(), StoreError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(path.to_owned(), file) {
            None => Ok(()),
            Some(_) => Err(StoreError::DuplicatePath {
                path: path.to_owned(),
            }),
        }
    }

    /// Returns true if the output folder has these bytes at `path`.
    fn has_old(&self, path: &str, bytes: &[u8]) -> bool {
        self.old.has_file(path) && has_bytes(&self.output.join(path), bytes).unwrap_or(false)
    }
}

fn compare_files(files: &BTreeMap<String, StoredFile>, manifest: &Manifest) -> Changes {
    let written = files
        .iter()
        .filter(|(_, file)| !file.is_unchanged)
        .map(|(path, _)| path.clone());
    let written: Vec<_> = written.collect();
    Changes {
        unchanged: files.len() - written.len(),
        written,
        removed: manifest
            .paths()
            .filter(|path| !files.contains_key(*path))
            .map(str::to_owned)
            .collect(),
    }
}

/// Returns true if a path stays inside the site on every file system and web server.
fn is_valid_path(path: &str) -> bool {
    let is_name =
        |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', ':', '\0']);
    path.split('/').all(is_name)
}

fn has_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = file::open_regular(path, Links::Refuse)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut found = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut found)?;
    Ok(found == bytes)
}

#[cfg(test)]
mod tests;
