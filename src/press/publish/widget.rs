use std::path::{Path, PathBuf};

use digest_issue::Issue;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

use super::store::{Effort, Store, is_compressed};
use crate::site::CONFIGURATOR;
use crate::{Diagnostic, Rule, file};

/// The widget's own files, as `cargo xtask dist` makes them.
#[derive(Debug)]
pub(super) struct Widget {
    /// Where each file is in the site, and where it is now.
    files: Vec<(String, PathBuf)>,
}

/// What has to be among them for digests to be shown, in frames too.
const NEEDED: [&str; 5] = [
    "digest.js",
    "digest-site.js",
    "digest-frame.js",
    "digest-frame-parent.js",
    "frame.html",
];

/// What a publisher has of its own.
const NOT_TAKEN: [&str; 2] = ["issues", "schema"];

/// The issue in the configurator as it comes, which no publisher has but the first.
const SAMPLE: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// The most bytes that one of them may have: many times what readers would put up with.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

impl Widget {
    /// Where the widget's files are when digest-press is installed: the folder `widget` beside it.
    pub(super) fn usual_folder() -> PathBuf {
        let program = std::env::current_exe().unwrap_or_default();
        program.with_file_name("widget")
    }

    /// Looks at what is in a folder.
    pub(super) fn in_folder(folder: &Path) -> Result<Widget, Diagnostic> {
        let mut files = Vec::new();
        let is_taken = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            !(entry.depth() == 1 && NOT_TAKEN.contains(&&*name) || is_compressed(&name))
        };
        for entry in WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(is_taken)
        {
            let entry = entry.map_err(|_| missing(folder, "digest.js"))?;
            if entry.file_type().is_file() {
                files.push((path_in_site(folder, entry.path()), entry.into_path()));
            } else if !entry.file_type().is_dir() {
                return Err(no_file(entry.path()));
            }
        }
        for name in NEEDED {
            if !files.iter().any(|(path, _)| path == name) {
                return Err(missing(folder, name));
            }
        }
        Ok(Widget { files })
    }

    /// Writes all of them; the configurator begins with the `newest` issue.
    pub(super) fn write(&self, store: &Store, newest: Option<&Issue>) -> Result<(), Diagnostic> {
        self.files.par_iter().try_for_each(|(path, file)| {
            let mut bytes = file::read_up_to(file, MAX_BYTES)?;
            if let Some(newest) = newest.filter(|_| path == CONFIGURATOR) {
                bytes = showing(newest, &bytes);
            }
            Ok(store.write(path, &bytes, Effort::Most(file))?)
        })
    }
}

/// The configurator, which is the widget's first page, leaves that place to the publisher's archive.
fn path_in_site(folder: &Path, file: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file);
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    match names.join("/") {
        path if path == "index.html" => CONFIGURATOR.to_owned(),
        path => path,
    }
}

/// The configurator with an issue in place of the sample. In an id nothing means anything to HTML.
fn showing(issue: &Issue, html: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(html)
        .replace(SAMPLE, &format!("issues/{}/issue.json", issue.id))
        .into_bytes()
}

fn missing(folder: &Path, name: &str) -> Diagnostic {
    let message = format!(
        "“{}” does not hold the widget: “{name}” is missing",
        folder.display()
    );
    let remedy =
        "name the folder of the widget's files with --widget; `cargo xtask dist` makes it as dist/";
    Diagnostic::without_span(Rule::File, message, remedy)
}

fn no_file(path: &Path) -> Diagnostic {
    let message = format!("“{}”, among the widget's files, is a link", path.display());
    Diagnostic::without_span(Rule::File, message, "put the file itself there")
}
