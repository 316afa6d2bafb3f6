//! The command `probe`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use digest_issue::{Date, Headline, Run, list_lines};

use super::{format_errors, print_report};
use crate::count::format_count;
use crate::probe::{ProbeResult, count_words, probe_layouts};
use crate::source::{Source, UnreadableSource};
use crate::terminal::{Terminal, escape_line};
use crate::{DateFrom, Diagnostic, Layout, Rule, Series, VolumeFrom};

/// Suggest the layout setting for a newsletter
///
/// Tries every layout, and suggests the one that leaves out the fewest words. The output can be
/// saved as press.toml; it contains an outline of the issue as comments. Read the outline: layouts
/// differ in what they take for a headline.
///
/// Exit code: 0 if a layout fits; 1 if none does, or if title, volume or date is missing; 2 if the command line is wrong.
#[derive(Debug, Args)]
pub(super) struct ProbeArgs {
    /// Newsletter of the series (.md, .docx, .html)
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl ProbeArgs {
    pub(super) fn run(
        &self,
        stdout: &mut Terminal<impl Write>,
        stderr: &mut Terminal<impl Write>,
        width: usize,
    ) -> io::Result<ExitCode> {
        let (source, outcome) = match Source::load(&self.file) {
            Ok(source) => {
                let outcome = self.try_layouts(&source);
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
        match outcome {
            Ok(results) => {
                write!(stdout, "{}", format_suggestion(&results, &source))?;
                let incomplete = results
                    .first()
                    .map_or(&[][..], |best| best.incomplete.as_slice());
                if incomplete.is_empty() {
                    return Ok(ExitCode::SUCCESS);
                }
                print_report(
                    stderr,
                    incomplete,
                    &source.text,
                    &source.display_path(&self.file),
                    width,
                )?;
                let errors = format_errors(incomplete);
                writeln!(
                    stderr,
                    "{errors}, the newsletter is not complete in any layout"
                )?;
                Ok(ExitCode::FAILURE)
            }
            Err(errors) => {
                print_report(
                    stderr,
                    &errors,
                    &source.text,
                    &source.display_path(&self.file),
                    width,
                )?;
                writeln!(stderr, "{}, no layout suggested", format_errors(&errors))?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn try_layouts(&self, source: &Source) -> Result<Vec<ProbeResult>, Vec<Diagnostic>> {
        if source.feed.is_some() {
            return Err(vec![feed_error()]);
        }
        probe_layouts(source, &self.file, &Series::load(&self.file)?)
    }
}

fn feed_error() -> Diagnostic {
    Diagnostic::without_span(
        Rule::Document,
        "this is a feed, which is read without settings of a layout",
        "convert it to an issue with `digest-press import`",
    )
}

/// Formats a press.toml with the reasons as comments.
fn format_suggestion(results: &[ProbeResult], source: &Source) -> String {
    let words = count_words(&source.text);
    let mut text = format!(
        "# Of {}, each layout would keep:\n",
        format_count(words, "word")
    );
    for result in results {
        let headlines = result.issue.headlines.len();
        text += &format!(
            "#   {:<16} {:>6} in {}, {} left out\n",
            result.layout_name(),
            result.kept_words,
            format_count(headlines, "headline"),
            words - result.kept_words,
        );
    }
    if let Some(best) = results.first() {
        text += &format!(
            "\n{}\n{}",
            best.format_settings(),
            best.format_outline(source)
        );
    }
    text
}

impl ProbeResult {
    fn layout_name(&self) -> String {
        match self.layout {
            Layout::Headings => format!("headings, {}", "#".repeat(self.heading.into())),
            layout => layout.as_written().to_owned(),
        }
    }

    /// Formats the settings that the layout needs.
    fn format_settings(&self) -> String {
        let mut settings = format!("layout = \"{}\"\n", self.layout.as_written());
        if self.layout == Layout::Headings {
            settings += &format!("heading = {}\n", self.heading);
        }
        if self.date == DateFrom::FileName {
            settings += "date = \"file-name\"\n";
        }
        if self.volume == VolumeFrom::Date {
            settings += "volume = \"date\"\n";
        }
        if self.warnings.iter().any(Diagnostic::is_loss) {
            settings += "unplaced = \"leave-out\"\n";
        }
        settings
    }

    /// Formats an outline as comments, with a line for each headline and each warning. A line end in
    /// one of them would begin a setting.
    fn format_outline(&self, source: &Source) -> String {
        let issue = &self.issue;
        let title = match issue.title.as_str() {
            "" => "no title".to_owned(),
            title => escape_line(title).into_owned(),
        };
        let volume = match issue.volume.as_str() {
            "" => "no volume".to_owned(),
            volume => format!("volume {}", escape_line(volume)),
        };
        let date = match issue.date {
            Date::MIN => "no date".to_owned(),
            date => date.to_string(),
        };
        let mut outline = format!("# {title}, {volume}, {date}\n");
        for headline in &issue.headlines {
            outline += &format!(
                "# - {}: {}\n",
                escape_line(&headline.text),
                format_detail_counts(headline)
            );
        }
        for warning in &self.warnings {
            let kind = if source.converted { " as Markdown" } else { "" };
            let line = warning
                .line(&source.text)
                .map_or(String::new(), |line| format!("line {line}{kind}: "));
            outline += &format!("# ! {line}{}\n", escape_line(&warning.message));
        }
        outline
    }
}

/// Counts the links in a text. Neighbouring runs with the same address are one link.
fn count_links(runs: &[Run]) -> usize {
    let links = runs.chunk_by(|one, other| one.href == other.href);
    links.filter(|runs| runs[0].href.is_some()).count()
}

/// Formats the size of a detail: "2 paragraphs, 1 source".
fn format_detail_counts(headline: &Headline) -> String {
    let lines = list_lines(&headline.detail, "");
    let links: usize = lines.iter().map(|line| count_links(line.runs)).sum();
    [
        (lines.len(), "paragraph"),
        (links + usize::from(headline.href.is_some()), "source"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| format_count(number, noun))
    .collect::<Vec<_>>()
    .join(", ")
}
