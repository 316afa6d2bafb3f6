//! Reads and writes single files: bounded reads, atomic writes, and errors that an editor
//! understands.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

/// The size limit of a newsletter or an issue: a hundred times a long one.
pub(crate) const MAX_BYTES: u64 = 1024 * 1024;

/// A file that could not be read or written.
#[derive(Debug, Error)]
pub(crate) enum FileError {
    #[error("“{}” cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("“{}” is larger than {max} bytes", path.display())]
    TooLarge { path: PathBuf, max: u64 },
    #[error("“{}” cannot be written: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("“{}” leads out of the folder of the newsletters", path.display())]
    Outside { path: PathBuf },
    #[error("“{}” is the newsletter itself", path.display())]
    OverwritesNewsletter { path: PathBuf },
}

impl FileError {
    /// Returns what the user can do about it.
    pub(crate) fn remedy(&self) -> &'static str {
        match self {
            FileError::Read { .. } => {
                "check the name, and that you have permission to read the file"
            }
            FileError::TooLarge { .. } => {
                "check that the file is one issue of the newsletter, as text"
            }
            FileError::Write { .. } => {
                "check that the folder exists and that you have permission to write there"
            }
            FileError::Outside { .. } => "copy the file into the folder",
            FileError::OverwritesNewsletter { .. } => "choose another output file, ending in .json",
        }
    }
}

/// Reads a regular file of at most `max` bytes.
pub(crate) fn read_up_to(path: &Path, max: u64) -> Result<Vec<u8>, FileError> {
    let file = open_regular(path, Links::Follow).map_err(|source| FileError::Read {
        path: path.to_owned(),
        source,
    })?;
    read_open_file(file, path, max)
}

/// Reads at most `max` bytes of an open file, whose path is for messages.
pub(crate) fn read_open_file(file: impl Read, path: &Path, max: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    // The reported length can be wrong, so one byte more than allowed is read.
    let read = file.take(max.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|source| FileError::Read {
        path: path.to_owned(),
        source,
    })?;
    if bytes.len() as u64 > max {
        return Err(FileError::TooLarge {
            path: path.to_owned(),
            max,
        });
    }
    Ok(bytes)
}

/// Reads a regular file of a site, which is not a link.
pub(crate) fn read_without_links(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path, Links::Refuse)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The treatment of a symbolic link at the end of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Follow,
    Refuse,
}

/// Opens a file for reading. Pipes and devices are refused: reading from one might never end.
pub(crate) fn open_regular(path: &Path, links: Links) -> io::Result<File> {
    // Opening a device can have effects, so its type is checked before and, in case it was
    // exchanged, after.
    let metadata = match links {
        Links::Follow => fs::metadata(path)?,
        Links::Refuse => fs::symlink_metadata(path)?,
    };
    if !metadata.is_file() {
        return Err(not_regular());
    }
    let mut options = File::options();
    options.read(true);
    set_open_flags(&mut options, links);
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(not_regular())
    }
}

/// Makes opening a file return at once if it is a pipe, and fail if it is a link that is refused.
#[cfg(unix)]
pub(crate) fn set_open_flags(options: &mut fs::OpenOptions, links: Links) {
    use std::os::unix::fs::OpenOptionsExt;
    let no_follow = match links {
        Links::Follow => 0,
        Links::Refuse => rustix::fs::OFlags::NOFOLLOW.bits() as i32,
    };
    options.custom_flags(NONBLOCK | no_follow);
}

#[cfg(not(unix))]
pub(crate) fn set_open_flags(_: &mut fs::OpenOptions, _: Links) {}

/// The flag of the system with which opening a pipe does not wait for its other end.
#[cfg(unix)]
pub(crate) const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits() as i32;

/// The error for a folder, pipe, device or refused link.
pub(crate) fn not_regular() -> io::Error {
    io::Error::other("it is not a regular file")
}

/// Returns true for the error of [`not_regular`]: the system's errors have a code.
pub(crate) fn is_not_regular(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Other && error.raw_os_error().is_none()
}

/// Fails unless a folder is one, not a link to one, and belongs to this user. Everyone can prepare
/// a folder of a known name in a shared place.
pub(crate) fn check_own_folder(path: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_dir() {
        return Err(io::Error::other("it is a link or a file, not a folder"));
    }
    if !is_own(&metadata) {
        return Err(io::Error::other("it belongs to another user"));
    }
    Ok(())
}

