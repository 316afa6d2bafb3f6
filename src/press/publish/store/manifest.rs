use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{StoreError, tree};

/// Where the manifest is in a site.
const PATH: &str = ".digest-press/files.json";

/// The files that a build wrote into a site. A folder without one was not written by this program.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the program: another one may compress in another way.
    version: String,
    /// The paths of the files, and what was in them.
    files: BTreeMap<String, Hash>,
}

/// What is in a file, in short: its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hash(String);

impl Hash {
    pub(super) fn of(bytes: &[u8]) -> Hash {
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

    /// The manifest of the site in a folder, or `None` if there is none.
    pub(super) fn read(site: &Path) -> Result<Option<Manifest>, StoreError> {
        let path = site.join(PATH);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.map_err(StoreError::io(&path))?,
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
        tree::write(&path, &json)
    }

    pub(super) fn hash(&self, path: &str) -> Option<&Hash> {
        self.files.get(path)
    }

    /// Whether the file at `path` is one that a build wrote.
    pub(super) fn has(&self, path: &str) -> bool {
        path == PATH || self.files.contains_key(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn is_of_this_version(&self) -> bool {
        self.version == env!("CARGO_PKG_VERSION")
    }
}
