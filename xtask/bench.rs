//! `cargo xtask bench`: what digest-press costs in time and memory, how long readers wait, and what a site
//! costs its server.

mod in_browser;
mod inputs;
mod load;
mod measurement;
mod publish;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use xshell::Shell;

use crate::{files, press, process::find_program};

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// Checking newsletters of 250 KB, 500 KB and 1 MB, of many kinds.
    Inputs,
    /// The origin's load while a million readers an hour view a digest, simulated. Needs `dist/`.
    Load,
    /// Sites of 100 and 600 issues, compared with Hugo and Eleventy.
    Publish,
    /// The time to the first headline on a slow phone, compared with JavaScript, Lit and Preact.
    FirstHeadline,
    /// Digests of 500, 2000 and 5000 headlines, compared with JavaScript.
    Large,
}

/// Measures one subject, or all. Without `runs` each has as many runs as its spread needs. The
/// picture is that of the first headline.
pub(crate) fn run(
    sh: &Shell,
    subject: Option<Subject>,
    runs: Option<u16>,
    picture: Option<&Path>,
) -> Result<()> {
    let is_wanted = |wanted| subject.is_none_or(|subject| subject == wanted);
    ensure!(
        picture.is_none() || is_wanted(Subject::FirstHeadline),
        "only `cargo xtask bench first-headline` draws a picture; remove --picture"
    );
    let out = files::create_empty_folder(sh, "target/bench")?;
    if is_wanted(Subject::Inputs) || is_wanted(Subject::Publish) {
        measure_press(sh, subject, &out, runs.unwrap_or(5).into())?;
    }
    if is_wanted(Subject::Load) {
        load::run(sh, &out)?;
    }
    sh.remove_path(&out)?;
    if is_wanted(Subject::FirstHeadline) {
        in_browser::measure_first_headline(sh, runs.unwrap_or(9), picture)?;
    }
    if is_wanted(Subject::Large) {
        in_browser::measure_large_issues(sh, runs.unwrap_or(9))?;
    }
    Ok(())
}

/// Measures the program that publishers download.
fn measure_press(sh: &Shell, subject: Option<Subject>, out: &Path, runs: usize) -> Result<()> {
    require_program("time")?;
    let program = press::write(sh)?;
    let program = program.canonicalize().context("cannot find digest-press")?;
    if subject != Some(Subject::Publish) {
        inputs::run(sh, &program, out, runs)?;
    }
    if subject != Some(Subject::Inputs) {
        publish::run(sh, &program, out, runs)?;
    }
    Ok(())
}

fn require_program(name: &str) -> Result<PathBuf> {
    find_program(name)
        .with_context(|| format!("install {name} (on Debian: apt-get install {name})"))
}
