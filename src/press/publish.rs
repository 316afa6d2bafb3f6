//! Builds the site: reads a folder of newsletters and writes the folder that a web server serves.

mod load_issues;
mod moved_issues;
mod pictures;
mod published_ids;
mod store;
mod unpublished;
mod widget_files;

use std::path::{Path, PathBuf};

use digest_issue::Issue;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::site::{PICTURES, is_immutable, server_files, write_latest_json};
use crate::{
    Diagnostic, Neighbours, Rule, Series, SiteAddress, SiteFile, folder, issue_files, series_files,
};
pub(crate) use load_issues::Drafts;
use load_issues::{LoadedIssue, LoadedIssues, load_issues};
use moved_issues::MovedIssues;
use published_ids::PublishedIds;
pub(crate) use store::Changes;
use store::{Effort, Store};
use unpublished::UnpublishedNewsletter;
pub use widget_files::REQUIRED_WIDGET_FILES;
use widget_files::WidgetFiles;

/// Builds a site from a folder of newsletters.
#[derive(Debug)]
pub(crate) struct SiteBuilder {
    /// The folder of the newsletters and of `press.toml`.
    pub(crate) issues: PathBuf,
    /// The folder that the site is written to.
    pub(crate) output: PathBuf,
    /// The address of the site, if it differs from the one in `press.toml`.
    pub(crate) site: Option<SiteAddress>,
    /// The folder of the widget's files.
    pub(crate) widget: PathBuf,
    /// Treatment of drafts and of issues of a later day.
    pub(crate) drafts: Drafts,
}

/// The outcome of a build.
#[derive(Debug)]
pub(crate) struct BuildReport {
    /// The number of issues in the site.
    pub(crate) issues: usize,
    /// The number of drafts and issues of a later day that are not in the site.
    pub(crate) left_out: usize,
    /// The warnings about the newsletters that changed, in the order of the newsletters.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The number of warnings about newsletters that did not change.
    pub(crate) old_warnings: usize,
    /// The changes to the output folder.
    pub(crate) changes: Changes,
}

/// Receives the progress of a build.
pub(crate) trait Progress: Sync {
    /// Starts a phase with a number of steps; `name` describes it, as in "reading".
    fn start_phase(&self, name: &'static str, steps: usize);
    /// Counts one step of the phase as done.
    fn finish_step(&self);
}

impl SiteBuilder {
    /// Writes the whole site, or nothing if there are errors.
    ///
    /// # Errors
    ///
    /// Returns the errors of all newsletters, or the errors of the settings or the folders; at
    /// least one.
    pub(crate) fn build(&self, progress: &dyn Progress) -> Result<BuildReport, Vec<Diagnostic>> {
        self.check_folders().map_err(single_error)?;
        let mut series = Series::load(&self.issues)?;
        if let Some(site) = &self.site {
            series.add_host(site);
        }
        let site = self.site.as_ref().or(series.site.as_ref());
        let site = site.ok_or_else(|| single_error(missing_site_error()))?;
        let widget = WidgetFiles::load(&self.widget).map_err(single_error)?;
        let LoadedIssues {
            loaded,
            left_out,
            warnings,
        } = load_issues(&self.issues, &series, self.drafts, progress)?;
        let store = Store::begin(&self.output).map_err(single_error)?;
        let published = PublishedIds::load(&store).map_err(single_error)?;
        let moved = MovedIssues::check(&series.moved, &loaded, &left_out, &published)?;

        let issues: Vec<&Issue> = loaded.iter().map(|loaded| &loaded.issue).collect();
        // Few of the widget's files are large; together with the issues, they keep all processors
        // busy.
        let latest = write_latest_json(&issues, site).map_err(single_error)?;
        let (widget_written, issues_written) = rayon::join(
            || widget.write(&store, &series.lang, latest.as_deref()),
            || write_issues(&store, site, &issues, &moved, progress),
        );
        widget_written.and(issues_written).map_err(single_error)?;
        let pictures = loaded.iter().flat_map(|loaded| loaded.pictures.iter());
        pictures::write_pictures(pictures, &store).map_err(single_error)?;
        write_series(&store, site, &series, &issues, &moved).map_err(single_error)?;
        published
            .with_build(&loaded, |id| moved.contains(id))
            .write(&store)
            .map_err(single_error)?;
        let changes = store.finish().map_err(single_error)?;
        let mut report = create_report(loaded, left_out, &published, changes);
        report.warnings.extend(warnings);
        Ok(report)
    }

