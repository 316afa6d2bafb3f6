use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use digest_issue::Lang;

use crate::count::count;
use crate::{Diagnostic, Imported, file, import, utf8};

/// Publishes a newsletter with Digest Widget
#[derive(Debug, Parser)]
#[command(name = "digest-press", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(Import),
}

/// Turn a newsletter in Markdown into an issue that the widget shows
///
/// The exit code is 0 if the issue was written, also with warnings; 1 if the newsletter was refused
/// and nothing was written; 2 if the command itself was not understood.
#[derive(Debug, Args)]
struct Import {
    /// The newsletter
    #[arg(value_name = "FILE.md")]
    file: PathBuf,

    /// Where to write the issue
    #[arg(short, long, value_name = "FILE.json")]
    output: PathBuf,

    /// The language that the newsletter is written in, as a BCP 47 tag such as "en" or "ja"
    #[arg(long, value_name = "TAG", default_value = "en")]
    lang: String,
}

impl Cli {
    /// How many columns a message is fitted into where there is no terminal to ask.
    pub const DEFAULT_WIDTH: usize = 100;

    /// Does what the command line says, and tells about it on `stderr`, with terminal colours.
    ///
    /// `width` is how many columns `stderr` has. The exit code is 0 if it was done, 1 if not.
    ///
    /// # Errors
    ///
    /// Only those of writing to `stderr`; all others are told there.
    pub fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        let Command::Import(import) = &self.command;
        import.run(stderr, width)
    }
}

impl Import {
    fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        let (source, outcome) = match file::read(&self.file) {
            Ok(bytes) => (String::from_utf8_lossy(&bytes).into_owned(), self.publish(&bytes)),
            Err(error) => (String::new(), Err(vec![error.into()])),
        };
        let (diagnostics, summary, code) = match &outcome {
            Ok(imported) => (&imported.warnings, self.written(imported), ExitCode::SUCCESS),
            Err(errors) => (errors, refused(errors), ExitCode::FAILURE),
        };
        for diagnostic in diagnostics {
            writeln!(stderr, "{}\n", diagnostic.render(&source, &self.file, width))?;
        }
        writeln!(stderr, "{summary}")?;
        Ok(code)
    }

    fn publish(&self, bytes: &[u8]) -> Result<Imported, Vec<Diagnostic>> {
        let source = utf8::decode(bytes).map_err(|error| vec![error])?;
        let imported = import(source, Lang::new(&self.lang))?;
        let json = imported.issue.to_json().map_err(|error| vec![Diagnostic::bug(&error)])?;
        file::write(&self.output, &json, &self.file).map_err(|error| vec![error.into()])?;
        Ok(imported)
    }

    fn written(&self, imported: &Imported) -> String {
        let headlines = count(imported.issue.headlines.len(), "headline");
        let warnings = count(imported.warnings.len(), "warning");
        format!("wrote {}: {headlines}; {warnings}", self.output.display())
    }
}

fn refused(errors: &[Diagnostic]) -> String {
    format!("refused: {}; nothing was written", count(errors.len(), "error"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_not_understood_exits_with_2() {
        for arguments in [&["import"][..], &["import", "a.md"], &["import", "a.md", "-o", "b", "--x"], &["x"]]
        {
            let command = ["digest-press"].iter().chain(arguments);
            assert_eq!(Cli::try_parse_from(command).unwrap_err().exit_code(), 2, "{arguments:?}");
        }
    }
}
