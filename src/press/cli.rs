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
use build::Build;
use check::Check;
use completions::Completions;
use import::Import;
use man::Man;
use new::New;
use probe::Probe;
use serve::Serve;

/// Publishes a newsletter with Digest Widget
#[derive(Debug, Parser)]
#[command(name = "digest-press", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(New),
    Probe(Probe),
    Serve(Serve),
    Check(Check),
    Build(Build),
    Import(Import),
    Completions(Completions),
    Man(Man),
}

impl Cli {
    /// How many columns a message is fitted into where there is no terminal to ask.
    pub const DEFAULT_WIDTH: usize = 100;

    /// Does what the command line says: writes to `stdout` what was asked for, if it is no file, and tells
    /// about it on `stderr`, both with terminal colours.
    ///
    /// `width` is how many columns they have. The exit code is 0 if it was done, 1 if not.
    ///
    /// # Errors
    ///
    /// Only those of writing to `stdout` and `stderr`; all others are told there.
    pub fn run(
        &self,
        stdout: &mut impl Write,
        stderr: &mut impl Write,
        width: usize,
    ) -> io::Result<ExitCode> {
        match &self.command {
            Command::New(new) => new.run(stderr, width),
            Command::Probe(probe) => probe.run(stdout, stderr, width),
            Command::Serve(serve) => serve.run(stderr, width),
            Command::Check(check) => check.run(stdout, stderr, width),
            Command::Build(build) => build.run(stderr, width),
            Command::Import(import) => import.run(stderr, width),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(stderr, width),
        }
    }
}

/// How many messages are shown at once. Nobody reads more, and showing one takes the longer the further
/// down it is: a hostile file has a hundred thousand.
const MOST: usize = 100;

fn tell(
    stderr: &mut impl Write,
    diagnostics: &[Diagnostic],
    source: &str,
    file: &Path,
    width: usize,
) -> io::Result<()> {
    for diagnostic in diagnostics.iter().take(MOST) {
        writeln!(stderr, "{}\n", diagnostic.render(source, file, width))?;
    }
    if diagnostics.len() > MOST {
        writeln!(
            stderr,
            "and {} more; fix these first\n",
            diagnostics.len() - MOST
        )?;
    }
    Ok(())
}

/// What is said when newsletters were not accepted.
fn refused(errors: &[Diagnostic]) -> String {
    format!("{}, nothing written", format_count(errors.len(), "error"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_not_understood_exits_with_2() {
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