#[cfg(unix)]
fn is_own(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> bool {
    true
}

/// Writes a file atomically: other programs see the old text or the new one. A symbolic link stays,
/// and its target is written. Devices and pipes are written into.
///
/// Refuses to overwrite `newsletter`.
pub(crate) fn write_text(path: &Path, text: &str, newsletter: &Path) -> Result<(), FileError> {
    let path = path.to_owned();
    if is_same_file(&path, newsletter) {
        return Err(FileError::OverwritesNewsletter { path });
    }
    let written = match fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() => {
            fs::canonicalize(&path).and_then(|target| write_atomically(&target, text))
        }
        Ok(metadata) if !metadata.is_dir() => fs::write(&path, text),
        // A link to a file that does not exist yet.
        Err(_) if path.is_symlink() => fs::write(&path, text),
        _ => write_atomically(&path, text),
    };
    written.map_err(|source| FileError::Write { path, source })
}

/// Creates a folder and its missing parents.
pub(crate) fn create_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|source| FileError::Write {
        path: path.to_owned(),
        source,
    })
}

/// Returns true if a folder is empty or does not exist.
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

/// Writes a new file, and fails if it exists.
pub(crate) fn create_new(path: &Path, text: &str) -> Result<(), FileError> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| FileError::Write {
        path: path.to_owned(),
        source,
    })
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let canonical = |path| fs::canonicalize(path).ok();
    canonical(one).is_some_and(|one| canonical(other) == Some(one))
}

fn write_atomically(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = create_temporary_file(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Creates a temporary file that a web server can read: by default only its owner can.
#[cfg(unix)]
fn create_temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // The system applies the user's umask, so the result is usually 0644.
    tempfile::Builder::new()
        .permissions(fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn create_temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path of a newsletter that does not exist.
    const NEWSLETTER: &str = "newsletter.md";

    #[test]
    fn atomic_write_replaces_the_file_and_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("issue.json");
        write_text(&path, "old, and longer", NEWSLETTER.as_ref()).unwrap();
        write_text(&path, "new", NEWSLETTER.as_ref()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn written_file_has_the_usual_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [ours, usual] = ["issue.json", "usual"].map(|name| folder.path().join(name));
        write_text(&ours, "{}", NEWSLETTER.as_ref()).unwrap();
        fs::write(&usual, "{}").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
    }

    #[test]
    fn failed_write_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let folder_path = folder.path().join("issue.json");
        fs::create_dir_all(folder_path.join("inside")).unwrap();
        assert!(matches!(
            write_text(&folder_path, "{}", NEWSLETTER.as_ref()),
            Err(FileError::Write { .. })
        ));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(
            write_text(
                &folder.path().join("no/such/folder.json"),
                "{}",
                NEWSLETTER.as_ref()
            )
            .is_err()
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_their_targets_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let [link, target] = ["link.json", "target.json"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink("target.json", &link).unwrap();
        for text in ["new", "replaced"] {
            write_text(&link, text, NEWSLETTER.as_ref()).unwrap();
            assert!(link.is_symlink());
            assert!(!target.is_symlink());
            assert_eq!(fs::read_to_string(&target).unwrap(), text);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pipes_and_devices_are_written_into() {
        use std::os::unix::fs::FileTypeExt;

        use rustix::fs::{CWD, FileType, Mode, mknodat};

        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        write_text(&pipe, "text", NEWSLETTER.as_ref()).unwrap();
        assert_eq!(reader.join().unwrap(), "text");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());

        // The device that forgets everything; only root can make one.
        let device = folder.path().join("null");
        let null = rustix::fs::makedev(1, 3);
        let made = mknodat(
            CWD,
            &device,
            FileType::CharacterDevice,
            Mode::RUSR | Mode::WUSR,
            null,
        );
        if made.is_ok() && File::options().write(true).open(&device).is_ok() {
            write_text(&device, "text", NEWSLETTER.as_ref()).unwrap();
            assert!(fs::metadata(&device).unwrap().file_type().is_char_device());
        }
    }

    #[test]
    fn overwriting_the_newsletter_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let newsletter = folder.path().join("newsletter.md");
        fs::write(&newsletter, "Digest").unwrap();
        let same = folder.path().join(".").join("newsletter.md");
        assert!(matches!(
            write_text(&same, "{}", &newsletter),
            Err(FileError::OverwritesNewsletter { .. })
        ));
        assert_eq!(fs::read_to_string(&newsletter).unwrap(), "Digest");
    }
}
