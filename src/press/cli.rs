//! The command line: one module for each command, and the output that they share.

mod build;
mod check;
mod completions;
mod import;
mod man;
mod new;
mod probe;
mod serve;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::Diagnostic;
use crate::count::format_count;
use crate::terminal::Terminal;
use build::BuildArgs;
use check::CheckArgs;
use completions::CompletionsArgs;
use import::ImportArgs;
use man::ManArgs;
use new::NewArgs;
use probe::ProbeArgs;
use serve::ServeArgs;

/// Publish a newsletter with Digest Widget
///
/// Start with `digest-press new FOLDER`, and read the README.md in the new folder.
#[derive(Debug, Parser)]
#[command(name = "digest-press", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(NewArgs),
    Probe(ProbeArgs),
    Serve(ServeArgs),
    Check(CheckArgs),
    Build(BuildArgs),
    Import(ImportArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

impl Cli {
    /// The width of messages, in columns, if there is no terminal.
    pub const DEFAULT_WIDTH: usize = 100;

    /// Writes a message with every control and direction character escaped.
    ///
    /// # Errors
    ///
    /// Returns an error if writing to `stream` fails.
    pub fn write_escaped(stream: &mut impl Write, message: &str) -> io::Result<()> {
        Terminal::new(stream).write_all(message.as_bytes())
    }

    /// Runs the command: writes its result to `stdout` unless it goes into files, and its messages
    /// to `stderr`, both with terminal colours.
    ///
    /// `width` is the number of columns of both. The exit code is 0 for success and 1 for failure.
    ///
    /// # Errors
    ///
    /// Returns an error if writing to `stdout` or `stderr` fails. All other errors are messages.
    pub fn run(
        &self,
        stdout: &mut impl Write,
        stderr: &mut impl Write,
        width: usize,
    ) -> io::Result<ExitCode> {
        let (stdout, stderr) = (&mut Terminal::new(stdout), &mut Terminal::new(stderr));
        match &self.command {
            Command::New(args) => args.run(stderr, width),
            Command::Probe(args) => args.run(stdout, stderr, width),
            Command::Serve(args) => args.run(stderr, width),
            Command::Check(args) => args.run(stdout, stderr, width),
            Command::Build(args) => args.run(stderr, width),
            Command::Import(args) => args.run(stderr, width),
            Command::Completions(args) => args.run(),
            Command::Man(args) => args.run(stderr, width),
        }
    }
}

/// The number of messages shown at once. Nobody reads more, and rendering slows down further into
/// the file: a hostile file has a hundred thousand.
const MAX_MESSAGES: usize = 100;

fn print_report(
    stream: &mut Terminal<impl Write>,
    diagnostics: &[Diagnostic],
    source: &str,
    file: &Path,
    width: usize,
) -> io::Result<()> {
    for diagnostic in choose_shown(diagnostics) {
        stream.write_styled(&diagnostic.render(source, file, width))?;
        stream.write_styled("\n\n")?;
    }
    if diagnostics.len() > MAX_MESSAGES {
        writeln!(
            stream,
            "and {} more; fix these first\n",
            diagnostics.len() - MAX_MESSAGES
        )?;
    }
    Ok(())
}

/// Returns all diagnostics; errors before warnings if there are too many.
fn choose_shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut shown: Vec<_> = diagnostics.iter().collect();
    if shown.len() > MAX_MESSAGES {
        shown.sort_by_key(|diagnostic| !diagnostic.is_error());
        shown.truncate(MAX_MESSAGES);
    }
    shown
}

/// Formats the last line of output if there were errors: "4 errors, nothing written".
fn format_failure(diagnostics: &[Diagnostic]) -> String {
    format!("{}, nothing written", format_errors(diagnostics))
}

/// Formats the number of errors, and of the warnings beside them: "4 errors and 1 warning".
fn format_errors(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .count();
    let errors_only = format_count(errors, "error");
    match diagnostics.len() - errors {
        0 => errors_only,
        warnings => format!("{errors_only} and {}", format_count(warnings, "warning")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_arguments_exit_with_2() {
        for arguments in [
            &["build", "issues"][..],
            &["build", "issues", "-o", "site", "--site", "cdn.example"],
            &["import"],
            &["import", "a.md"],
            &["import", "a.md", "-o", "b", "--x"],
            &["build", "a"],
            &["build", "a", "-o", "b", "--site", "cdn.example"],
            &["new"],
            &["new", "a", "--lang", "fr"],
            &["new", "a", "--title", " "],
            &["completions", "sh"],
            &["check"],
            &["check", "a.md", "--format", "xml"],
            &["probe"],
            &["x"],
        ] {
            let command = ["digest-press"].iter().chain(arguments);
            assert_eq!(
                Cli::try_parse_from(command).unwrap_err().exit_code(),
                2,
                "{arguments:?}"
            );
        }
    }
}
