use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::{Diagnostic, Rule};

/// Why a site could not be written. The old one is then as it was.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    #[error("“{}” holds files that digest-press did not write", path.display())]
    NotOurs { path: PathBuf },
    #[error("“{}” is not as digest-press wrote it: {source}", path.display())]
    Manifest {
        path: PathBuf,
        source: serde_json::Error,
    },
    #[error("another build into “{}” is under way", path.display())]
    Locked { path: PathBuf },
    #[error("“{}” is no folder that can be replaced by a new one", path.display())]
    NotReplaceable { path: PathBuf },
    #[error("“{}”, which digest-press did not write, is in the way of the site's “{ours}”", path.display())]
    InTheWay { path: PathBuf, ours: String },
    #[error("the site has two files “{path}”")]
    Twice { path: String },
    #[error("“{path}” would be outside of the site, or in no place that all servers have")]
    Outside { path: String },
    #[error("“{}”: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("“{}” cannot be replaced by the new site: {source}", path.display())]
    Swap { path: PathBuf, source: io::Error },
}

impl StoreError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        move |source| StoreError::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// What to do about it.
    fn remedy(&self) -> &'static str {
        match self {
            StoreError::NotOurs { .. } => "name an empty folder, or one that does not exist yet",
            StoreError::Manifest { .. } => {
                "remove the folder, or name another one; everything is written anew"
            }
            StoreError::Locked { .. } => "wait until it has ended, or end it",
            StoreError::NotReplaceable { .. } => "name a folder inside it, which may be new",
            StoreError::InTheWay { .. } => "move your file away, or give it another name",
            StoreError::Twice { .. } => "give one of them another name",
            StoreError::Outside { .. } => "give it a plain name",
            StoreError::Io { .. } => {
                "check that the folder can be written to and that its disk is not full"
            }
            StoreError::Swap { .. } => "if it is a mounted disk or volume, name a folder inside it",
        }
    }
}

impl From<StoreError> for Diagnostic {
    fn from(error: StoreError) -> Diagnostic {
        Diagnostic::without_span(Rule::Output, error.to_string(), error.remedy())
    }
}
