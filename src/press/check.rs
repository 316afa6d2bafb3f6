//! What an editor is told about newsletters and issues before they are published.

mod address;
mod json_places;
mod online;
mod position;
mod repeated;
mod report;
mod swapped;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use digest_issue::{Issue, JsonError};
use url::Url;

use crate::file::FileError;
use crate::links::{Link, links};
use crate::newsletter::{self, Read};
use crate::places::Places;
use crate::{Diagnostic, Rule, Series, file, utf8};

pub(crate) use online::Online;
pub(crate) use report::{json, sarif};
pub(crate) use swapped::check as swapped;

/// A file that was checked.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Where it was read from.
    pub(crate) path: PathBuf,
    /// What is in it, or nothing if it could not be read.
    pub(crate) text: String,
    /// What is to be said about it, in the order of the file.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The web pages that it links to, in its order, with the places of the links.
    pub(crate) pages: Vec<(Url, Option<Range<usize>>)>,
}

/// Checks a newsletter, an issue, or all newsletters and issues that are straight in a folder, in the order
/// of their names, without a network.
pub(crate) fn check(path: &Path) -> Vec<Checked> {
    if is_issue(path) {
        return vec![Checked::of(path, &Series::default())];
    }
    let series = match Series::of(path) {
        Ok(series) => series,
        Err(errors) => return vec![Checked::failed(path, errors)],
    };
    if !path.is_dir() {
        return vec![Checked::of(path, &series)];
    }
    match files_in(path, &series) {
        Ok(files) if files.is_empty() => vec![Checked::failed(path, vec![empty()])],
        Ok(files) => files.iter().map(|file| Checked::of(file, &series)).collect(),
        Err(source) => {
            vec![Checked::failed(path, vec![FileError::Read { path: path.to_owned(), source }.into()])]
        }
    }
}

impl Checked {
    fn of(path: &Path, series: &Series) -> Checked {
        let bytes = match file::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return Checked::failed(path, vec![error.into()]),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut checked = Checked { path: path.to_owned(), text, diagnostics: Vec::new(), pages: Vec::new() };
        match utf8::decode(&bytes) {
            Ok(text) if is_issue(path) => checked.add(read_issue(text)),
            Ok(text) => checked.add(newsletter::read(text, series)),
            Err(error) => checked.say([error]),
        }
        checked
    }

    /// A file or folder that could not be checked.
    fn failed(path: &Path, diagnostics: Vec<Diagnostic>) -> Checked {
        Checked { path: path.to_owned(), text: String::new(), diagnostics, pages: Vec::new() }
    }

    /// The file that the places of a diagnostic are in, which may be one beside this: its path and text.
    pub(crate) fn source_of<'a>(&'a self, diagnostic: &'a Diagnostic) -> (&'a Path, &'a str) {
        match &diagnostic.file {
            Some(file) => (&file.path, &file.text),
            None => (&self.path, &self.text),
        }
    }

    /// Adds what is to be said, in its place.
    pub(crate) fn say(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
        self.diagnostics.sort_by_key(Diagnostic::position);
    }

    fn add(&mut self, read: Read) {
        let Read { issue, places, mut diagnostics } = read;
        if let Some(issue) = issue {
            let links = links(&issue);
            diagnostics.extend(address::check(&links, &places));
            diagnostics.extend(repeated::check(&links, &places));
            let page = |link: &Link<'_>| Some((address::web_url(link.href)?, places.find(&link.path)));
            self.pages = links.iter().filter_map(page).collect();
        }
        self.say(diagnostics);
    }
}

fn read_issue(json: &str) -> Read {
    let places = json_places::places(json);
    let (issue, mut diagnostics) = match Issue::from_json(json.as_bytes()) {
        Ok(issue) => (Some(issue), Vec::new()),
        Err(error) => issue_with_problems(json, error, &places),
    };
    if let Some(issue) = &issue {
        diagnostics.extend(swapped::check(issue, &places));
    }
    Read { issue, places, diagnostics }
}

/// The errors of an issue with their places, and the issue if it could be read for all that.
fn issue_with_problems(json: &str, error: JsonError, places: &Places) -> (Option<Issue>, Vec<Diagnostic>) {
    let (issue, spans) = match &error {
        JsonError::Syntax(error) => (None, vec![Some(json_places::at(json, error.line(), error.column()))]),
        JsonError::Shape { path, .. } => (None, vec![places.find(path)]),
        JsonError::Newer(_) => (None, vec![places.find("format")]),
        JsonError::Problems(problems) => {
            let spans = problems.iter().map(|problem| places.find(&problem.path)).collect();
            (serde_json::from_str(json).ok(), spans)
        }
    };
    let diagnostics = Diagnostic::of_json(error).into_iter().zip(spans);
    (issue, diagnostics.map(|(diagnostic, span)| diagnostic.at(span)).collect())
}

fn files_in(folder: &Path, series: &Series) -> io::Result<Vec<PathBuf>> {
    let references = series.references.as_ref().and_then(|file| file.path.file_name());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name();
        // That one is about the newsletters.
        let is_other = name == references || name.is_some_and(|name| name.eq_ignore_ascii_case("README.md"));
        if path.is_file() && (is_issue(&path) || ends_in(&path, "md")) && !is_other {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn is_issue(path: &Path) -> bool {
    ends_in(path, "json")
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending))
}

fn empty() -> Diagnostic {
    Diagnostic::placeless(
        Rule::File,
        "there is neither a newsletter (.md) nor an issue (.json) in this folder",
        "check that it is the folder of the newsletters",
    )
}
