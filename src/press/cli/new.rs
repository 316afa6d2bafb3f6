//! The command `new`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::print_report;
use crate::template::Template;
use crate::terminal::Terminal;
use crate::{Diagnostic, Rule, file};

/// Create a series: settings, a sample issue, and instructions
///
/// Writes press.toml with a note for each setting, an issue to start from, and a README.md that
/// explains how to write, preview, check, build and upload an issue.
///
/// Exit code: 0 if the files were written; 1 on errors; 2 if the command line is wrong.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Folder of the series: new or empty
    folder: PathBuf,

    /// Title of the series
    #[arg(long, value_parser = parse_title)]
    title: Option<String>,

    /// Language of the series
    #[arg(long, value_name = "TAG", default_value = "en")]
    lang: Template,
}

impl NewArgs {
    pub(super) fn run(
        &self,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        match self.write_files() {
            Ok(readme) => {
                writeln!(stderr, "created a series in {}", self.folder.display())?;
                writeln!(stderr, "next: read {}", readme.display())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                print_report(stderr, &[error], "", &self.folder, width)?;
                writeln!(stderr, "the series was not created")?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    /// Writes the files, and returns the path of the README.
    fn write_files(&self) -> Result<PathBuf, Diagnostic> {
        if !file::is_empty_folder(&self.folder)? {
            let message = format!("“{}” is not empty", self.folder.display());
            let remedy = "choose an empty or a new folder";
            return Err(Diagnostic::without_span(Rule::NotEmpty, message, remedy));
        }
        file::create_folder(&self.folder.join(Template::ISSUES))?;
        for (path, text) in self.lang.render(self.title.as_deref()) {
            file::create_new(&self.folder.join(path), &text)?;
        }
        Ok(self.folder.join(Template::README))
    }
}

fn parse_title(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() || text.contains(char::is_control) {
        return Err("expected a title on one line, such as \"Alliance Digest\"");
    }
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::Cli;

    fn run_new(folder: &Path) -> (ExitCode, String) {
        let mut stderr = Vec::new();
        let mut terminal = Terminal::new(&mut stderr);
        let args = NewArgs {
            folder: folder.to_owned(),
            title: None,
            lang: Template::En,
        };
        let code = args.run(&mut terminal, Cli::DEFAULT_WIDTH).unwrap();
        (code, String::from_utf8(stderr).unwrap())
    }

    #[test]
    fn series_is_created_in_a_new_or_empty_folder() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            folder.path().join("new/series"),
            tempfile::tempdir_in(folder.path()).unwrap().keep(),
        ] {
            assert_eq!(run_new(&path).0, ExitCode::SUCCESS);
            for name in ["README.md", "issues/press.toml", "issues/issue-1.1.md"] {
                assert!(path.join(name).is_file(), "{name}");
            }
        }
    }

    #[test]
    fn folder_with_files_is_an_error_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("README.md"), "mine").unwrap();
        let (code, stderr) = run_new(folder.path());
        assert_eq!(code, ExitCode::FAILURE);
        assert!(
            stderr.contains("is not empty") && stderr.ends_with("the series was not created\n"),
            "{stderr}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(
            run_new(&folder.path().join("README.md")).0,
            ExitCode::FAILURE
        );
        assert_eq!(
            fs::read_to_string(folder.path().join("README.md")).unwrap(),
            "mine"
        );
    }
}
