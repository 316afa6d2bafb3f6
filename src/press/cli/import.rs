use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use digest_issue::Lang;

use super::{refused, tell};
use crate::count::count;
use crate::source::{Source, Unreadable};
use crate::{Diagnostic, Imported, Series, file};

/// Turn a newsletter into an issue that the widget shows
///
/// The newsletter is Markdown (.md, .markdown, .txt), a Word document (.docx) or a web page (.html, .htm),
/// which may come from Google Docs. Of a page it is the <main> or the <article> if there is just one.
///
/// The exit code is 0 if the issue was written, also with warnings; 1 if the newsletter was refused
/// and nothing was written; 2 if the command itself was not understood.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The newsletter
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where to write the issue
    #[arg(short, long, value_name = "FILE.json")]
    output: PathBuf,

    /// The language that the newsletter is written in, as a BCP 47 tag such as "en" or "ja", instead of
    /// the one that press.toml names
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

impl Import {
    pub(super) fn run(&self, stderr: &mut impl Write, width: usize) -> io::Result<ExitCode> {
        let (source, outcome) = match Source::read(&self.file) {
            Ok(source) => {
                let outcome = self.publish(&source);
                (source, outcome)
            }
            Err(Unreadable { text, diagnostic }) => {
                (Source { text, ..Source::default() }, Err(vec![diagnostic]))
            }
        };
        let (diagnostics, summary, code) = match &outcome {
            Ok(imported) => (&imported.warnings, self.written(imported), ExitCode::SUCCESS),
            Err(errors) => (errors, refused(errors), ExitCode::FAILURE),
        };
        tell(stderr, diagnostics, &source.text, &source.shown_as(&self.file), width)?;
        writeln!(stderr, "{summary}")?;
        Ok(code)
    }

    fn publish(&self, source: &Source) -> Result<Imported, Vec<Diagnostic>> {
        let imported = source.import(&self.file, &self.series()?)?;
        let json = imported.issue.to_json().map_err(|error| vec![Diagnostic::bug(&error)])?;
        file::write(&self.output, &json, &self.file).map_err(|error| vec![error.into()])?;
        Ok(imported)
    }

    /// What the press.toml beside the newsletter says, but for what the command line says.
    fn series(&self) -> Result<Series, Vec<Diagnostic>> {
        let mut series = Series::of(&self.file)?;
        if let Some(lang) = &self.lang {
            series.lang = Lang::new(lang);
        }
        Ok(series)
    }

    fn written(&self, imported: &Imported) -> String {
        let headlines = count(imported.issue.headlines.len(), "headline");
        let warnings = count(imported.warnings.len(), "warning");
        format!("wrote {}: {headlines}; {warnings}", self.output.display())
    }
}
