use std::io::{self, Write};
use std::iter;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory};

use super::tell;
use crate::Cli;
use crate::file::{self, FileError};

/// Write the manual, a page for each command
///
/// To read it: digest-press man pages; man -l pages/digest-press-build.1
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write to, such as /usr/local/share/man/man1
    folder: PathBuf,
}

/// What each page is a part of.
const SOURCE: &str = concat!("digest-press ", env!("CARGO_PKG_VERSION"));

impl Man {
    pub(super) fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        match self.write() {
            Ok(()) => {
                writeln!(stderr, "wrote the manual into {}", self.folder.display())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                tell(stderr, &[error.into()], "", &self.folder, width)?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn write(&self) -> Result<(), FileError> {
        file::create_folder(&self.folder)?;
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        for command in iter::once(&program).chain(program.get_subcommands()) {
            let page = clap_mangen::Man::new(command.clone())
                .source(SOURCE)
                .manual("Digest Widget");
            let path = self.folder.join(page.get_filename());
            page.generate_to(&self.folder)
                .map_err(|source| FileError::Write { path, source })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_command_has_a_page() {
        let folder = tempfile::tempdir().unwrap();
        let man = Man {
            folder: folder.path().join("man1"),
        };
        assert_eq!(
            man.run(&mut Vec::new(), Cli::DEFAULT_WIDTH).unwrap(),
            ExitCode::SUCCESS
        );
        let command = Cli::command();
        for name in command.get_subcommands().map(clap::Command::get_name) {
            let page =
                fs::read_to_string(man.folder.join(format!("digest-press-{name}.1"))).unwrap();
            assert!(
                page.contains(".SH DESCRIPTION") && page.contains(SOURCE),
                "{name}"
            );
        }
        assert_eq!(
            fs::read_dir(&man.folder).unwrap().count(),
            command.get_subcommands().count() + 1
        );
    }
}
