//! Runs `digest-press build` on folders of newsletters.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This is test code."
)]

#[path = "publish/drafts.rs"]
mod drafts;
#[path = "publish/errors.rs"]
mod errors;
#[path = "publish/hostile.rs"]
mod hostile;
#[path = "publish/incremental.rs"]
mod incremental;
#[path = "publish/killed.rs"]
mod killed;
#[path = "publish/latest.rs"]
mod latest;
#[path = "publish/moved.rs"]
mod moved;
#[path = "publish/pictures.rs"]
mod pictures;
#[path = "publish/reproducible.rs"]
mod reproducible;
#[path = "publish/schema.rs"]
mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

/// A folder with newsletters in `issues`, stand-ins for the widget's files in `widget`, and the
/// site in `site`.
struct Workspace(TempDir);

/// The files in a folder with their bytes, and the folders, by path.
type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

impl Workspace {
    fn new() -> Workspace {
        Workspace::with_folder(tempfile::tempdir().unwrap())
    }

    /// In memory if possible, for tests that would be slow on a disk.
    fn in_memory() -> Workspace {
        Workspace::with_folder(
            tempfile::tempdir_in("/dev/shm")
                .or_else(|_| tempfile::tempdir())
                .unwrap(),
        )
    }

    fn with_folder(folder: TempDir) -> Workspace {
        let workspace = Workspace(folder);
        for name in digest_press::REQUIRED_WIDGET_FILES {
            workspace.write(&format!("widget/{name}"), name);
        }
        workspace
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

    /// Returns the command that builds the newsletters of a folder into `site`.
    fn build_command(&self, issues: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
        command
            .current_dir(self.0.path())
            .args(["build", issues, "-o", "site", "--widget", "widget"]);
        command
            .args(["--site", "https://cdn.example/"])
            .stderr(Stdio::piped());
        command
    }

    /// Builds the site, and returns the messages.
    fn build(&self) -> String {
        self.build_with(&[])
    }

    fn build_with(&self, options: &[&str]) -> String {
        let output = self.build_command("issues").args(options).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output)
    }

    /// Runs a build that must fail, and returns the messages.
    fn build_with_errors(&self) -> String {
        let output = self.build_command("issues").output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        stderr(&output)
    }

    fn site_tree(&self) -> Tree {
        read_tree(&self.path("site"))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn newsletter(volume: &str, headline: &str, detail: &str) -> String {
    format!(
        "Digest\n\nVol: {volume}\n\nDate: March 11, 2022\n\n\
         Headlines:\n\n- {headline}\n\nDetails:\n\n- {detail}\n"
    )
}

fn read_tree(folder: &Path) -> Tree {
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
