//! The publisher's preview, `digest-press serve`, with one newsletter.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Instant;

use tempfile::TempDir;

use crate::deadlines;
use crate::dist::dist;
use crate::npm_project::tool;
use crate::process::ProcessGroup;

/// A running `digest-press serve` of a series with one newsletter. It ends with this value.
#[derive(Debug)]
pub struct PreviewServer {
    /// The address of the site, with a slash at its end.
    pub address: String,
    newsletter: PathBuf,
    _process: ProcessGroup,
    _folder: TempDir,
}

impl PreviewServer {
    /// Copies a newsletter into a new series, and waits until its site is built.
    pub fn start(newsletter: &Path) -> PreviewServer {
        let folder = tempfile::tempdir().expect("the system has room for a series");
        let issues = folder.path().join("issues");
        fs::create_dir(&issues).expect("it is an empty folder");
        let copy = issues.join("newsletter.md");
        fs::copy(newsletter, &copy)
            .unwrap_or_else(|error| panic!("{}: {error}", newsletter.display()));
        let log = folder.path().join("log.txt");
        let mut serve = Command::new(tool("DIGEST_PRESS"));
        serve
            .arg("serve")
            .arg(&issues)
            .args(["--port", "0", "--widget"])
            .arg(dist());
        serve
            .env("TMPDIR", folder.path())
            .stderr(File::create(&log).expect("it is a new file"));
        let process = ProcessGroup::start(&mut serve).unwrap_or_else(|error| panic!("{error}"));
        PreviewServer {
            address: wait_for_address(&log),
            newsletter: copy,
            _process: process,
            _folder: folder,
        }
    }

    /// Replaces a text in the newsletter and saves it.
    pub fn save(&self, old: &str, new: &str) {
        let text = fs::read_to_string(&self.newsletter).expect("it was written above");
        assert!(text.contains(old), "expected {old:?} in {text}");
        fs::write(&self.newsletter, text.replace(old, new)).expect("it can be written");
    }
}

/// The address that a preview logs when its first site is built.
fn wait_for_address(log: &Path) -> String {
    let end = Instant::now() + deadlines::PROCESS;
    loop {
        let log = fs::read_to_string(log).expect("it was made above");
        let address = log
            .split_once("preview at ")
            .and_then(|(_, rest)| rest.split_once(" ("));
        if let Some((address, _)) = address {
            return address.to_owned();
        }
        assert!(
            Instant::now() < end,
            "no preview within {:?}: {log}",
            deadlines::PROCESS
        );
        sleep(deadlines::PAUSE);
    }
}
