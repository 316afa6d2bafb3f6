//! The folder that is served, written so that it is whole at any moment.
//!
//! What changed is written into a work folder beside the output; what did not is linked there from the
//! output as it is. When the new folder is whole, the two change places in one step. A program that is
//! ended before that leaves the old site, one that is ended after it leaves the new one; either way the
//! work folder stays behind, and the next build removes it.

mod compress;
mod error;
mod lock;
mod manifest;
mod swap;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub(crate) use compress::{Effort, is_compressed};
use compress::{Encoding, is_compressible};
pub(crate) use error::StoreError;
use lock::Lock;
use manifest::{Hash, Manifest};
use tree::Tree;

/// A site that is being written.
#[derive(Debug)]
pub(crate) struct Store {
    /// The output folder, without symbolic links in its path.
    output: PathBuf,
    /// Keeps other builds out, and holds the new site until it is whole.
    lock: Lock,
    /// What is in the output folder.
    old: Tree,
    /// What the last build wrote there.
    manifest: Manifest,
    /// The files of the new site, by their paths.
    files: Mutex<BTreeMap<String, File>>,
}

/// A file of the new site.
#[derive(Clone, Debug)]
struct File {
    hash: Hash,
    /// Whether it is the same as in the output folder, and not in the work folder yet.
    is_unchanged: bool,
}

/// What a build did to the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The paths of the files that are new or have other bytes, in order.
    pub(crate) written: Vec<String>,
    /// The paths of the files that the last build wrote and this one did not, in order.
    pub(crate) removed: Vec<String>,
    /// How many files stayed as they were.
    pub(crate) unchanged: usize,
}

impl Store {
    /// Starts a site that takes the place of the one in `output` when it is finished.
    ///
    /// # Errors
    ///
    /// If `output` holds something else than a site of this program, if another build writes there,
    /// or if the folder that `output` is in cannot be written to.
    pub(crate) fn begin(output: &Path) -> Result<Store, StoreError> {
        let output = swap::resolve(output)?;
        let lock = Lock::take(&output)?;
        swap::recover(&output, &lock)?;
        let old = Tree::of(&output)?;
        let manifest = Manifest::read(&output)?;
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

    /// The bytes of a file that the last build wrote.
    pub(crate) fn old(&self, path: &str) -> Option<Vec<u8>> {
        (self.manifest.has(path) && self.old.has_file(path))
            .then(|| fs::read(self.output.join(path)).ok())?
    }

    /// Adds a file to the site, and compressed ones beside it if that makes it smaller.
    ///
    /// `path` is relative to the site, with `/` between its parts.
    ///
    /// # Errors
    ///
    /// If the path leads out of the site, if the site has such a file already, or if it cannot be written.
    pub(crate) fn write(
        &self,
        path: &str,
        bytes: &[u8],
        effort: Effort<'_>,
    ) -> Result<(), StoreError> {
        let is_unchanged = self.put(path, bytes)?;
        if !is_compressible(path, bytes) {
            return Ok(());
        }
        for encoding in Encoding::ALL {
            let compressed_path = format!("{path}.{}", encoding.extension());
            // Another version of the program may compress in another way.
            if is_unchanged && self.manifest.is_of_this_version() && self.keep(&compressed_path)? {
                continue;
            }
            if let Some(compressed) = encoding.compress(bytes, effort) {
                self.put(&compressed_path, &compressed)?;
            }
        }
        Ok(())
    }

    /// Adds the files of the old site that `is_kept` names and that the new one has not, as they are, with
    /// the compressed ones beside them.
    pub(crate) fn keep_all(&self, is_kept: impl Fn(&str) -> bool) -> Result<(), StoreError> {
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

    /// The paths of the files that were added so far, but for compressed ones.
    pub(crate) fn paths(&self) -> BTreeSet<String> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files
            .keys()
            .filter(|path| !is_compressed(path))
            .cloned()
            .collect()
    }

    /// Puts the new site in the place of the old one. If they are the same, nothing is touched.
    ///
    /// # Errors
    ///
    /// If files in the output folder that are not ours are in the way, or if the site cannot be written.
    /// The old site is then as it was.
    pub(crate) fn finish(self) -> Result<Changes, StoreError> {
        let Store {
            output,
            lock,
            old,
            manifest,
            files,
        } = self;
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let foreign = old.without(&manifest);
        foreign.make_way(&files, &output)?;

        let changes = changes(&files, &manifest);
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
            .try_for_each(|path| tree::link(&output.join(path), &new.join(path)))?;
        new_manifest.write(&new)?;
        swap::swap(&new, &output, &lock)?;
        Ok(changes)
    }

    /// Adds one file, and says whether it is the same as in the output folder.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        if !is_within(path) {
            return Err(StoreError::Outside {
                path: path.to_owned(),
            });
        }
        let hash = Hash::of(bytes);
        let is_unchanged = self.manifest.hash(path) == Some(&hash) && self.has(path, bytes);
        self.add(path, File { hash, is_unchanged })?;
        if !is_unchanged {
            tree::write(&self.lock.new_folder().join(path), bytes)?;
        }
        Ok(is_unchanged)
    }

    /// Adds a file as it is in the output folder, if it is there as a build wrote it.
    pub(crate) fn keep(&self, path: &str) -> Result<bool, StoreError> {
        let Some(hash) = self.manifest.hash(path) else {
            return Ok(false);
        };
        if self.old(path).is_none_or(|bytes| Hash::of(&bytes) != *hash) {
            return Ok(false);
        }
        self.add(
            path,
            File {
                hash: hash.clone(),
                is_unchanged: true,
            },
        )?;
        Ok(true)
    }

    fn add(&self, path: &str, file: File) -> Result<(), StoreError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(path.to_owned(), file) {
            None => Ok(()),
            Some(_) => Err(StoreError::Twice {
                path: path.to_owned(),
            }),
        }
    }

    /// Whether the output folder has these bytes at `path`.
    fn has(&self, path: &str, bytes: &[u8]) -> bool {
        self.old.has_file(path) && is_same(&self.output.join(path), bytes).unwrap_or(false)
    }
}

fn changes(files: &BTreeMap<String, File>, manifest: &Manifest) -> Changes {
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

/// Whether a path stays within the site wherever the site is served from or copied to.
fn is_within(path: &str) -> bool {
    let is_name =
        |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', ':', '\0']);
    path.split('/').all(is_name)
}

fn is_same(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut found = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut found)?;
    Ok(found == bytes)
}

#[cfg(test)]
mod tests;
