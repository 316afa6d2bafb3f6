//! The publisher's preview: the program itself, and a newsletter that is saved.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::dist::dist;
use crate::process::Group;
use crate::project::tool;

/// How long it may take where the previews of three engines compress their sites at once.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);

/// A running `digest-press serve` of a series with one newsletter. It ends with this value.
#[derive(Debug)]
pub struct Preview {
    /// The address of the site, with a slash at its end.
    pub address: String,
    newsletter: PathBuf,
    _process: Group,
    _folder: TempDir,
}

impl Preview {
    /// Copies a newsletter into a series of its own, and waits until its site is built.
    pub fn start(newsletter: &Path) -> Preview {
        let folder = tempfile::tempdir().expect("the system has room for a series");
        let issues = folder.path().join("issues");
        fs::create_dir(&issues).expect("it is an empty folder");
        let copy = issues.join("newsletter.md");
        fs::copy(newsletter, &copy)
            .unwrap_or_else(|error| panic!("{}: {error}", newsletter.display()));
        let said = folder.path().join("said.txt");
        let mut serve = Command::new(tool("DIGEST_PRESS"));
        serve
            .arg("serve")
            .arg(&issues)
            .args(["--port", "0", "--widget"])
            .arg(dist());
        serve
            .env("TMPDIR", folder.path())
            .stderr(File::create(&said).expect("it is a new file"));
        let process = Group::start(&mut serve).unwrap_or_else(|error| panic!("{error}"));
        Preview {
            address: address(&said),
            newsletter: copy,
            _process: process,
            _folder: folder,
        }
    }

    /// Saves the newsletter with another text in place of one that is in it.
    pub fn save(&self, old: &str, new: &str) {
        let text = fs::read_to_string(&self.newsletter).expect("it was written above");
        assert!(text.contains(old), "expected {old:?} in {text}");
        fs::write(&self.newsletter, text.replace(old, new)).expect("it can be written");
    }
}

/// The address that a preview says in the file `said` when its first site is built.
fn address(said: &Path) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        let said = fs::read_to_string(said).expect("it was made above");
        let address = said
            .split_once("preview at ")
            .and_then(|(_, rest)| rest.split_once(" ("));
        if let Some((address, _)) = address {
            return address.to_owned();
        }
        assert!(
            Instant::now() < end,
            "no preview within {PATIENCE:?}: {said}"
        );
        sleep(PAUSE);
    }
}
