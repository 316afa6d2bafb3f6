//! Newsletters that are not published: drafts, and issues of a later day.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use digest_issue::{Date, Issue};

use crate::newsletter::ParsedNewsletter;
use crate::{Diagnostic, Future, Rule, Series, Severity, SourceFile, date};

/// A newsletter that the site leaves out.
#[derive(Debug)]
pub(super) struct UnpublishedNewsletter {
    /// Its path, relative to the folder of the newsletters.
    pub(super) newsletter: PathBuf,
    /// The reason.
    pub(super) warning: Diagnostic,
}

/// The reason why a newsletter is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Its front matter says so.
    Draft,
    /// It is in a folder of drafts.
    DraftsFolder,
    /// Its day has not come.
    LaterDay(Date),
}

impl Reason {
    /// Finds the reason in the path of a newsletter, relative to the folder of the newsletters.
    pub(super) fn from_path(newsletter: &Path) -> Option<Reason> {
        let is_drafts = |folder: Component<'_>| {
            let name = folder.as_os_str();
            ["drafts", "_drafts"]
                .iter()
                .any(|drafts| name.eq_ignore_ascii_case(drafts))
        };
        let mut folders = newsletter.parent()?.components();
        folders.any(is_drafts).then_some(Reason::DraftsFolder)
    }

    /// Finds the reason in a newsletter.
    pub(super) fn from_newsletter(
        parsed: &ParsedNewsletter,
        series: &Series,
        today: Date,
    ) -> Option<Reason> {
        let day = parsed.issue.date;
        if parsed.is_draft {
            return Some(Reason::Draft);
        }
        (day > today && series.future == Future::LeaveOut).then_some(Reason::LaterDay(day))
    }

    /// Returns the warning about a newsletter that is left out.
    pub(super) fn left_out_warning(self, file: &Arc<SourceFile>) -> Diagnostic {
        let message = match self {
            Reason::Draft | Reason::DraftsFolder => "this is a draft: it is left out".to_owned(),
            Reason::LaterDay(day) => format!(
                "this issue is of a later day: it is left out until {}",
                date::format_date(day, "en")
            ),
        };
        self.new_warning(message, file)
    }

    /// Returns the warning about a newsletter that only the preview shows.
    pub(super) fn preview_warning(self, file: &Arc<SourceFile>) -> Diagnostic {
        let message = match self {
            Reason::Draft | Reason::DraftsFolder => {
                "this is a draft: only the preview shows it".to_owned()
            }
            Reason::LaterDay(day) => format!(
                "this issue is of a later day: until {}, only the preview shows it",
                date::format_date(day, "en")
            ),
        };
        self.new_warning(message, file)
    }

    fn new_warning(self, message: String, file: &Arc<SourceFile>) -> Diagnostic {
        let remedy = match self {
            Reason::Draft => "to publish it, remove “draft: true” from its settings".to_owned(),
            Reason::DraftsFolder => "to publish it, move it out of the folder of drafts".to_owned(),
            Reason::LaterDay(_) => format!(
                "build again on that day, or write future = \"publish\" in {}",
                Series::FILE
            ),
        };
        let warning = Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::without_span(Rule::Unpublished, message, remedy)
        };
        warning.in_file(Arc::clone(file))
    }
}

/// Marks an issue as a draft in its title, which is in all pages of the preview.
pub(super) fn mark_as_draft(issue: &mut Issue) {
    let mark = match issue.lang.as_str().split('-').next() {
        Some("ja") => "［下書き］",
        _ => "[Draft] ",
    };
    issue.title.insert_str(0, mark);
}

/// Returns the error for a folder with nothing to publish.
pub(super) fn nothing_published_error(folder: &Path) -> Diagnostic {
    let message = format!(
        "every newsletter in “{}” is a draft or of a later day: there is nothing to publish",
        folder.display()
    );
    let remedy = "publish one of them; `digest-press serve` shows drafts too";
    Diagnostic::without_span(Rule::Unpublished, message, remedy)
}
