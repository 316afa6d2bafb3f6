//! Messages to editors, each with the lines it is about and a remedy, rendered for a terminal.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::renderer::{DecorStyle, Renderer};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use digest_issue::{JsonError, Problem};

use crate::Rule;
use crate::file::FileError;
use crate::terminal::{escape_controls, escape_line};

/// A message to the editor of a newsletter: the problem, its position, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that it comes from, which says why it matters.
    pub rule: Rule,
    /// Errors stop publication, warnings do not.
    pub severity: Severity,
    /// The problem.
    pub message: String,
    /// The span of the problem, then further spans that explain it. Empty if the problem has no
    /// position in the newsletter.
    pub spans: Vec<LabeledSpan>,
    /// How to fix it.
    pub remedy: String,
    /// The file that the spans refer to, if it is not the newsletter.
    pub file: Option<Arc<SourceFile>>,
}

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The newsletter cannot be published.
    Error,
    /// The newsletter can be published, but somebody should look at it.
    Warning,
}

/// Maximum bytes of source text shown with a message: layout takes time.
const MAX_SNIPPET: usize = 64 * 1024;

/// A file beside the newsletter, such as the settings of its series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path.
    pub path: PathBuf,
    /// Its content.
    pub text: String,
}

/// A span of a newsletter with an optional label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabeledSpan {
    /// The byte range in the source.
    pub span: Range<usize>,
    /// A note on this span, or empty if the message says it all.
    pub label: String,
}

impl Diagnostic {
    /// The line number in `source`, or in [`Diagnostic::file`], from 1. `None` without a span.
    #[must_use]
    pub fn line(&self, source: &str) -> Option<usize> {
        let source = self.file.as_ref().map_or(source, |file| &file.text);
        self.start().map(|start| line_number(source, start))
    }

    /// Renders the message with terminal colours and without a final newline.
    ///
    /// It shows the lines of `source`, which was read from `path`, or of [`Diagnostic::file`], in
    /// `width` columns.
    #[must_use]
    pub fn render(&self, source: &str, path: &Path, width: usize) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let (source, path) = self.file.as_ref().map_or((source, path), |file| {
            (file.text.as_str(), file.path.as_path())
        });
        let message = escape_controls(&self.message);
        let group = match self.snippet(source, path) {
            Some(snippet) => level.primary_title(message).element(snippet),
            None => {
                Group::with_title(level.primary_title(message)).elements(self.origin(source, path))
            }
        };
        let why = Level::NOTE.message(self.rule.why());
        let remedy = Level::HELP.message(escape_controls(&self.remedy));
        Renderer::styled()
            .decor_style(DecorStyle::Ascii)
            .term_width(width)
            .render(&[group.element(why).element(remedy)])
    }

    pub(crate) fn error(
        rule: Rule,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Diagnostic {
        let spans = span
            .into()
            .map(|span| LabeledSpan {
                span,
                label: String::new(),
            })
            .into_iter()
            .collect();
        Diagnostic {
            spans,
            ..Diagnostic::without_span(rule, message, remedy)
        }
    }

    pub(crate) fn warning(
        rule: Rule,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(rule, span, message, remedy)
        }
    }

    /// An error for content that is not allowed in `place`.
    pub(crate) fn unsupported(
        span: Range<usize>,
        what: &str,
        place: &str,
        remedy: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(
            Rule::NoPlace,
            span,
            format!("this is {what}, which has no place in {place}"),
            remedy,
        )
    }

    /// An error without a position in the newsletter.
    pub(crate) fn without_span(
        rule: Rule,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            rule,
            severity: Severity::Error,
            message: message.into(),
            spans: Vec::new(),
            remedy: remedy.into(),
            file: None,
        }
    }

    /// An error that only a fault in this program can cause.
    pub(crate) fn internal_error(error: &dyn std::error::Error) -> Diagnostic {
        Diagnostic::without_span(
            Rule::Bug,
            format!("the issue cannot be written: {error}"),
            "report this as a bug",
        )
    }

    /// The errors of an invalid `issue.json`; never empty.
    pub(crate) fn from_json_error(error: JsonError) -> Vec<Diagnostic> {
        match error {
            JsonError::Problems(problems) => problems.into_iter().map(Diagnostic::from).collect(),
            error => vec![Diagnostic::without_span(
                Rule::Format,
                error.to_string(),
                "create the issue again with `digest-press import`",
            )],
        }
    }

    /// Adds a span without a label, if there is one.
    pub(crate) fn with_span(mut self, span: Option<Range<usize>>) -> Diagnostic {
        self.spans.extend(span.map(|span| LabeledSpan {
            span,
            label: String::new(),
        }));
        self
    }

    /// Adds a span with a label that explains the problem.
    pub(crate) fn with_label(mut self, span: Range<usize>, label: impl Into<String>) -> Diagnostic {
        self.spans.push(LabeledSpan {
            span,
            label: label.into(),
        });
        self
    }

    /// Makes the spans refer to `file` instead of the newsletter.
    pub(crate) fn in_file(self, file: Arc<SourceFile>) -> Diagnostic {
        Diagnostic {
            file: Some(file),
            ..self
        }
    }

    /// Turns an error about lost content into a warning that the content is left out. Any other
    /// diagnostic is returned unchanged.
    pub(crate) fn into_omission(self) -> Diagnostic {
        let outcome = match self.rule {
            Rule::UnusableLink | Rule::UndefinedReference => "its text is kept without it",
            _ if self.is_loss() => "it is left out",
            _ => return self,
        };
        let message = format!("{}: {outcome}", self.message);
        Diagnostic {
            severity: Severity::Warning,
            message,
            ..self
        }
    }

    /// Returns true if it reports content that will be missing from the issue.
    pub(crate) fn is_loss(&self) -> bool {
        matches!(self.rule, Rule::NoPlace | Rule::EmptyLink)
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Sort key: diagnostics about other files first, then by position in the newsletter.
    pub(crate) fn sort_key(&self) -> (bool, Option<usize>) {
        (self.file.is_none(), self.start())
    }

    fn start(&self) -> Option<usize> {
        self.spans.first().map(|labeled| labeled.span.start)
    }

    /// The path and position, for messages without a snippet. With many newsletters, the path says
    /// which one is meant.
    fn origin<'a>(&self, source: &str, path: &Path) -> Option<Origin<'a>> {
        let origin = Origin::path(display_path(path));
        let Some(start) = self.start() else {
            return (!path.as_os_str().is_empty()).then_some(origin);
        };
        let column = 1 + source
            .get(line_start(source, start)..start)?
            .chars()
            .count();
        Some(origin.line(line_number(source, start)).char_column(column))
    }

    /// The source lines from the first span to the last, unless they are too long.
    fn snippet<'a>(
        &'a self,
        source: &'a str,
        path: &Path,
    ) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
        let start = line_start(
            source,
            self.spans.iter().map(|labeled| labeled.span.start).min()?,
        );
        let end = line_end(
            source,
            self.spans.iter().map(|labeled| labeled.span.start).max()?,
        );
        let annotations = self.spans.iter().enumerate().map(|(index, labeled)| {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let span = clip_to_line(source, &labeled.span);
            let annotation = kind.span(span.start - start..span.end - start);
            if labeled.label.is_empty() {
                annotation
            } else {
                annotation.label(escape_controls(&labeled.label))
            }
        });
        let lines = source
            .get(start..end)
            .filter(|lines| lines.len() <= MAX_SNIPPET)?;
        let snippet = Snippet::source(lines).path(display_path(path));
        Some(
            snippet
                .line_start(line_number(source, start))
                .annotations(annotations),
        )
    }
}

