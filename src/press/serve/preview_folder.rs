//! The temporary folder of a preview, which is removed even if the preview was killed.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::file::{self, Links};

/// The temporary folder of a preview. Dropping this value removes it. If the preview is killed, the
/// next one removes it: the system has released the lock.
#[derive(Debug)]
pub(crate) struct PreviewFolder {
    folder: TempDir,
    lock: File,
}

/// The prefix of the folders' names. No other folder is ever removed.
const PREFIX: &str = "digest-press-serve-";

/// The file that a running preview has locked.
const LOCK: &str = "lock";

impl PreviewFolder {
    /// Creates a folder in `parent`, and removes folders that killed previews left there.
    pub(crate) fn new(parent: &Path) -> io::Result<PreviewFolder> {
        remove_abandoned(parent);
        loop {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
            let lock = File::create_new(folder.path().join(LOCK))?;
            match lock.try_lock() {
                Ok(()) => return Ok(PreviewFolder { folder, lock }),
                // Another preview locked it after its creation, in order to remove it.
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Removes the folder.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be removed.
    pub(crate) fn close(self) -> io::Result<()> {
        drop(self.lock);
        self.folder.close()
    }
}

/// Removes the folders of killed previews. Folders of other users cannot be removed, and are
/// ignored.
fn remove_abandoned(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_ours = entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(PREFIX.as_bytes());
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = remove_if_abandoned(&entry.path());
        }
    }
}

fn remove_if_abandoned(folder: &Path) -> io::Result<()> {
    file::check_own_folder(folder)?;
    // A folder without the file is just being created.
    let lock = file::open_regular(&folder.join(LOCK), Links::Refuse)?;
    lock.try_lock()?;
    fs::remove_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_killed_previews_are_removed() {
        let parent = tempfile::tempdir().unwrap();
        let running = PreviewFolder::new(parent.path()).unwrap();
        let PreviewFolder { folder, lock } = PreviewFolder::new(parent.path()).unwrap();
        let killed = folder.keep();
        fs::create_dir(killed.join("site")).unwrap();
        drop(lock);
        let [starting, other] =
            ["digest-press-serve-starting", "other"].map(|name| parent.path().join(name));
        fs::create_dir(&starting).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(other.join(LOCK), "").unwrap();

        let next = PreviewFolder::new(parent.path()).unwrap();
        assert!(!killed.exists());
        assert!(
            [running.path(), next.path(), &starting, &other]
                .iter()
                .all(|folder| folder.exists())
        );
        let path = next.path().to_owned();
        next.close().unwrap();
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let [parent, elsewhere] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        fs::write(elsewhere.path().join(LOCK), "").unwrap();
        std::os::unix::fs::symlink(
            elsewhere.path(),
            parent.path().join("digest-press-serve-link"),
        )
        .unwrap();
        PreviewFolder::new(parent.path()).unwrap();
        assert!(elsewhere.path().join(LOCK).exists());
    }
}
