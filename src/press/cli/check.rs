//! The command `check`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::print_report;
use crate::check::{CheckedFile, OnlineChecker, check_path, write_json_report, write_sarif_report};
use crate::count::format_count;
use crate::terminal::Terminal;
use crate::{Diagnostic, Series};

/// Check newsletters and issues
///
/// Each problem is shown with its line, why it matters, and how to fix it. The report goes to the
/// standard output, in every format.
///
/// Exit code: 0 if there are no errors, even with warnings; 1 on errors; 2 if the command line is
/// wrong.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Newsletters (.md, .docx, .html), issues (.json), or folders of them
    #[arg(value_name = "FILE|FOLDER", required = true)]
    paths: Vec<PathBuf>,

    /// Check over the network that linked pages exist
    ///
    /// Sends one request at a time to each host, with the `site` of press.toml as the sender.
    /// Results are kept for a day in .digest-press, beside the first file.
    #[arg(long)]
    links: bool,

    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Text for people, with the lines of the newsletter
    #[default]
    Text,
    /// A JSON array with an object for each problem: file; line, column, endLine, endColumn (from
    /// 1, in Unicode characters), or text for Word documents and web pages; rule, severity,
    /// message, why, help, also
    Json,
    /// A SARIF 2.1.0 log, which code hosts show beside the code
    Sarif,
}

impl CheckArgs {
    pub(super) fn run(
        &self,
        stdout: &mut Terminal<impl Write>,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        let mut checked: Vec<CheckedFile> = self
            .paths
            .iter()
            .flat_map(|path| check_path(path))
            .collect();
        if self.links {
            // The check above has reported errors in press.toml.
            let publisher = Series::load(self.first_folder())
                .ok()
                .and_then(|series| series.site);
            for note in
                OnlineChecker::new(self.first_folder(), publisher.as_ref()).check(&mut checked)
            {
                writeln!(stderr, "{note}")?;
            }
        }
        let errors = all_diagnostics(&checked)
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
                    print_report(
                        stdout,
                        diagnostics,
                        &source.text,
                        &source.display_path(path),
                        width,
                    )?;
                }
                writeln!(stdout, "{}", format_summary(&checked, errors))?;
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

    /// Returns the first folder, or the folder of the first file.
    fn first_folder(&self) -> &Path {
        let first = self.paths.first().map_or(Path::new(""), PathBuf::as_path);
        if first.is_dir() {
            first
        } else {
            first.parent().unwrap_or(first)
        }
    }
}

fn all_diagnostics(checked: &[CheckedFile]) -> impl Iterator<Item = &Diagnostic> {
    checked.iter().flat_map(|file| &file.diagnostics)
}

fn format_summary(checked: &[CheckedFile], errors: usize) -> String {
    let warnings = all_diagnostics(checked).count() - errors;
    let [files, errors, warnings] = [
        (checked.len(), "file"),
        (errors, "error"),
        (warnings, "warning"),
    ]
    .map(|(number, noun)| format_count(number, noun));
    format!("checked {files}: {errors}, {warnings}")
}
