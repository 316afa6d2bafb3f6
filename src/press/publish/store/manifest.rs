//! The list of files that a build wrote, with their hashes.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{StoreError, file_tree};
use crate::file;

/// The path of the manifest in a site.
const PATH: &str = ".digest-press/files.json";

/// The files that a build wrote into a site. A folder without a manifest is not a site of this
/// program.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the program, since another one may compress differently.
    version: String,
    /// The paths of the files, with the hashes of their content.
    files: BTreeMap<String, Hash>,
}

/// The SHA-256 of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hash(String);

impl Hash {
    pub(super) fn new(bytes: &[u8]) -> Hash {
        Hash(HEXLOWER.encode(&Sha256::digest(bytes)))
    }
}

impl Manifest {
    pub(super) fn new(files: impl Iterator<Item = (String, Hash)>) -> Manifest {
        Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            files: files.collect(),
        }
    }

    /// Loads the manifest of a site, or returns `None` if there is none.
    pub(super) fn load(site: &Path) -> Result<Option<Manifest>, StoreError> {
        let path = site.join(PATH);
        let bytes = match file::read_without_links(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.map_err(StoreError::from_io(&path))?,
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|source| StoreError::Manifest { path, source })
    }

    pub(super) fn write(&self, site: &Path) -> Result<(), StoreError> {
        let path = site.join(PATH);
        let json = serde_json::to_vec_pretty(self);
        let json = json.map_err(|source| StoreError::Manifest {
            path: path.clone(),
            source,
        })?;
        file_tree::write_file(&path, &json)
    }

    pub(super) fn hash(&self, path: &str) -> Option<&Hash> {
        self.files.get(path)
    }

    /// Returns true if a build wrote the file at `path`.
    pub(super) fn contains(&self, path: &str) -> bool {
        path == PATH || self.files.contains_key(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn is_from_this_version(&self) -> bool {
        self.version == env!("CARGO_PKG_VERSION")
    }
}
