//! The command `man`.

use std::io::{self, Write};
use std::iter;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory};

use super::print_report;
use crate::Cli;
use crate::file::{self, FileError};
use crate::terminal::Terminal;

/// Write the manual pages, one for each command
///
/// To read one: digest-press man pages; man -l pages/digest-press-build.1
#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Folder to write to, such as /usr/local/share/man/man1
    folder: PathBuf,
}

/// The program and version in each page's footer.
const SOURCE: &str = concat!("digest-press ", env!("CARGO_PKG_VERSION"));

impl ManArgs {
    pub(super) fn run(
        &self,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        match self.write_pages() {
            Ok(()) => {
                writeln!(stderr, "wrote the manual to {}", self.folder.display())?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => {
                print_report(stderr, &[error.into()], "", &self.folder, width)?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn write_pages(&self) -> Result<(), FileError> {
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
        let man = ManArgs {
            folder: folder.path().join("man1"),
        };
        assert_eq!(
            man.run(&mut Terminal::new(Vec::new()), Cli::DEFAULT_WIDTH)
                .unwrap(),
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
