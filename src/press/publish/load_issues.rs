//! Loads the newsletters of a folder as issues, with their pictures and warnings.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use digest_issue::{Date, Issue};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use unicode_normalization::UnicodeNormalization;

use super::Progress;
use super::pictures::{LoadedPictures, PictureLoader};
use super::unpublished::{Reason, UnpublishedNewsletter, mark_as_draft, nothing_published_error};
use crate::contained_folder::ContainedFolder;
use crate::import::{import_parsed, parse_source};
use crate::newsletter::ParsedNewsletter;
use crate::source::{self, Source, UnreadableSource};
use crate::{Diagnostic, Imported, Rule, Series, SourceFile, date, folder};

/// An issue with the newsletter that it comes from.
#[derive(Debug)]
pub(super) struct LoadedIssue {
    pub(super) issue: Issue,
    /// The path of the newsletter, relative to the folder of the newsletters.
    pub(super) newsletter: PathBuf,
    /// The pictures that the site has to contain: from files beside the newsletter, or from inside
    /// it.
    pub(super) pictures: LoadedPictures,
    /// The warnings about the newsletter, each with its file.
    pub(super) warnings: Vec<Diagnostic>,
}

/// The newsletters of a folder.
#[derive(Debug)]
pub(super) struct LoadedIssues {
    /// The issues of the site, the newest first.
    pub(super) loaded: Vec<LoadedIssue>,
    /// The newsletters that are not published.
    pub(super) left_out: Vec<UnpublishedNewsletter>,
    /// The warnings about documents that are not read.
    pub(super) warnings: Vec<Diagnostic>,
}

/// Treatment of drafts and of issues of a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drafts {
    /// They are left out, whatever errors they have.
    LeaveOut,
    /// They are issues like the others, marked as drafts.
    Show,
}

/// Loads the newsletters of a folder as issues.
///
/// # Errors
///
/// Returns the diagnostics about all newsletters, in the order of their names; at least one error.
pub(super) fn load_issues(
    folder: &Path,
    series: &Series,
    drafts: Drafts,
    progress: &dyn Progress,
) -> Result<LoadedIssues, Vec<Diagnostic>> {
    let files = folder::find_files(folder, series, source::is_newsletter)?;
    let newsletters = files.wanted;
    let loader = IssueLoader {
        folder,
        contained: ContainedFolder::open(folder).map_err(|error| vec![error.into()])?,
        series,
        drafts,
        today: date::today(),
    };
    progress.start_phase("reading", newsletters.len());
    let results = newsletters.into_par_iter().map(|path| {
        let loaded = loader.load(&path);
        progress.finish_step();
        loaded
    });
    let unread = files.unread.iter();
    let warnings = unread.map(|path| source::unread_document_warning(path));
    collect_issues(results.collect(), warnings.collect(), folder)
}

/// The outcome for one newsletter.
enum Outcome {
    Loaded(Box<LoadedIssue>),
    LeftOut(UnpublishedNewsletter),
    Refused(Vec<Diagnostic>),
}

fn collect_issues(
    outcomes: Vec<Outcome>,
    warnings: Vec<Diagnostic>,
    folder: &Path,
) -> Result<LoadedIssues, Vec<Diagnostic>> {
    let (mut loaded, mut left_out, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Loaded(issue) => loaded.push(*issue),
            Outcome::LeftOut(newsletter) => left_out.push(newsletter),
            Outcome::Refused(refused) => errors.extend(refused),
        }
    }
    errors.extend(find_duplicate_ids(&loaded));
    if errors.is_empty() && loaded.is_empty() {
        errors.extend(left_out.into_iter().map(|left_out| left_out.warning));
        errors.push(nothing_published_error(folder));
        return Err(errors);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    loaded.sort_by(|one, other| sort_key(&other.issue).cmp(&sort_key(&one.issue)));
    Ok(LoadedIssues {
        loaded,
        left_out,
        warnings,
    })
}

/// Issues are sorted by date, and issues of the same date by volume.
fn sort_key(issue: &Issue) -> impl Ord + '_ {
    (issue.date, &issue.volume, &issue.id)
}

/// Loads the newsletters of one folder.
struct IssueLoader<'a> {
    folder: &'a Path,
    contained: ContainedFolder,
    series: &'a Series,
    drafts: Drafts,
    today: Date,
}

