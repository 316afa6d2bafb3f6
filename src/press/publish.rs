//! From a folder of newsletters to the folder that is served.

mod edition;
mod moved;
mod pictures;
mod published;
mod store;
mod widget;

use std::path::{Path, PathBuf};

use digest_issue::Issue;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::site::{PICTURES, is_immutable, server_files};
use crate::{
    Diagnostic, Neighbours, Rule, Series, SiteAddress, SiteFile, folder, issue_files, series_files,
};
use edition::Edition;
use moved::Moved;
use published::Published;
pub(crate) use store::Changes;
use store::{Effort, Store};
use widget::Widget;

/// What is built, and from what.
#[derive(Debug)]
pub(crate) struct Build {
    /// The folder of the newsletters and of `press.toml`.
    pub(crate) issues: PathBuf,
    /// The folder that is to be served.
    pub(crate) output: PathBuf,
    /// Where it will be served, if not where `press.toml` says.
    pub(crate) site: Option<SiteAddress>,
    /// The folder of the widget's own files.
    pub(crate) widget: PathBuf,
}

/// What was built.
#[derive(Debug)]
pub(crate) struct Built {
    /// How many issues the site has.
    pub(crate) issues: usize,
    /// What somebody should look at in the newsletters that are published anew, in their order.
    pub(crate) warnings: Vec<Diagnostic>,
    /// How many more of these there are in newsletters that were published as they are before.
    pub(crate) old_warnings: usize,
    /// What was done to the output folder.
    pub(crate) changes: Changes,
}

/// Hears how far a build is.
pub(crate) trait Progress: Sync {
    /// So many steps are to come, of which `what` says what they do.
    fn begin(&self, what: &'static str, steps: usize);
    /// One of them is done.
    fn step(&self);
}

impl Build {
    /// Writes the whole site, or nothing if anything is refused.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the newsletters, in their order; or else what is wrong with the
    /// settings or the folders: never empty.
    pub(crate) fn run(&self, progress: &dyn Progress) -> Result<Built, Vec<Diagnostic>> {
        self.check_folders().map_err(one)?;
        let series = Series::load(&self.issues)?;
        let site = self
            .site
            .as_ref()
            .or(series.site.as_ref())
            .ok_or_else(|| one(no_site()))?;
        let widget = Widget::in_folder(&self.widget).map_err(one)?;
        let editions = edition::read_all(&self.issues, &series, progress)?;
        let store = Store::begin(&self.output).map_err(one)?;
        let published = Published::read(&store).map_err(one)?;
        let moved = moved::check(&series.moved, &editions, &published)?;

        let issues: Vec<&Issue> = editions.iter().map(|edition| &edition.issue).collect();
        // Few of the widget's files are large; together with the issues, they keep all processors busy.
        let (of_widget, of_issues) = rayon::join(
            || widget.write(&store, issues.first().copied()),
            || write_issues(&store, site, &issues, &moved, progress),
        );
        of_widget.and(of_issues).map_err(one)?;
        pictures::write(
            editions
                .iter()
                .filter_map(|edition| edition.picture.as_ref()),
            &store,
        )
        .map_err(one)?;
        write_series(&store, site, &series, &issues, &moved).map_err(one)?;
        published
            .with(&editions, &moved)
            .write(&store)
            .map_err(one)?;
        let changes = store.finish().map_err(one)?;
        Ok(built(editions, &published, changes))
    }

    /// A site among the newsletters would be read as newsletters; newsletters in the site would be
    /// served, and be replaced together with it.
    fn check_folders(&self) -> Result<(), Diagnostic> {
        let issues = folder::canonicalize(&self.issues)?;
        let output =
            std::path::absolute(&self.output).and_then(|output| existing(&output).canonicalize());
        let is_within = output
            .as_ref()
            .is_ok_and(|output| output.starts_with(&issues));
        let is_around = self
            .output
            .canonicalize()
            .is_ok_and(|output| issues.starts_with(output));
        if is_within || is_around {
            let [issues, output] = [&self.issues, &self.output].map(|folder| folder.display());
            let message = format!("of the folders “{issues}” and “{output}” one is in the other");
            return Err(Diagnostic::without_span(
                Rule::Output,
                message,
                "name two folders beside each other",
            ));
        }
        Ok(())
    }
}

/// The part of a path that is there.
fn existing(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(path)
}

fn no_site() -> Diagnostic {
    Diagnostic::without_span(
        Rule::SiteAddress,
        "the address that the site will have is missing",
        "write it into press.toml, as in: site = \"https://cdn.example/\"; or add --site https://cdn.example/",
    )
}

fn write_issues(
    store: &Store,
    site: &SiteAddress,
    issues: &[&Issue],
    moved: &Moved,
    progress: &dyn Progress,
) -> Result<(), Diagnostic> {
    progress.begin("writing", issues.len());
    issues
        .par_iter()
        .enumerate()
        .try_for_each(|(index, issue)| {
            let next = index
                .checked_sub(1)
                .and_then(|index| issues.get(index))
                .copied();
            let neighbours = Neighbours {
                previous: issues.get(index + 1).copied(),
                next,
            };
            for file in issue_files(issue, neighbours, site)? {
                store.write(&file.path, &file.bytes, Effort::Quick)?;
                for (path, bytes) in moved.copies(issue, &file) {
                    store.write(&path, bytes, Effort::Quick)?;
                }
            }
            progress.step();
            Ok(())
        })
}

/// Everything that depends on all issues, and then on all files.
fn write_series(
    store: &Store,
    site: &SiteAddress,
    series: &Series,
    issues: &[&Issue],
    moved: &Moved,
) -> Result<(), Diagnostic> {
    let write = |file: &SiteFile| store.write(&file.path, &file.bytes, Effort::Quick);
    let title = series
        .title
        .as_deref()
        .or(issues.first().map(|issue| &*issue.title))
        .unwrap_or_default();
    let mut files = series_files(title, &series.lang, issues, site)?;
    files.extend(moved.pages(issues, site));
    files.par_iter().try_for_each(write)?;
    // The picture of an issue that was taken back is taken back with it.
    store.keep_all(|path| is_immutable(path) && !path.starts_with(PICTURES))?;
    let paths = store.paths();
    for file in &server_files(site, paths.iter().map(String::as_str), moved.ids()) {
        write(file)?;
    }
    Ok(())
}

fn built(editions: Vec<Edition>, published: &Published, changes: Changes) -> Built {
    let issues = editions.len();
    let mut warnings = published.changed_headlines(&editions);
    let mut old_warnings = 0;
    for edition in editions {
        let json = format!("issues/{}/issue.json", edition.issue.id);
        if changes.written.binary_search(&json).is_ok() {
            warnings.extend(edition.warnings);
        } else {
            old_warnings += edition.warnings.len();
        }
    }
    Built {
        issues,
        warnings,
        old_warnings,
        changes,
    }
}

/// Where the widget's files are if nobody says so.
pub(crate) fn usual_widget() -> PathBuf {
    Widget::usual_folder()
}

fn one(error: impl Into<Diagnostic>) -> Vec<Diagnostic> {
    vec![error.into()]
}
