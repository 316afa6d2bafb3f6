//! `digest-press check`: finds problems in newsletters and issues before they are published.

mod link_addresses;
mod map_json;
mod online;
mod position;
mod public_ip;
mod repeated_links;
mod report;
mod swapped_details;
mod unnamed_fields;

use std::ops::Range;
use std::path::{Path, PathBuf};

use digest_issue::{Issue, JsonError};
use url::Url;

use crate::budget::{Budget, Limit};
use crate::contained_folder::ContainedFolder;
use crate::count::format_count;
use crate::file::MAX_BYTES;
use crate::import::parse_source;
use crate::links::{Link, find_links};
use crate::newsletter::ParsedNewsletter;
use crate::source::{self, Source, UnreadableSource};
use crate::source_map::SourceMap;
use crate::{Diagnostic, LabeledSpan, Rule, Series, file, folder};
use link_addresses::{check_link_addresses, web_url};
use map_json::{JsonMap, map_json, syntax_error_span};
use position::{LineIndex, Region};
use repeated_links::find_repeated_links;
use unnamed_fields::find_unnamed_fields;

pub(crate) use online::OnlineChecker;
pub(crate) use report::{write_json_report, write_sarif_report};
pub(crate) use swapped_details::find_swapped_details;

/// A file that was checked.
#[derive(Debug)]
pub(crate) struct CheckedFile {
    /// The path that was given, or found in a folder.
    pub(crate) path: PathBuf,
    /// Its text. Empty if it could not be read.
    pub(crate) source: Source,
    /// The diagnostics about it, in the order of the text.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The web pages that it links to, in order, with the spans of the links.
    pub(crate) pages: Vec<(Url, Option<Range<usize>>)>,
}

/// The file that the spans of a diagnostic point into.
#[derive(Clone, Copy)]
pub(crate) struct SpanFile<'a> {
    pub(crate) path: &'a Path,
    text: &'a str,
    /// False for a Word document, web page or feed, whose text was converted to Markdown.
    has_lines: bool,
}

/// Checks a newsletter, an issue, or all newsletters and issues of a folder in the order of their
/// names.
///
/// It does not use the network.
pub(crate) fn check_path(path: &Path) -> Vec<CheckedFile> {
    if is_issue_file(path) {
        return vec![CheckedFile::load(path, None, &Series::default())];
    }
    let series = match Series::load(path) {
        Ok(series) => series,
        Err(errors) => return vec![CheckedFile::new(path, errors)],
    };
    if !path.is_dir() {
        return vec![CheckedFile::load(path, None, &series)];
    }
    let contained = match ContainedFolder::open(path) {
        Ok(contained) => contained,
        Err(error) => return vec![CheckedFile::new(path, vec![error.into()])],
    };
    match folder::find_files(path, &series, |file| {
        is_issue_file(file) || source::is_newsletter(file)
    }) {
        Ok(files) => {
            let checked = files
                .wanted
                .iter()
                .map(|file| CheckedFile::load(file, Some(&contained), &series));
            let unread = files
                .unread
                .iter()
                .map(|file| CheckedFile::new(file, vec![source::unread_document_warning(file)]));
            checked.chain(unread).collect()
        }
        Err(errors) => vec![CheckedFile::new(path, errors)],
    }
}

