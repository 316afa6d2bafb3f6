use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use digest_issue::{Block, Headline};

use super::tell;
use crate::count::format_count;
use crate::newsletter::probe::{self, ProbeResult};
use crate::source::{Source, UnreadableSource};
use crate::{DateFrom, Diagnostic, Layout, Series, VolumeFrom};

/// Suggest the layout of a newsletter, and show the issue that it would become
///
/// It tries every layout and suggests the one that leaves out the fewest words. It writes no file; what it
/// prints can be saved as press.toml. It is only a suggestion: what one layout takes for a headline is
/// another one's detail, so read the outline. The exit code is 0 if a layout can read the newsletter; 1 if
/// none can; 2 if the command itself was not understood.
#[derive(Debug, Args)]
pub(super) struct Probe {
    /// A newsletter of the series (.md, .docx, .html)
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Probe {
    pub(super) fn run(
        &self,
        stdout: &mut impl Write,
        stderr: &mut impl Write,
        width: usize,
    ) -> io::Result<ExitCode> {
        let (source, outcome) = match Source::read(&self.file) {
            Ok(source) => {
                let outcome = self.outlooks(&source);
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
            Ok(outlooks) => {
                write!(stdout, "{}", suggestion(&outlooks, &source))?;
                Ok(ExitCode::SUCCESS)
            }
            Err(errors) => {
                tell(
                    stderr,
                    &errors,
                    &source.text,
                    &source.shown_as(&self.file),
                    width,
                )?;
                writeln!(
                    stderr,
                    "{}, no layout suggested",
                    format_count(errors.len(), "error")
                )?;
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn outlooks(&self, source: &Source) -> Result<Vec<ProbeResult>, Vec<Diagnostic>> {
        probe::probe(source, &self.file, &Series::load(&self.file)?)
    }
}

/// The press.toml to write, with the reasons for it as comments.
fn suggestion(outlooks: &[ProbeResult], source: &Source) -> String {
    let words = probe::words(&source.text);
    let mut text = format!(
        "# What each layout would keep of {}:\n",
        format_count(words, "word")
    );
    for outlook in outlooks {
        let headlines = outlook.issue.headlines.len();
        text += &format!(
            "#   {:<16} {:>6} in {}, {} left out\n",
            outlook.name(),
            outlook.kept,
            format_count(headlines, "headline"),
            words - outlook.kept,
        );
    }
    if let Some(best) = outlooks.first() {
        text += &format!("\n{}\n{}", best.settings(), best.outline(source));
    }
    text
}

impl ProbeResult {
    fn name(&self) -> String {
        match self.layout {
            Layout::Headings => format!("headings, {}", "#".repeat(self.heading.into())),
            layout => layout.as_written().to_owned(),
        }
    }

    /// The settings that the layout needs.
    fn settings(&self) -> String {
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

    /// The issue in short, as comments: a line for each headline, and one for each warning.
    fn outline(&self, source: &Source) -> String {
        let issue = &self.issue;
        let mut outline = format!(
            "# {}, volume {}, {}\n",
            issue.title,
            issue.volume.as_str(),
            issue.date
        );
        for headline in &issue.headlines {
            outline += &format!("# - {}: {}\n", headline.text, detail(headline));
        }
        for warning in &self.warnings {
            let kind = if source.converted { " as Markdown" } else { "" };
            let line = warning
                .line(&source.text)
                .map_or(String::new(), |line| format!("line {line}{kind}: "));
            outline += &format!("# ! {line}{}\n", warning.message);
        }
        outline
    }
}

/// How much is in a detail.
fn detail(headline: &Headline) -> String {
    let (mut paragraphs, mut bullets, mut links) = (0, 0, 0);
    let mut add = |runs: &[digest_issue::Run]| {
        links += runs
            .chunk_by(|one, other| one.href == other.href)
            .filter(|runs| runs[0].href.is_some())
            .count();
    };
    for block in &headline.detail {
        match block {
            Block::Paragraph(runs) => {
                paragraphs += 1;
                add(runs);
            }
            Block::List(items) => {
                bullets += items.len();
                items.iter().for_each(|item| add(item));
            }
        }
    }
    [
        (paragraphs, "paragraph"),
        (bullets, "bullet"),
        (links, "source"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| format_count(number, noun))
    .collect::<Vec<_>>()
    .join(", ")
}
