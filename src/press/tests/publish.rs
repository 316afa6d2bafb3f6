//! `digest-press build`, the program itself, on folders of newsletters.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This is test code."
)]

#[path = "publish/ended.rs"]
mod ended;
#[path = "publish/incremental.rs"]
mod incremental;
#[path = "publish/moved.rs"]
mod moved;
#[path = "publish/pictures.rs"]
mod pictures;
#[path = "publish/refused.rs"]
mod refused;
#[path = "publish/same.rs"]
mod same;
#[path = "publish/schema.rs"]
mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Newsletters in `issues`, a folder that passes for the widget's, and the site.
struct LabeledSpan(TempDir);

/// Everything in a folder, by its path in it: the files with what is in them, and the folders.
type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

impl LabeledSpan {
    fn new() -> LabeledSpan {
        LabeledSpan::with(tempfile::tempdir().unwrap())
    }

    /// In memory if there is such a place, for tests that need no disk and would wait for it.
    fn in_memory() -> LabeledSpan {
        LabeledSpan::with(
            tempfile::tempdir_in("/dev/shm")
                .or_else(|_| tempfile::tempdir())
                .unwrap(),
        )
    }

    fn with(folder: TempDir) -> LabeledSpan {
        let place = LabeledSpan(folder);
        for name in [
            "digest.js",
            "digest-site.js",
            "digest-frame.js",
            "digest-frame-parent.js",
            "frame.html",
        ] {
            place.write(&format!("widget/{name}"), name);
        }
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Builds the newsletters in the folder `issues` into the folder `site`.
    fn command(&self, issues: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
        command
            .current_dir(self.0.path())
            .args(["build", issues, "-o", "site", "--widget", "widget"]);
        command
            .args(["--site", "https://cdn.example/"])
            .stderr(Stdio::piped());
        command
    }

    /// Builds, and returns what was said.
    fn build(&self) -> String {
        self.build_with(&[])
    }

    fn build_with(&self, options: &[&str]) -> String {
        let output = self.command("issues").args(options).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }

    /// Fails to build, and returns what was said.
    fn refuse(&self) -> String {
        let output = self.command("issues").output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    }

    fn site(&self) -> Tree {
        tree(&self.path("site"))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn newsletter(volume: &str, headline: &str, detail: &str) -> String {
    format!(
        "Digest\n\nVol: {volume}\n\nDate: March 11, 2022\n\nHeadlines:\n\n- {headline}\n\nDetails:\n\n- {detail}\n"
    )
}

fn tree(folder: &Path) -> Tree {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .map(|entry| {
            let bytes = entry
                .file_type()
                .is_file()
                .then(|| fs::read(entry.path()).unwrap());
            (entry.path().strip_prefix(folder).unwrap().to_owned(), bytes)
        })
        .collect()
}
