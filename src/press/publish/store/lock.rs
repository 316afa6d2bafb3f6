//! The lock on an output folder: one build at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::{StoreError, file_tree};
use crate::file::{self, Links};

/// The locked work folder beside an output folder.
///
/// The system releases the lock when the program ends, even if it is killed. Dropping this value
/// removes the folder.
#[derive(Debug)]
pub(super) struct Lock {
    folder: PathBuf,
    /// Holds the lock while it is open.
    _file: File,
}

impl Lock {
    /// Locks the work folder of `output`: `.site.digest-press` for `site`.
    pub(super) fn acquire(output: &Path) -> Result<Lock, StoreError> {
        let name = output.file_name().unwrap_or_default().to_string_lossy();
        let folder = output.with_file_name(format!(".{name}.digest-press"));
        loop {
            let file = open_lock_file(&folder).map_err(|error| folder_error(&folder, error))?;
            match file.as_ref().map(File::try_lock) {
                Some(Err(TryLockError::WouldBlock)) => {
                    return Err(StoreError::Locked {
                        path: output.to_owned(),
                    });
                }
                Some(Err(TryLockError::Error(error))) => {
                    return Err(StoreError::from_io(&folder)(error));
                }
                Some(Ok(())) | None => {}
            }
            // Another build may have removed the folder after this one opened the file.
            if let Some(file) = file.filter(|file| is_still_there(file, &folder)) {
                return Ok(Lock {
                    folder,
                    _file: file,
                });
            }
        }
    }

    /// The folder of the new site until it is complete. After an exchange, it holds the old site.
    pub(super) fn new_folder(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// The folder of the old site while folders are renamed in two steps.
    pub(super) fn old_folder(&self) -> PathBuf {
        self.folder.join("old")
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // If this fails, the next build tries again and reports the error.
        let _ = file_tree::remove_folder(&self.folder);
    }
}

/// Opens the file to lock, or returns `None` if another build just removed its folder.
fn open_lock_file(folder: &Path) -> io::Result<Option<File>> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        other => other?,
    }
    // Its name is known, so anybody who can write beside the output can have prepared it.
    match file::check_own_folder(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other?,
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    file::set_open_flags(&mut options, Links::Refuse);
    match options.open(lock_file_path(folder)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Ok(file) if !file.metadata()?.is_file() => Err(file::not_regular()),
        other => other.map(Some),
    }
}

/// Returns the error for a work folder. Only errors of our own checks have no code of the system.
fn folder_error(folder: &Path, source: io::Error) -> StoreError {
    let path = folder.to_owned();
    if source.raw_os_error().is_none() {
        StoreError::WorkFolder { path, source }
    } else {
        StoreError::Io { path, source }
    }
}

fn is_still_there(file: &File, folder: &Path) -> bool {
    let ours = file.try_clone().and_then(Handle::from_file);
    ours.is_ok_and(|ours| {
        Handle::from_path(lock_file_path(folder)).is_ok_and(|there| there == ours)
    })
}

fn lock_file_path(folder: &Path) -> PathBuf {
    folder.join("lock")
}
