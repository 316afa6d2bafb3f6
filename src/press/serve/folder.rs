use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// The folder of a preview's files. It is removed with this value, or by a later preview if this one is
/// killed: the system lets go of the lock when a program ends, however it ends.
#[derive(Debug)]
pub(crate) struct Folder {
    folder: TempDir,
    lock: File,
}

/// What the names of these folders begin with, so that no other one is ever removed.
const PREFIX: &str = "digest-press-serve-";

/// The file in a folder that its preview has locked.
const LOCK: &str = "lock";

impl Folder {
    /// Makes a folder in `parent`, and removes those that nobody has locked.
    pub(crate) fn new(parent: &Path) -> io::Result<Folder> {
        remove_abandoned(parent);
        loop {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
            let lock = File::create_new(folder.path().join(LOCK))?;
            match lock.try_lock() {
                Ok(()) => return Ok(Folder { folder, lock }),
                // Between the two steps another preview took it for abandoned, and removes it.
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Removes it, and says if that was not possible.
    pub(crate) fn close(self) -> io::Result<()> {
        drop(self.lock);
        self.folder.close()
    }
}

/// Removes what previews that were killed have left. What cannot be removed, such as that of another user, is
/// not this preview's business.
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
    // One without the file is being made just now.
    let lock = File::open(folder.join(LOCK))?;
    lock.try_lock()?;
    fs::remove_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_preview_left_that_was_killed_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let running = Folder::new(parent.path()).unwrap();
        let Folder { folder, lock } = Folder::new(parent.path()).unwrap();
        let killed = folder.keep();
        fs::create_dir(killed.join("site")).unwrap();
        drop(lock);
        let [begun, other] =
            ["digest-press-serve-begun", "other"].map(|name| parent.path().join(name));
        fs::create_dir(&begun).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(other.join(LOCK), "").unwrap();

        let next = Folder::new(parent.path()).unwrap();
        assert!(!killed.exists());
        assert!(
            [running.path(), next.path(), &begun, &other]
                .iter()
                .all(|folder| folder.exists())
        );
        let path = next.path().to_owned();
        next.close().unwrap();
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let [parent, elsewhere] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        fs::write(elsewhere.path().join(LOCK), "").unwrap();
        std::os::unix::fs::symlink(
            elsewhere.path(),
            parent.path().join("digest-press-serve-link"),
        )
        .unwrap();
        Folder::new(parent.path()).unwrap();
        assert!(elsewhere.path().join(LOCK).exists());
    }
}
