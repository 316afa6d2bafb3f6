use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use digest_issue::Issue;

use super::tell;
use crate::count::count;
use crate::{Diagnostic, File, Neighbours, Site, file, issue_files};

/// Write the page of an issue, which reads without a script, and what other sites embed it by
///
/// The page, index.html, and the files that it links to go into issues/ID in the folder, beside the
/// issue.json that is to be served there. The exit code is 0 if they were written; 1 if not; 2 if the command itself was
/// not understood.
#[derive(Debug, Args)]
pub(super) struct Page {
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

impl Page {
    pub(super) fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        match self.publish() {
            Ok(folder) => {
                writeln!(stderr, "wrote {}: the page and what goes with it", folder.display())?;
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
        let files = issue_files(&issue, Neighbours::default(), &self.site).map_err(|error| vec![error])?;
        for File { path, bytes } in files {
            let name = path.rsplit('/').next().unwrap_or_default();
            // The issue itself is there, or is to be put there.
            if name != "issue.json" {
                let text = String::from_utf8_lossy(&bytes);
                file::write(&folder.join(name), &text, &self.file).map_err(|error| vec![error.into()])?;
            }
        }
        Ok(folder)
    }

    /// The folder of an issue, which is there now.
    fn folder(&self, issue: &Issue) -> Result<PathBuf, Diagnostic> {
        let folder = self.output.join("issues").join(&issue.id);
        file::create_folder(&folder)?;
        Ok(folder)
    }
}