impl IssueLoader<'_> {
    fn load(&self, path: &Path) -> Outcome {
        let newsletter = self.newsletter_path(path);
        let in_folder = Reason::from_path(newsletter);
        let source = match Source::load_in(&self.contained, path) {
            Ok(source) => source,
            Err(UnreadableSource { text, diagnostic }) => {
                let path = path.to_owned();
                let file = Arc::new(SourceFile { path, text });
                return match in_folder.filter(|_| self.drafts == Drafts::LeaveOut) {
                    Some(reason) => leave_out(newsletter, reason, &file),
                    None => Outcome::Refused(add_file(&file, vec![diagnostic])),
                };
            }
        };
        let file = Arc::new(SourceFile {
            path: source.display_path(path),
            text: source.text.clone(),
        });
        let parsed = parse_source(&source, path, self.series);
        let reason =
            in_folder.or_else(|| Reason::from_newsletter(&parsed, self.series, self.today));
        if let Some(reason) = reason.filter(|_| self.drafts == Drafts::LeaveOut) {
            return leave_out(newsletter, reason, &file);
        }
        match self.load_parsed(parsed, path, &source) {
            Ok(loaded) => Outcome::Loaded(Box::new(show_as_draft(loaded, reason, &file))),
            Err(errors) => Outcome::Refused(add_file(&file, errors)),
        }
    }

    fn load_parsed(
        &self,
        parsed: ParsedNewsletter,
        path: &Path,
        source: &Source,
    ) -> Result<LoadedIssue, Vec<Diagnostic>> {
        let Imported {
            mut issue,
            mut warnings,
        } = import_parsed(parsed)?;
        let loader = PictureLoader {
            newsletter: path,
            word_parts: &source.word_parts,
            folder: self.folder,
            unplaced: self.series.unplaced,
        };
        let mut pictures = loader.load_all(&mut issue)?;
        warnings.append(&mut pictures.warnings);
        Ok(LoadedIssue {
            issue,
            pictures,
            warnings,
            newsletter: self.newsletter_path(path).to_owned(),
        })
    }

    /// Returns the path of a newsletter in the folder.
    fn newsletter_path<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.folder).unwrap_or(path)
    }
}

fn leave_out(newsletter: &Path, reason: Reason, file: &Arc<SourceFile>) -> Outcome {
    Outcome::LeftOut(UnpublishedNewsletter {
        newsletter: newsletter.to_owned(),
        warning: reason.left_out_warning(file),
    })
}

/// Adds the file to the warnings, and marks a draft.
fn show_as_draft(
    mut loaded: LoadedIssue,
    reason: Option<Reason>,
    file: &Arc<SourceFile>,
) -> LoadedIssue {
    loaded.warnings = add_file(file, loaded.warnings);
    if let Some(reason) = reason {
        mark_as_draft(&mut loaded.issue);
        loaded.warnings.insert(0, reason.preview_warning(file));
    }
    loaded
}

/// Adds the file to the diagnostics that have none.
fn add_file(file: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let add_file = |diagnostic: Diagnostic| match diagnostic.file {
        Some(_) => diagnostic,
        None => diagnostic.in_file(Arc::clone(file)),
    };
    diagnostics.into_iter().map(add_file).collect()
}

/// Returns an error for each newsletter whose id is taken. Ids are also equal if some file systems
/// take them for the same name.
fn find_duplicate_ids(issues: &[LoadedIssue]) -> Vec<Diagnostic> {
    let mut seen: HashMap<String, &LoadedIssue> = HashMap::new();
    let mut errors = Vec::new();
    for issue in issues {
        let id = &issue.issue.id;
        if let Some(first) = seen.insert(id.to_lowercase().nfc().collect(), issue) {
            errors.push(duplicate_id_error(first, issue));
        }
    }
    errors
}

fn duplicate_id_error(first: &LoadedIssue, second: &LoadedIssue) -> Diagnostic {
    let [one, other] = [first, second].map(|issue| issue.newsletter.display());
    let [one_id, other_id] = [&first.issue.id, &second.issue.id];
    let message = if one_id == other_id {
        format!("“{one}” and “{other}” have the same id, “{one_id}”")
    } else {
        format!(
            "“{one}” has the id “{one_id}” and “{other}” the id “{other_id}”, \
             which is the same folder on many systems"
        )
    };
    Diagnostic::without_span(
        Rule::Twice,
        message,
        "ids are made from title and volume: correct the volume of one of them, or remove the copy",
    )
}
