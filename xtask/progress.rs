//! Waiting for a slow command: what it is at, for how long, and its log when it fails.

use std::{
    io::{self, BufRead, BufReader, PipeReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::process;

/// How often a line is printed where no spinner can be drawn.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// Runs a slow command behind a spinner with its latest line; prints its whole log if it fails.
pub(crate) fn run(title: &str, about: &str, mut command: Command) -> Result<()> {
    let name = process::shown(&command);
    let started = Instant::now();
    println!("{title} (takes about {about})");

    let (reader, writer) = io::pipe().context("cannot make a pipe")?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command
        .spawn()
        .with_context(|| process::cannot_start(&command))?;
    // The command holds the pipe's writing ends: while it lives, the log below would never end.
    drop(command);

    let log = follow(reader)?;
    let status = child.wait().with_context(|| format!("lost `{name}`"))?;
    if !status.success() {
        eprint!("{log}");
        bail!("`{name}` failed ({status}); its log is above");
    }
    println!("{title}: done in {}", seconds(started.elapsed()));
    Ok(())
}

/// A duration as people say it.
pub(crate) fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{:.1} s", duration.as_secs_f32()),
        whole @ 1..60 => format!("{whole} s"),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

/// Shows each line as it comes and returns all of them.
fn follow(output: PipeReader) -> Result<String> {
    let mut display = Display::new()?;
    let mut log = String::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("cannot read the output of the command")?;
        let line = String::from_utf8_lossy(&line);
        display.show(line.trim());
        log.push_str(&line);
        log.push('\n');
    }
    display.spinner.finish_and_clear();
    Ok(log)
}

/// A spinner on a terminal, now and then a line elsewhere.
struct Display {
    spinner: ProgressBar,
    started: Instant,
    last_line: Instant,
}

impl Display {
    fn new() -> Result<Self> {
        let spinner = ProgressBar::new_spinner();
        spinner.set_style(ProgressStyle::with_template(
            "{spinner} {elapsed} {wide_msg}",
        )?);
        spinner.enable_steady_tick(Duration::from_millis(120));
        let now = Instant::now();
        Ok(Self {
            spinner,
            started: now,
            last_line: now,
        })
    }

    fn show(&mut self, line: &str) {
        self.spinner.set_message(line.to_owned());
        if self.spinner.is_hidden() && self.last_line.elapsed() >= LINE_EVERY {
            println!("  {}: {line}", seconds(self.started.elapsed()));
            self.last_line = Instant::now();
        }
    }
}
