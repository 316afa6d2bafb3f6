//! `cargo xtask bench`: what digest-press costs in time and memory.

mod inputs;
mod measurement;
mod publish;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use xshell::Shell;

use crate::{files, press, process::find_program};

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// Checking newsletters of 250 KB, 500 KB and 1 MB, of many kinds.
    Inputs,
    /// Sites of 100 and 600 issues, compared with Hugo and Eleventy.
    Publish,
}

/// Measures one subject, or all, with `runs` runs of each command.
pub(crate) fn run(sh: &Shell, subject: Option<Subject>, runs: usize) -> Result<()> {
    require_program("time")?;
    let program = press::write(sh)?;
    let program = program.canonicalize().context("cannot find digest-press")?;
    let out = files::create_empty_folder(sh, "target/bench")?;
    if subject.is_none_or(|subject| subject == Subject::Inputs) {
        inputs::run(sh, &program, &out, runs)?;
    }
    if subject.is_none_or(|subject| subject == Subject::Publish) {
        publish::run(sh, &program, &out, runs)?;
    }
    Ok(sh.remove_path(&out)?)
}

fn require_program(name: &str) -> Result<PathBuf> {
    find_program(name)
        .with_context(|| format!("install {name} (on Debian: apt-get install {name})"))
}
