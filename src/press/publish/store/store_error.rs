//! Errors of writing a site.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::{Diagnostic, Rule};

/// A site that could not be written. The old site stays.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    #[error("“{}” contains files that digest-press did not write", path.display())]
    NotOurs { path: PathBuf },
    #[error("“{}” was changed by another program: {source}", path.display())]
    Manifest {
        path: PathBuf,
        source: serde_json::Error,
    },
    #[error("another build is writing to “{}”", path.display())]
    Locked { path: PathBuf },
    #[error("“{}” is not a work folder of digest-press: {source}", path.display())]
    WorkFolder { path: PathBuf, source: io::Error },
    #[error("“{}” is not a folder that can be replaced", path.display())]
    NotReplaceable { path: PathBuf },
    #[error(
        "“{}”, which digest-press did not write, is where the site needs “{ours}”",
        path.display()
    )]
    InTheWay { path: PathBuf, ours: String },
    #[error("the site would have two files “{path}”")]
    DuplicatePath { path: String },
    #[error("“{path}” would be outside the site, or is not a valid path on all servers")]
    InvalidPath { path: String },
    #[error("“{}”: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("“{}” cannot be replaced: {source}", path.display())]
    Swap { path: PathBuf, source: io::Error },
}

impl StoreError {
    pub(crate) fn from_io(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        move |source| StoreError::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// Returns what the user can do about it.
    fn remedy(&self) -> &'static str {
        match self {
            StoreError::NotOurs { .. } => "choose an empty or a new folder",
            StoreError::Manifest { .. } => {
                "remove the folder, or choose another one: the build writes everything again"
            }
            StoreError::Locked { .. } => "wait until it ends, or stop it",
            StoreError::WorkFolder { .. } => {
                "remove it if it is not needed, or choose another output folder"
            }
            StoreError::NotReplaceable { .. } => "choose a folder inside it; it may be new",
            StoreError::InTheWay { .. } => "move or rename your file",
            StoreError::DuplicatePath { .. } => "rename one of them",
            StoreError::InvalidPath { .. } => "give it a plain name",
            StoreError::Io { .. } => {
                "check that the folder is writable and that the disk is not full"
            }
            StoreError::Swap { .. } => {
                "if it is a mounted disk or volume, choose a folder inside it"
            }
        }
    }
}

impl From<StoreError> for Diagnostic {
    fn from(error: StoreError) -> Diagnostic {
        Diagnostic::without_span(Rule::Output, error.to_string(), error.remedy())
    }
}
