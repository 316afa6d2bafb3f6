//! The command `build`, and the progress bar that it shares with `serve`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{format_failure, print_report};
use crate::count::format_count;
use crate::publish::{BuildReport, Drafts, Progress, SiteBuilder, default_widget_folder};
use crate::terminal::Terminal;
use crate::{Diagnostic, SiteAddress};

/// Build the site from a folder of newsletters
///
/// The output folder is what a web server or CDN serves: pages, feeds and the widget.
///
/// Newsletters are files ending in .md, .markdown, .docx, .html or .htm, also in subfolders.
/// README.md, the references file of press.toml and hidden files are skipped.
///
/// Drafts and issues of a later day are left out, and listed: newsletters with `draft: true` in
/// their settings, or in a folder "drafts". The day is that of this computer.
///
/// If a newsletter has errors, nothing is written. The old site stays until the new one is
/// complete, and unchanged files are not touched.
///
/// Exit code: 0 if the site is up to date, even with warnings; 1 on errors; 2 if the command line
/// is wrong.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Folder of the newsletters, with its press.toml
    #[arg(value_name = "ISSUES")]
    issues: PathBuf,

    /// Folder to write: new, empty, or written by an earlier build
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    /// Address of the site, such as https://cdn.example/ [default: `site` in press.toml]
    #[arg(long, value_name = "ADDRESS")]
    site: Option<SiteAddress>,

    /// Folder of the widget's files [default: the folder "widget" beside digest-press]
    #[arg(long, value_name = "FOLDER")]
    widget: Option<PathBuf>,
}

impl BuildArgs {
    pub(super) fn run(
        &self,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        let builder = SiteBuilder {
            issues: self.issues.clone(),
            output: self.output.clone(),
            site: self.site.clone(),
            widget: self.widget.clone().unwrap_or_else(default_widget_folder),
            drafts: Drafts::LeaveOut,
        };
        let result = build_with_progress(&builder);
        let (diagnostics, summary, code) = match &result {
            Ok(report) => (
                &report.warnings,
                self.format_summary(report),
                ExitCode::SUCCESS,
            ),
            Err(errors) => (errors, format_failure(errors), ExitCode::FAILURE),
        };
        print_report(stderr, diagnostics, "", Path::new(""), width)?;
        writeln!(stderr, "{summary}")?;
        Ok(code)
    }

    fn format_summary(&self, report: &BuildReport) -> String {
        let mut issues = format_count(report.issues, "issue");
        if report.left_out > 0 {
            issues += &format!(", {} left out", report.left_out);
        }
        let written = format_count(report.changes.written.len(), "file");
        let (unchanged, removed) = (report.changes.unchanged, report.changes.removed.len());
        let mut summary = format!(
            "built {}: {issues}; {written} written, {unchanged} unchanged, {removed} removed; {}",
            self.output.display(),
            format_count(report.warnings.len(), "warning"),
        );
        if report.old_warnings > 0 {
            summary += &format!(
                ", and {} more in unchanged newsletters",
                report.old_warnings
            );
        }
        summary
    }
}

/// Builds a site, with a progress bar if stderr is a terminal.
pub(super) fn build_with_progress(builder: &SiteBuilder) -> Result<BuildReport, Vec<Diagnostic>> {
    let bar = BuildProgressBar(ProgressBar::new(0));
    let result = builder.build(&bar);
    bar.0.finish_and_clear();
    result
}

struct BuildProgressBar(ProgressBar);

impl Progress for BuildProgressBar {
    fn start_phase(&self, name: &'static str, steps: usize) {
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            self.0.set_style(style);
        }
        // The message is set before the length, which draws the bar.
        self.0.set_message(name);
        self.0.set_length(steps as u64);
        self.0.reset();
    }

    fn finish_step(&self) {
        self.0.inc(1);
    }
}
