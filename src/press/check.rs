//! What an editor is told about newsletters and issues before they are published.

mod link_addresses;
mod map_json;
mod online;
mod position;
mod public_ip;
mod repeated_links;
mod report;
mod swapped_details;

use std::mem;
use std::ops::Range;
use std::path::{Path, PathBuf};

use digest_issue::{Issue, JsonError};
use url::Url;

use crate::links::{Link, find_links};
use crate::newsletter::{ParsedNewsletter, parse_newsletter};
use crate::source::{self, Source, UnreadableSource};
use crate::source_map::SourceMap;
use crate::{Diagnostic, LabeledSpan, Series, file, folder};
use position::Region;
use repeated_links::find_repeated_links;

pub(crate) use online::OnlineChecker;
pub(crate) use report::{write_json_report, write_sarif_report};
pub(crate) use swapped_details::find_swapped_details;

/// A file that was checked.
#[derive(Debug)]
pub(crate) struct CheckedFile {
    /// Where it was read from.
    pub(crate) path: PathBuf,
    /// Its text, or nothing if it could not be read.
    pub(crate) source: Source,
    /// What is to be said about it, in the order of the file.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The web pages that it links to, in its order, with the source_map of the links.
    pub(crate) pages: Vec<(Url, Option<Range<usize>>)>,
}

/// The file that the spans of a diagnostic are in.
#[derive(Clone, Copy)]
pub(crate) struct Within<'a> {
    pub(crate) path: &'a Path,
    text: &'a str,
    /// Whether the lines of the file are those of the text.
    has_lines: bool,
}

/// Checks a newsletter, an issue, or all newsletters and issues of a folder, in the order of their names,
/// without a network.
pub(crate) fn check_path(path: &Path) -> Vec<CheckedFile> {
    if is_issue(path) {
        return vec![CheckedFile::of(path, &Series::default())];
    }
    let series = match Series::load(path) {
        Ok(series) => series,
        Err(errors) => return vec![CheckedFile::new(path, errors)],
    };
    if !path.is_dir() {
        return vec![CheckedFile::of(path, &series)];
    }
    match folder::find_files(path, &series, |file| {
        is_issue(file) || source::is_newsletter(file)
    }) {
        Ok(files) => files
            .iter()
            .map(|file| CheckedFile::of(file, &series))
            .collect(),
        Err(errors) => vec![CheckedFile::new(path, errors)],
    }
}

impl CheckedFile {
    fn of(path: &Path, series: &Series) -> CheckedFile {
        let read = if is_issue(path) {
            json_source(path)
        } else {
            Source::read(path)
        };
        let mut source = match read {
            Ok(source) => source,
            Err(UnreadableSource { text, diagnostic }) => {
                let source = Source {
                    text,
                    ..Source::default()
                };
                return CheckedFile {
                    source,
                    ..CheckedFile::new(path, vec![diagnostic])
                };
            }
        };
        let text = &source.text;
        let read = if is_issue(path) {
            read_issue(text)
        } else {
            parse_newsletter(text, &source.word_parts, Some(path), series).into()
        };
        let warnings = mem::take(&mut source.warnings);
        let mut checked = CheckedFile {
            source,
            ..CheckedFile::new(path, warnings)
        };
        checked.add(read);
        checked
    }

    /// A file or folder of which nothing but these is known.
    fn new(path: &Path, diagnostics: Vec<Diagnostic>) -> CheckedFile {
        CheckedFile {
            path: path.to_owned(),
            source: Source::default(),
            diagnostics,
            pages: Vec::new(),
        }
    }

    /// The file that the spans of a diagnostic are in, which may be one beside this.
    pub(crate) fn within<'a>(&'a self, diagnostic: &'a Diagnostic) -> Within<'a> {
        match &diagnostic.file {
            Some(file) => Within {
                path: &file.path,
                text: &file.text,
                has_lines: true,
            },
            None => {
                let Source {
                    text, converted, ..
                } = &self.source;
                Within {
                    path: &self.path,
                    text,
                    has_lines: !converted,
                }
            }
        }
    }

    /// Adds what is to be said, in its place.
    pub(crate) fn say(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
        self.diagnostics.sort_by_key(Diagnostic::sort_key);
    }

    fn add(&mut self, parsed: ParsedFile) {
        let ParsedFile {
            issue,
            source_map,
            mut diagnostics,
        } = parsed;
        if let Some(issue) = issue {
            diagnostics.extend(find_swapped_details(&issue, &source_map));
            let links = find_links(&issue);
            diagnostics.extend(link_addresses::check_link_addresses(&links, &source_map));
            diagnostics.extend(find_repeated_links(&links, &source_map));
            let page = |link: &Link<'_>| {
                Some((
                    link_addresses::web_url(link.href)?,
                    source_map.find(&link.path),
                ))
            };
            self.pages = links.iter().filter_map(page).collect();
        }
        self.say(diagnostics);
    }
}

impl<'a> Within<'a> {
    /// The lines and columns of a place, or `None` in a file that has no lines.
    pub(crate) fn region(&self, place: &LabeledSpan) -> Option<Region> {
        self.has_lines.then(|| Region::of(self.text, &place.span))
    }

    /// What stands at a place of a file that has no lines, by which alone it can be found.
    pub(crate) fn words(&self, place: &LabeledSpan) -> Option<&'a str> {
        self.text
            .get(place.span.clone())
            .filter(|_| !self.has_lines)
            .map(str::trim_end)
    }
}

/// A newsletter or an issue file as far as it could be parsed.
struct ParsedFile {
    issue: Option<Issue>,
    source_map: SourceMap,
    diagnostics: Vec<Diagnostic>,
}

impl From<ParsedNewsletter> for ParsedFile {
    fn from(parsed: ParsedNewsletter) -> ParsedFile {
        ParsedFile {
            issue: Some(parsed.issue),
            source_map: parsed.source_map,
            diagnostics: parsed.diagnostics,
        }
    }
}

fn json_source(path: &Path) -> Result<Source, UnreadableSource> {
    source::of_text(&file::read_bytes(path)?)
}

fn read_issue(json: &str) -> ParsedFile {
    let source_map = map_json::map_json(json);
    let (issue, diagnostics) = match Issue::from_json(json.as_bytes()) {
        Ok(issue) => (Some(issue), Vec::new()),
        Err(error) => issue_with_problems(json, error, &source_map),
    };
    ParsedFile {
        issue,
        source_map,
        diagnostics,
    }
}

/// The errors of an issue with their source_map, and the issue if it could be read for all that.
fn issue_with_problems(
    json: &str,
    error: JsonError,
    source_map: &SourceMap,
) -> (Option<Issue>, Vec<Diagnostic>) {
    let (issue, spans) = match &error {
        JsonError::Syntax(error) => (
            None,
            vec![Some(map_json::at(json, error.line(), error.column()))],
        ),
        JsonError::Shape { path, .. } => (None, vec![source_map.find(path)]),
        JsonError::Newer(_) => (None, vec![source_map.find("format")]),
        JsonError::Problems(problems) => {
            let spans = problems
                .iter()
                .map(|problem| source_map.find(&problem.path))
                .collect();
            (serde_json::from_str(json).ok(), spans)
        }
    };
    let diagnostics = Diagnostic::from_json_error(error).into_iter().zip(spans);
    (
        issue,
        diagnostics
            .map(|(diagnostic, span)| diagnostic.with_span(span))
            .collect(),
    )
}

fn is_issue(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}
