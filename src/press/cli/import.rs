use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use digest_issue::{Lang, Src};

use super::{refused, tell};
use crate::count::format_count;
use crate::source::{self, Source, UnreadableSource};
use crate::{Diagnostic, Imported, Rule, Series, Severity, file};

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
            Err(UnreadableSource { text, diagnostic }) => (
                Source {
                    text,
                    ..Source::default()
                },
                Err(vec![diagnostic]),
            ),
        };
        let (diagnostics, summary, code) = match &outcome {
            Ok(imported) => (
                &imported.warnings,
                self.written(imported),
                ExitCode::SUCCESS,
            ),
            Err(errors) => (errors, refused(errors), ExitCode::FAILURE),
        };
        tell(
            stderr,
            diagnostics,
            &source.text,
            &source.shown_as(&self.file),
            width,
        )?;
        writeln!(stderr, "{summary}")?;
        Ok(code)
    }

    fn publish(&self, source: &Source) -> Result<Imported, Vec<Diagnostic>> {
        let mut imported = source.import(&self.file, &self.series()?)?;
        self.leave_out_picture(&mut imported);
        let json = imported
            .issue
            .to_json()
            .map_err(|error| vec![Diagnostic::internal_error(&error)])?;
        file::write_text(&self.output, &json, &self.file).map_err(|error| vec![error.into()])?;
        Ok(imported)
    }

    /// A single file holds no picture that is inside of the newsletter.
    fn leave_out_picture(&self, imported: &mut Imported) {
        let Some(image) = &mut imported.issue.image else {
            return;
        };
        let is_inside = |src: &Src| {
            src.safe_url()
                .is_some_and(|src| source::is_in_document(&self.file, src))
        };
        if image.src.take_if(|src| is_inside(src)).is_some() {
            image.alt = None;
            imported.issue.image.take_if(|image| image.credit.is_none());
            imported.warnings.push(image_left_out());
        }
    }

    /// What the press.toml beside the newsletter says, but for what the command line says.
    fn series(&self) -> Result<Series, Vec<Diagnostic>> {
        let mut series = Series::load(&self.file)?;
        if let Some(lang) = &self.lang {
            series.lang = Lang::new(lang);
        }
        Ok(series)
    }

    fn written(&self, imported: &Imported) -> String {
        let headlines = format_count(imported.issue.headlines.len(), "headline");
        let warnings = format_count(imported.warnings.len(), "warning");
        format!("wrote {}: {headlines}; {warnings}", self.output.display())
    }
}

fn image_left_out() -> Diagnostic {
    let message = "the image inside of the document is left out of the issue, which is one file";
    let remedy = "publish it with `digest-press build`, which takes the image too";
    Diagnostic {
        severity: Severity::Warning,
        ..Diagnostic::without_span(Rule::LeftOut, message, remedy)
    }
}
