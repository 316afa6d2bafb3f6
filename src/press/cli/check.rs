use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::tell;
use crate::check::{CheckedFile, OnlineChecker, check_path, write_json_report, write_sarif_report};
use crate::count::format_count;
use crate::{Diagnostic, Series};

/// Check newsletters and issues: what is wrong, why it matters and how to mend it
///
/// Nothing is written. What was found goes to the standard output, in every format. The exit code is 0 if
/// there are no errors, also with warnings; 1 if there are, such as a newsletter that `import` would
/// refuse; 2 if the command itself was not understood.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Newsletters (.md, .docx, .html), issues (.json), and folders, of which all of these are checked
    #[arg(value_name = "FILE|FOLDER", required = true)]
    paths: Vec<PathBuf>,

    /// Ask over the network whether the pages that links lead to are there
    ///
    /// Each host is asked one thing at a time, and told the `site` of press.toml. The answers are kept for a
    /// day in .digest-press beside the first file, so that to check again asks nobody again.
    #[arg(long)]
    links: bool,

    /// How to write down what was found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people, with the lines
    #[default]
    Text,
    /// A JSON array with an object for each problem: file, line, column, endLine, endColumn (from 1;
    /// columns in Unicode characters) or, in a Word document or web page, text; rule, severity, message,
    /// why, help, also
    Json,
    /// A SARIF 2.1.0 log, which code hosts show beside the lines
    Sarif,
}

impl Check {
    pub(super) fn run(
        &self,
        stdout: &mut impl Write,
        stderr: &mut impl Write,
        width: usize,
    ) -> io::Result<ExitCode> {
        let mut checked: Vec<CheckedFile> = self
            .paths
            .iter()
            .flat_map(|path| check_path(path))
            .collect();
        if self.links {
            // What is wrong with the settings of the series was found by the check.
            let publisher = Series::load(self.folder())
                .ok()
                .and_then(|series| series.site);
            for note in OnlineChecker::new(self.folder(), publisher.as_ref()).check(&mut checked) {
                writeln!(stderr, "{note}")?;
            }
        }
        let errors = found(&checked)
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        match self.format {
            Format::Text => {
                for CheckedFile {
                    path,
                    source,
                    diagnostics,
                    ..
                } in &checked
                {
                    tell(
                        stdout,
                        diagnostics,
                        &source.text,
                        &source.shown_as(path),
                        width,
                    )?;
                }
                writeln!(stdout, "{}", summary(&checked, errors))?;
            }
            Format::Json => stdout.write_all(write_json_report(&checked)?.as_bytes())?,
            Format::Sarif => stdout.write_all(write_sarif_report(&checked)?.as_bytes())?,
        }
        Ok(if errors == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// The folder of what is checked first.
    fn folder(&self) -> &Path {
        let first = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
        if first.is_dir() {
            first
        } else {
            first.parent().unwrap_or(first)
        }
    }
}

fn found(checked: &[CheckedFile]) -> impl Iterator<Item = &Diagnostic> {
    checked.iter().flat_map(|file| &file.diagnostics)
}

fn summary(checked: &[CheckedFile], errors: usize) -> String {
    let warnings = found(checked).count() - errors;
    let [files, errors, warnings] = [
        (checked.len(), "file"),
        (errors, "error"),
        (warnings, "warning"),
    ]
    .map(|(number, noun)| format_count(number, noun));
    format!("checked {files}: {errors}, {warnings}")
}
