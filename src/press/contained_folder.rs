//! Reads the files of a folder. No path, link or race leads out of it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

use crate::file::{self, FileError};

/// An open folder. Its files are opened relative to it, so that exchanging a folder on the way for
/// a link has no effect.
#[derive(Debug)]
pub(crate) struct ContainedFolder {
    dir: Dir,
    path: PathBuf,
}

impl ContainedFolder {
    /// Opens a folder; an empty path is the working directory.
    pub(crate) fn open(path: &Path) -> Result<ContainedFolder, FileError> {
        let real = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        let dir = Dir::open_ambient_dir(real, ambient_authority());
        Ok(ContainedFolder {
            dir: dir.map_err(|source| read_error(path, source))?,
            path: path.to_owned(),
        })
    }

    /// Reads a file of at most `max` bytes. `path` begins with the path of the folder.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is outside the folder, is too large, or is not a regular file.
    pub(crate) fn read(&self, path: &Path, max: u64) -> Result<Vec<u8>, FileError> {
        let relative = path.strip_prefix(&self.path).unwrap_or(path);
        let opened = match self.open_file(relative) {
            // An absolute link may still lead to a file in the folder.
            Err(error) if is_outside(&error) => match self.resolve(path) {
                Some(inside) => self.open_file(&inside),
                None => Err(error),
            },
            opened => opened,
        };
        let file = opened.map_err(|error| {
            if is_outside(&error) {
                FileError::Outside {
                    path: path.to_owned(),
                }
            } else {
                read_error(path, error)
            }
        })?;
        file::read_open_file(file, path, max)
    }

    fn open_file(&self, relative: &Path) -> io::Result<File> {
        // Opening a device can have effects, so its type is checked before and, in case it was
        // exchanged, after.
        let is_regular = self.dir.metadata(relative)?.is_file();
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt;
            // Opening a pipe would wait for its other end.
            options.custom_flags(file::NONBLOCK);
        }
        let file = if is_regular {
            self.dir.open_with(relative, &options)?
        } else {
            return Err(file::not_regular());
        };
        if file.metadata()?.is_file() {
            Ok(file)
        } else {
            Err(file::not_regular())
        }
    }

    /// Returns the path of a file relative to the folder, without links, if it is inside.
    fn resolve(&self, path: &Path) -> Option<PathBuf> {
        let root = fs::canonicalize(&self.path).ok()?;
        let real = fs::canonicalize(path).ok()?;
        real.strip_prefix(root).map(Path::to_owned).ok()
    }
}

/// Returns true for the error about a path that leads out of the folder, which has no code of the
/// system.
fn is_outside(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

fn read_error(path: &Path, source: io::Error) -> FileError {
    FileError::Read {
        path: path.to_owned(),
        source,
    }
}