impl From<FileError> for Diagnostic {
    fn from(error: FileError) -> Diagnostic {
        Diagnostic::without_span(Rule::File, error.to_string(), error.remedy())
    }
}

impl From<Problem> for Diagnostic {
    fn from(problem: Problem) -> Diagnostic {
        Diagnostic::without_span(
            Rule::Format,
            format!("{}: {}", problem.path, problem.message),
            problem.remedy,
        )
    }
}

fn display_path(path: &Path) -> String {
    escape_line(&path.display().to_string()).into_owned()
}

/// Shortens `span` to its first line, so that a long block does not fill the screen.
fn clip_to_line(source: &str, span: &Range<usize>) -> Range<usize> {
    span.start..span.end.min(line_end(source, span.start)).max(span.start)
}

/// The number of the line that contains `offset`, from 1.
pub(crate) fn line_number(source: &str, offset: usize) -> usize {
    1 + source
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}

fn line_start(source: &str, offset: usize) -> usize {
    source
        .get(..offset)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |newline| newline + 1)
}

fn line_end(source: &str, offset: usize) -> usize {
    let length = source
        .get(offset..)
        .and_then(|after| after.find(['\n', '\r']));
    length.map_or(source.len(), |length| offset + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "Digest\r\n\r\n| a | b |\r\n|---|---|\r\n\u{65e5}\u{672c}";

    fn render(diagnostic: &Diagnostic, width: usize) -> String {
        let text = diagnostic.render(SOURCE, Path::new("newsletter.md"), width);
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn only_the_first_line_of_a_block_is_shown() {
        let table = SOURCE.find('|').unwrap()..SOURCE.rfind('|').unwrap();
        let diagnostic = Diagnostic::unsupported(table, "a table", "a detail", "remove it");
        assert_eq!(diagnostic.line(SOURCE), Some(3));
        assert_eq!(
            render(&diagnostic, 100),
            "\
error: this is a table, which has no place in a detail
 --> newsletter.md:3:1
  |
3 | | a | b |
  | ^^^^^^^^^
  |
  = note: it would be lost silently
  = help: remove it"
        );
    }

    #[test]
    fn any_span_renders_at_any_width() {
        let offsets: Vec<_> = (0..=SOURCE.len())
            .filter(|offset| SOURCE.is_char_boundary(*offset))
            .collect();
        for (start, end) in offsets
            .iter()
            .flat_map(|start| offsets.iter().map(move |end| (*start, *end)))
        {
            let diagnostic = Diagnostic::warning(Rule::Bug, start..end, "message", "remedy")
                .with_label(end..end, "label");
            for width in [0, 1, 20] {
                assert!(render(&diagnostic, width).starts_with("warning: message"));
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_not_shown() {
        let source = format!("Digest\n{}", "日".repeat(MAX_SNIPPET));
        let offset = 7 + "日".len() * 1000;
        let diagnostic = Diagnostic::error(Rule::Bug, offset..offset, "message", "remedy");
        let text = diagnostic.render(&source, Path::new("newsletter.md"), 100);
        let text = anstream::adapter::strip_str(&text).to_string();
        assert!(
            text.starts_with("error: message\n--> newsletter.md:2:1001\n"),
            "{text}"
        );
    }

    #[test]
    fn a_diagnostic_without_a_span_shows_no_lines() {
        let diagnostic = Diagnostic::without_span(Rule::Bug, "message", "remedy");
        assert_eq!(diagnostic.line(SOURCE), None);
        assert_eq!(
            render(&diagnostic, 100),
            "error: message\n--> newsletter.md\n = note: no newsletter should be able to cause this\n = help: remedy"
        );
    }
}
