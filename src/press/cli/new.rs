use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::tell;
use crate::template::Template;
use crate::{Diagnostic, Rule, file};

/// Start a series: its settings, a sample issue, and how to publish one
///
/// It writes into a folder that is empty or not there yet. The exit code is 0 if the files were
/// written; 1 if not; 2 if the command itself was not understood.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder of the series
    folder: PathBuf,

    /// The name of the series
    #[arg(long, value_parser = title)]
    title: Option<String>,

    /// The language of the series
    #[arg(long, value_name = "TAG", default_value = "en")]
    lang: Template,
}

impl New {
    pub(super) fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        match self.write() {
            Ok(readme) => {
                writeln!(stderr, "created a series in {}", self.folder.display())?;
                writeln!(stderr, "next: read {}", readme.display())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                tell(stderr, &[error], "", &self.folder, width)?;
                writeln!(stderr, "the series was not created")?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    /// Writes the files, and returns the one to read first.
    fn write(&self) -> Result<PathBuf, Diagnostic> {
        if !file::is_empty_folder(&self.folder)? {
            let message = format!("“{}” is not empty", self.folder.display());
            let remedy = "name a folder that is not there yet";
            return Err(Diagnostic::without_span(Rule::NotEmpty, message, remedy));
        }
        file::create_folder(&self.folder.join(Template::ISSUES))?;
        for (path, text) in self.lang.files(self.title.as_deref()) {
            file::create_new(&self.folder.join(path), &text)?;
        }
        Ok(self.folder.join(Template::README))
    }
}

fn title(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() || text.contains(char::is_control) {
        return Err("expected the name of the series in one line, such as \"Alliance Digest\"");
    }
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::Cli;

    fn new(folder: &Path) -> (ExitCode, String) {
        let mut stderr = Vec::new();
        let new = New {
            folder: folder.to_owned(),
            title: None,
            lang: Template::En,
        };
        let code = new.run(&mut stderr, Cli::DEFAULT_WIDTH).unwrap();
        (code, String::from_utf8(stderr).unwrap())
    }

    #[test]
    fn a_series_is_started_in_a_new_folder_and_in_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            folder.path().join("new/series"),
            tempfile::tempdir_in(folder.path()).unwrap().keep(),
        ] {
            assert_eq!(new(&path).0, ExitCode::SUCCESS);
            for name in ["README.md", "issues/press.toml", "issues/issue-1.1.md"] {
                assert!(path.join(name).is_file(), "{name}");
            }
        }
    }

    #[test]
    fn what_is_there_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("README.md"), "mine").unwrap();
        let (code, stderr) = new(folder.path());
        assert_eq!(code, ExitCode::FAILURE);
        assert!(
            stderr.contains("is not empty") && stderr.ends_with("the series was not created\n"),
            "{stderr}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(new(&folder.path().join("README.md")).0, ExitCode::FAILURE);
        assert_eq!(
            fs::read_to_string(folder.path().join("README.md")).unwrap(),
            "mine"
        );
    }
}