impl CheckedFile {
    /// Loads a file that was given, or found in `folder`.
    fn load(path: &Path, folder: Option<&ContainedFolder>, series: &Series) -> CheckedFile {
        let source = match folder {
            _ if is_issue_file(path) => read_json(path, folder),
            Some(folder) => Source::load_in(folder, path),
            None => Source::load(path),
        };
        let source = match source {
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
        let parsed = if is_issue_file(path) {
            parse_issue(&source.text)
        } else {
            parse_source(&source, path, series).into()
        };
        let mut checked = CheckedFile {
            source,
            ..CheckedFile::new(path, Vec::new())
        };
        checked.add_parsed(parsed);
        checked
    }

    /// Creates the result for a file or folder that could not be read.
    fn new(path: &Path, diagnostics: Vec<Diagnostic>) -> CheckedFile {
        CheckedFile {
            path: path.to_owned(),
            source: Source::default(),
            diagnostics,
            pages: Vec::new(),
        }
    }

    /// Returns the file that the spans of a diagnostic point into: this one, or for example
    /// `press.toml`.
    pub(crate) fn span_file<'a>(&'a self, diagnostic: &'a Diagnostic) -> SpanFile<'a> {
        match &diagnostic.file {
            Some(file) => SpanFile {
                path: &file.path,
                text: &file.text,
                has_lines: true,
            },
            None => {
                let Source {
                    text, converted, ..
                } = &self.source;
                SpanFile {
                    path: &self.path,
                    text,
                    has_lines: !converted,
                }
            }
        }
    }

    /// Adds diagnostics and keeps all in the order of the text.
    pub(crate) fn add_diagnostics(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
        self.diagnostics.sort_by_key(Diagnostic::sort_key);
    }

    fn add_parsed(&mut self, parsed: ParsedFile) {
        let ParsedFile {
            issue,
            source_map,
            mut diagnostics,
        } = parsed;
        if let Some(issue) = issue {
            diagnostics.extend(find_swapped_details(&issue, &source_map));
            let links = find_links(&issue);
            diagnostics.extend(check_link_addresses(&links, &source_map));
            diagnostics.extend(find_repeated_links(&links, &source_map));
            let page = |link: &Link<'_>| Some((web_url(link.href)?, source_map.find(&link.path)));
            self.pages = links.iter().filter_map(page).collect();
        }
        self.add_diagnostics(diagnostics);
        self.limit_diagnostics();
    }

    /// Replaces the diagnostics beyond a limit by one error with their number.
    fn limit_diagnostics(&mut self) {
        let more = self.diagnostics.len().saturating_sub(MAX_DIAGNOSTICS);
        if more > 0 {
            self.diagnostics.truncate(MAX_DIAGNOSTICS);
            self.diagnostics.push(Diagnostic::without_span(
                Rule::Limit,
                format!("this file has {} more", format_count(more, "problem")),
                "fix the first ones, and check again",
            ));
        }
    }
}

/// Maximum length of a quotation in bytes: a paragraph can have thousands of diagnostics.
const MAX_QUOTE: usize = 2048;

/// Maximum number of diagnostics about one file. Nobody reads more.
const MAX_DIAGNOSTICS: usize = 10_000;

impl<'a> SpanFile<'a> {
    /// Returns the lines and columns of a span, or `None` in a file without lines. `index` is kept
    /// from one call to the next.
    pub(crate) fn region(&self, span: &LabeledSpan, index: &mut LineIndex<'a>) -> Option<Region> {
        if !self.has_lines {
            return None;
        }
        if !index.is_for(self.text) {
            *index = LineIndex::new(self.text);
        }
        Some(index.region(&span.span))
    }

    /// Returns the start of a span's text in a file without lines, where only the text helps to find
    /// it.
    pub(crate) fn quote(&self, span: &LabeledSpan) -> Option<&'a str> {
        let text = self
            .text
            .get(span.span.clone())
            .filter(|_| !self.has_lines)?;
        text.get(..text.floor_char_boundary(MAX_QUOTE))
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

fn read_json(path: &Path, folder: Option<&ContainedFolder>) -> Result<Source, UnreadableSource> {
    let bytes = match folder {
        Some(folder) => folder.read(path, MAX_BYTES)?,
        None => file::read_up_to(path, MAX_BYTES)?,
    };
    Source::from_bytes(&bytes)
}

fn parse_issue(json: &str) -> ParsedFile {
    let JsonMap {
        values: source_map,
        repeated_keys,
    } = map_json(json);
    let (mut issue, mut diagnostics) = match Issue::from_json(json.as_bytes()) {
        Ok(issue) => (Some(issue), Vec::new()),
        Err(error) => recover_issue(json, error, &source_map),
    };
    diagnostics.extend(repeated_keys);
    if let Some(issue) = &issue {
        diagnostics.extend(find_unnamed_fields(json, issue, &source_map));
    }
    let mut budget = Budget::default();
    if let Some(found) = &mut issue
        && !budget.spend(Limit::Headlines, found.headlines.len())
    {
        found.headlines.clear();
    }
    diagnostics.extend(budget.check().err());
    ParsedFile {
        issue,
        source_map,
        diagnostics,
    }
}

/// Returns the errors of an issue with their spans, and the issue if it could be parsed
/// nevertheless.
fn recover_issue(
    json: &str,
    error: JsonError,
    source_map: &SourceMap,
) -> (Option<Issue>, Vec<Diagnostic>) {
    let (issue, spans) = match &error {
        JsonError::Syntax(error) => (
            None,
            vec![Some(syntax_error_span(json, error.line(), error.column()))],
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

fn is_issue_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}
