//! The command `import`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use digest_issue::Lang;

use super::{format_failure, print_report};
use crate::count::format_count;
use crate::import::import_source;
use crate::source::{Source, UnreadableSource};
use crate::terminal::Terminal;
use crate::{Diagnostic, Imported, Rule, Series, Severity, file};

/// Convert one newsletter or feed into an issue file (JSON)
///
/// The newsletter is Markdown (.md, .markdown, .txt), a Word document (.docx) or a web page (.html,
/// .htm), also one exported from Google Docs. Of a page, only the <main> or <article> is read if
/// there is exactly one.
///
/// A feed is JSON Feed, RSS or Atom (.json, .xml, .rss, .atom, .rdf). Its entries become the
/// headlines, and what an issue has no place for is listed.
///
/// Exit code: 0 if the issue was written, even with warnings; 1 on errors, with nothing written; 2
/// if the command line is wrong.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Newsletter or feed to convert
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// File to write the issue to
    #[arg(short, long, value_name = "FILE.json")]
    output: PathBuf,

    /// Language of a newsletter that does not say it, a BCP 47 tag such as "en" or "ja" [default: `lang` in
    /// press.toml]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

impl ImportArgs {
    pub(super) fn run(
        &self,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        let (source, outcome) = match Source::load(&self.file) {
            Ok(source) => {
                let outcome = self.write_issue(&source);
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
                self.format_summary(imported),
                ExitCode::SUCCESS,
            ),
            Err(errors) => (errors, format_failure(errors), ExitCode::FAILURE),
        };
        print_report(
            stderr,
            diagnostics,
            &source.text,
            &source.display_path(&self.file),
            width,
        )?;
        writeln!(stderr, "{summary}")?;
        Ok(code)
    }

    fn write_issue(&self, source: &Source) -> Result<Imported, Vec<Diagnostic>> {
        let mut imported = import_source(source, &self.file, &self.load_series()?)?;
        leave_out_pictures(&mut imported, source);
        let json = imported
            .issue
            .to_json()
            .map_err(|error| vec![Diagnostic::internal_error(&error)])?;
        file::write_text(&self.output, &json, &self.file).map_err(|error| vec![error.into()])?;
        Ok(imported)
    }

    /// Loads the press.toml beside the newsletter; the command line takes precedence.
    fn load_series(&self) -> Result<Series, Vec<Diagnostic>> {
        let mut series = Series::load(&self.file)?;
        if let Some(lang) = &self.lang {
            series.lang = Lang::new(lang);
        }
        Ok(series)
    }

    fn format_summary(&self, imported: &Imported) -> String {
        let headlines = format_count(imported.issue.headlines.len(), "headline");
        let warnings = format_count(imported.warnings.len(), "warning");
        format!("wrote {}: {headlines}; {warnings}", self.output.display())
    }
}

/// Removes the pictures that are inside the newsletter: a JSON file cannot contain them.
fn leave_out_pictures(imported: &mut Imported, source: &Source) {
    let mut is_left_out = false;
    imported.issue.retain_images(|image| {
        let src = image.src.as_ref();
        let is_inside = src.is_some_and(|src| source.word_parts.contains_image(src));
        is_left_out |= is_inside;
        !is_inside
    });
    if is_left_out {
        imported.warnings.push(picture_warning());
    }
}

fn picture_warning() -> Diagnostic {
    let message = "images inside the document are left out: an issue file contains no images";
    let remedy = "publish with `digest-press build`, which includes them";
    Diagnostic {
        severity: Severity::Warning,
        ..Diagnostic::without_span(Rule::LeftOut, message, remedy)
    }
}
