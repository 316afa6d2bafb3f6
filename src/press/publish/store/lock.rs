use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::StoreError;

/// The work folder beside an output folder, which only one build at a time has.
///
/// The system lets go of the lock when the program ends, however it ends. The folder is removed with
/// this value.
#[derive(Debug)]
pub(super) struct Lock {
    folder: PathBuf,
    /// Holds the lock as long as it is open.
    _file: File,
}

impl Lock {
    /// Takes the work folder of `output`: `.site.digest-press` for `site`.
    pub(super) fn take(output: &Path) -> Result<Lock, StoreError> {
        let name = output.file_name().unwrap_or_default().to_string_lossy();
        let folder = output.with_file_name(format!(".{name}.digest-press"));
        loop {
            let file = open(&folder).map_err(StoreError::io(&folder))?;
            match file.as_ref().map(File::try_lock) {
                Some(Err(TryLockError::WouldBlock)) => {
                    return Err(StoreError::Locked {
                        path: output.to_owned(),
                    });
                }
                Some(Err(TryLockError::Error(error))) => {
                    return Err(StoreError::io(&folder)(error));
                }
                Some(Ok(())) | None => {}
            }
            // The build that had it before may have removed it between the two steps.
            if let Some(file) = file.filter(|file| is_still_there(file, &folder)) {
                return Ok(Lock {
                    folder,
                    _file: file,
                });
            }
        }
    }

    /// Where the new site is until it is whole; after the swap, perhaps the old one.
    pub(super) fn new_folder(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where the old site is during a swap in two steps.
    pub(super) fn old_folder(&self) -> PathBuf {
        self.folder.join("old")
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build, or named by it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The file to lock, or `None` if another build removed its folder just now.
fn open(folder: &Path) -> io::Result<Option<File>> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        other => other?,
    }
    match OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(file_in(folder))
    {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

fn is_still_there(file: &File, folder: &Path) -> bool {
    let ours = file.try_clone().and_then(Handle::from_file);
    ours.is_ok_and(|ours| Handle::from_path(file_in(folder)).is_ok_and(|there| there == ours))
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("lock")
}
