use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{refused, tell};
use crate::SiteAddress;
use crate::count::format_count;
use crate::publish::{self, Built, Progress};

/// Build the whole folder that a web server or CDN serves, from a folder of newsletters
///
/// Newsletters are the files that end in .md, .markdown, .docx, .html or .htm, also in folders within, but
/// for README.md, the references that press.toml names, and names that begin with a dot. If one of them is
/// refused, nothing is written. What did not change is left as it is, and until all is written, the old
/// folder stays. The exit code is 0 if the folder is up to date, also with warnings; 1 if not; 2 if the command
/// itself was not understood.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder of the newsletters, with its press.toml
    #[arg(value_name = "ISSUES")]
    issues: PathBuf,

    /// The folder to write: a new one, an empty one, or one that this command has written
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    /// Where the folder will be served, such as https://cdn.example/, instead of what press.toml says
    #[arg(long, value_name = "ADDRESS")]
    site: Option<SiteAddress>,

    /// The folder of the widget's own files [default: the folder "widget" beside digest-press]
    #[arg(long, value_name = "FOLDER")]
    widget: Option<PathBuf>,
}

impl Build {
    pub(super) fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        let Build {
            issues,
            output,
            site,
            widget,
        } = self;
        let build = publish::Build {
            issues: issues.clone(),
            output: output.clone(),
            site: site.clone(),
            widget: widget.clone().unwrap_or_else(publish::usual_widget),
        };
        let bar = Bar(ProgressBar::new(0));
        let built = build.run(&bar);
        bar.0.finish_and_clear();
        let (diagnostics, summary, code) = match &built {
            Ok(built) => (&built.warnings, self.built(built), ExitCode::SUCCESS),
            Err(errors) => (errors, refused(errors), ExitCode::FAILURE),
        };
        tell(stderr, diagnostics, "", Path::new(""), width)?;
        writeln!(stderr, "{summary}")?;
        Ok(code)
    }

    fn built(&self, built: &Built) -> String {
        let issues = format_count(built.issues, "issue");
        let written = format_count(built.changes.written.len(), "file");
        let (unchanged, removed) = (built.changes.unchanged, built.changes.removed.len());
        let mut summary = format!(
            "built {}: {issues}; {written} written, {unchanged} unchanged, {removed} removed; {}",
            self.output.display(),
            format_count(built.warnings.len(), "warning"),
        );
        if built.old_warnings > 0 {
            summary += &format!(
                ", and {} more in newsletters that did not change",
                built.old_warnings
            );
        }
        summary
    }
}

/// How far the build is, where a person is looking.
pub(super) struct Bar(pub(super) ProgressBar);

impl Progress for Bar {
    fn begin(&self, what: &'static str, steps: usize) {
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
            self.0.set_style(style);
        }
        // Before the length, with which it is drawn.
        self.0.set_message(what);
        self.0.set_length(steps as u64);
        self.0.reset();
    }

    fn step(&self) {
        self.0.inc(1);
    }
}
