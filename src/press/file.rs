use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

/// The most bytes that a newsletter or an issue may have: a hundred times a long one.
pub(crate) const MAX_BYTES: u64 = 1024 * 1024;

/// Why a file could not be read or written.
#[derive(Debug, Error)]
pub(crate) enum FileError {
    #[error("“{}” cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("“{}” is larger than {max} bytes", path.display())]
    TooLarge { path: PathBuf, max: u64 },
    #[error("“{}” cannot be written: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("“{}” is the newsletter itself", path.display())]
    Newsletter { path: PathBuf },
}

impl FileError {
    /// What to do about it.
    pub(crate) fn remedy(&self) -> &'static str {
        match self {
            FileError::Read { .. } => "check that the name is right and that you may open the file",
            FileError::TooLarge { .. } => {
                "check that it is the newsletter, one issue of it, as text"
            }
            FileError::Write { .. } => "check that the folder exists and that you may write there",
            FileError::Newsletter { .. } => "give the issue another name, ending in .json",
        }
    }
}

/// The bytes of a newsletter or an issue.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    read_up_to(path, MAX_BYTES)
}

/// The bytes of a file that has no more than `max` of them.
pub(crate) fn read_up_to(path: &Path, max: u64) -> Result<Vec<u8>, FileError> {
    let error = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, whatever it says about its length.
    File::open(path)
        .map_err(error)?
        .take(max + 1)
        .read_to_end(&mut bytes)
        .map_err(error)?;
    if bytes.len() as u64 > max {
        return Err(FileError::TooLarge {
            path: path.to_owned(),
            max,
        });
    }
    Ok(bytes)
}

/// Writes the whole file or nothing: whoever reads it meanwhile sees the old one or the new one.
///
/// It never writes over `newsletter`, which would lose it.
pub(crate) fn write(path: &Path, text: &str, newsletter: &Path) -> Result<(), FileError> {
    let path = path.to_owned();
    if is_same(&path, newsletter) {
        return Err(FileError::Newsletter { path });
    }
    write_atomically(&path, text).map_err(|source| FileError::Write { path, source })
}

/// Makes a folder and those that it is in, unless they are there.
pub(crate) fn create_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|source| FileError::Write {
        path: path.to_owned(),
        source,
    })
}

/// Whether nothing is in a folder, or it is not there.
pub(crate) fn is_empty_folder(path: &Path) -> Result<bool, FileError> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(source) => Err(FileError::Write {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Writes a file where none is.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), FileError> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| FileError::Write {
        path: path.to_owned(),
        source,
    })
}

fn is_same(one: &Path, other: &Path) -> bool {
    let canonical = |path| fs::canonicalize(path).ok();
    canonical(one).is_some_and(|one| canonical(other) == Some(one))
}

fn write_atomically(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = temporary_file(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A file that a web server may read; by default only its owner may read a temporary file.
#[cfg(unix)]
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // The system takes away what the user's umask does not allow: usually 0644 is left.
    tempfile::Builder::new()
        .permissions(fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where no file is.
    const NEWSLETTER: &str = "newsletter.md";

    #[test]
    fn a_file_is_written_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("issue.json");
        write(&path, "old, and longer", NEWSLETTER.as_ref()).unwrap();
        write(&path, "new", NEWSLETTER.as_ref()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_web_server_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [ours, usual] = ["issue.json", "usual"].map(|name| folder.path().join(name));
        write(&ours, "{}", NEWSLETTER.as_ref()).unwrap();
        fs::write(&usual, "{}").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
    }

    #[test]
    fn a_write_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let taken_by_a_folder = folder.path().join("issue.json");
        fs::create_dir_all(taken_by_a_folder.join("inside")).unwrap();
        assert!(matches!(
            write(&taken_by_a_folder, "{}", NEWSLETTER.as_ref()),
            Err(FileError::Write { .. })
        ));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(
            write(
                &folder.path().join("no/such/folder.json"),
                "{}",
                NEWSLETTER.as_ref()
            )
            .is_err()
        );
    }

    #[test]
    fn the_newsletter_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let newsletter = folder.path().join("newsletter.md");
        fs::write(&newsletter, "Digest").unwrap();
        let same = folder.path().join(".").join("newsletter.md");
        assert!(matches!(
            write(&same, "{}", &newsletter),
            Err(FileError::Newsletter { .. })
        ));
        assert_eq!(fs::read_to_string(&newsletter).unwrap(), "Digest");
    }
}
