use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use digest_issue::{Issue, Lang};

use crate::count::count;
use crate::{Diagnostic, Imported, Site, file, import, oembed, page, utf8};

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
    Page(Page),
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

/// Write the page of an issue, which reads without a script, and what other sites embed it by
///
/// The page, index.html, and oembed.json go into issues/ID in the folder, beside the issue.json that is
/// to be served there. The exit code is 0 if they were written; 1 if not; 2 if the command itself was
/// not understood.
#[derive(Debug, Args)]
struct Page {
    /// The issue, as `import` writes it
    #[arg(value_name = "ISSUE.json")]
    file: PathBuf,

    /// Where the folder will be served, such as https://cdn.example/
    #[arg(long, value_name = "ADDRESS")]
    site: Site,

    /// The folder, such as dist
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
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
        match &self.command {
            Command::Import(import) => import.run(stderr, width),
            Command::Page(page) => page.run(stderr, width),
        }
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
        tell(stderr, diagnostics, &source, &self.file, width)?;
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

impl Page {
    fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        match self.publish() {
            Ok(folder) => {
                writeln!(stderr, "wrote {}: index.html, oembed.json", folder.display())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(errors) => {
                tell(stderr, &errors, "", &self.file, width)?;
                writeln!(stderr, "{}; the page was not written", count(errors.len(), "error"))?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    /// Writes the page, and returns the folder that it is in.
    fn publish(&self) -> Result<PathBuf, Vec<Diagnostic>> {
        let json = file::read(&self.file).map_err(|error| vec![error.into()])?;
        let issue = Issue::from_json(&json).map_err(Diagnostic::of_json)?;
        let folder = self.folder(&issue).map_err(|error| vec![error])?;
        let embedded = oembed(&issue, &self.site).map_err(|error| vec![Diagnostic::bug(&error)])?;
        for (name, text) in [("oembed.json", embedded), ("index.html", page(&issue, &self.site))] {
            file::write(&folder.join(name), &text, &self.file).map_err(|error| vec![error.into()])?;
        }
        Ok(folder)
    }

    /// The folder of an issue, which is there now.
    fn folder(&self, issue: &Issue) -> Result<PathBuf, Diagnostic> {
        // An id may hold dots, and a folder of that name would be another one.
        if matches!(issue.id.as_str(), "." | "..") {
            let message = format!("id: expected the name of a folder, found {:?}", issue.id);
            return Err(Diagnostic::placeless(message, "give the issue another id"));
        }
        let folder = self.output.join("issues").join(&issue.id);
        file::create_folder(&folder)?;
        Ok(folder)
    }
}

fn tell(
    stderr: &mut impl Write,
    diagnostics: &[Diagnostic],
    source: &str,
    file: &Path,
    width: usize,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        writeln!(stderr, "{}\n", diagnostic.render(source, file, width))?;
    }
    Ok(())
}

fn refused(errors: &[Diagnostic]) -> String {
    format!("refused: {}; nothing was written", count(errors.len(), "error"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_not_understood_exits_with_2() {
        for arguments in [
            &["import"][..],
            &["import", "a.md"],
            &["import", "a.md", "-o", "b", "--x"],
            &["page", "a.json", "-o", "b"],
            &["page", "a.json", "-o", "b", "--site", "cdn.example"],
            &["x"],
        ] {
            let command = ["digest-press"].iter().chain(arguments);
            assert_eq!(Cli::try_parse_from(command).unwrap_err().exit_code(), 2, "{arguments:?}");
        }
    }
}