    /// Checks that neither folder is inside the other. A site among the newsletters would be read
    /// as newsletters. Newsletters in the site would be served, and replaced together with it.
    fn check_folders(&self) -> Result<(), Diagnostic> {
        let issues = folder::canonicalize(&self.issues)?;
        let output = std::path::absolute(&self.output)
            .and_then(|output| existing_ancestor(&output).canonicalize());
        let is_output_inside = output
            .as_ref()
            .is_ok_and(|output| output.starts_with(&issues));
        let are_issues_inside = self
            .output
            .canonicalize()
            .is_ok_and(|output| issues.starts_with(output));
        if is_output_inside || are_issues_inside {
            let [issues, output] = [&self.issues, &self.output].map(|folder| folder.display());
            let message = format!(
                "the newsletters folder “{issues}” and the output folder “{output}” overlap"
            );
            return Err(Diagnostic::without_span(
                Rule::Output,
                message,
                "choose an output folder beside the newsletters folder",
            ));
        }
        Ok(())
    }
}

/// Returns the longest part of a path that exists.
fn existing_ancestor(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(path)
}

fn missing_site_error() -> Diagnostic {
    Diagnostic::without_span(
        Rule::SiteAddress,
        "the address of the site is missing",
        "write it into press.toml: site = \"https://cdn.example/\"; \
         or add --site https://cdn.example/",
    )
}

fn write_issues(
    store: &Store,
    site: &SiteAddress,
    issues: &[&Issue],
    moved: &MovedIssues,
    progress: &dyn Progress,
) -> Result<(), Diagnostic> {
    progress.start_phase("writing", issues.len());
    issues
        .par_iter()
        .enumerate()
        .try_for_each(|(index, issue)| {
            for file in issue_files(issue, Neighbours::find(issues, index), site)? {
                store.write(&file.path, &file.bytes, Effort::Quick)?;
                for (path, bytes) in moved.copies_for_old_ids(issue, &file) {
                    store.write(&path, bytes, Effort::Quick)?;
                }
            }
            progress.finish_step();
            Ok(())
        })
}

/// Writes the files that depend on all issues, then the server settings, which depend on all files.
fn write_series(
    store: &Store,
    site: &SiteAddress,
    series: &Series,
    issues: &[&Issue],
    moved: &MovedIssues,
) -> Result<(), Diagnostic> {
    let write = |file: &SiteFile| store.write(&file.path, &file.bytes, Effort::Quick);
    let title = series
        .title
        .as_deref()
        .or(issues.first().map(|issue| &*issue.title))
        .unwrap_or_default();
    let mut files = series_files(title, &series.lang, issues, site)?;
    files.extend(moved.redirect_pages(issues, site));
    files.par_iter().try_for_each(write)?;
    // Pictures are not kept: the picture of a withdrawn issue goes with the issue.
    store.keep_matching(|path| is_immutable(path) && !path.starts_with(PICTURES))?;
    let paths = store.paths();
    for file in &server_files(site, paths.iter().map(String::as_str), moved.pairs()) {
        write(file)?;
    }
    Ok(())
}

fn create_report(
    loaded: Vec<LoadedIssue>,
    left_out: Vec<UnpublishedNewsletter>,
    published: &PublishedIds,
    changes: Changes,
) -> BuildReport {
    let issues = loaded.len();
    let number_left_out = left_out.len();
    let mut warnings: Vec<_> = left_out
        .into_iter()
        .map(|left_out| left_out.warning)
        .collect();
    warnings.extend(published.changed_headline_warnings(&loaded));
    let mut old_warnings = 0;
    for loaded in loaded {
        let json = format!("issues/{}/issue.json", loaded.issue.id);
        if changes.written.binary_search(&json).is_ok() {
            warnings.extend(loaded.warnings);
        } else {
            old_warnings += loaded.warnings.len();
        }
    }
    BuildReport {
        issues,
        left_out: number_left_out,
        warnings,
        old_warnings,
        changes,
    }
}

/// Returns the folder of the widget's files in an installed digest-press.
pub(crate) fn default_widget_folder() -> PathBuf {
    WidgetFiles::default_folder()
}

fn single_error(error: impl Into<Diagnostic>) -> Vec<Diagnostic> {
    vec![error.into()]
}
