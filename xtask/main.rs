//! The project's tasks: `cargo xtask serve`, `dist` and `test`.
//!
//! A task sets up what it needs and then starts other programs; nothing here is part of the product,
//! and no crate of the product is linked in.

mod bench;
mod debian;
mod dist;
mod files;
mod hosts;
mod issues;
mod links;
mod minify_exports;
mod package;
mod press;
mod process;
mod progress;
mod rust;
mod scripts;
mod serve;
mod setup;
mod sizes;
mod test;
mod toolbox;
mod types;
mod widget;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// The tasks of Digest Widget.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set up the tools, open the preview in a browser and rebuild it on every change.
    Serve {
        /// Passed on to `trunk serve`, for example `--port 3000`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        trunk: Vec<String>,
    },
    /// Write `dist/`, the folder that a CDN serves.
    Dist,
    /// Write `target/press/`, what a publisher downloads: the program with all that belongs to it.
    Press,
    /// Measure how long a site of 100 and of 600 issues takes, beside Hugo and Eleventy.
    Bench {
        /// How many times each is built.
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
        runs: u16,
    },
    /// Set up browsers and tools and run every check, as CI does; or only the browser tests named.
    Test {
        /// Run only the browser tests whose name contains this.
        filter: Option<String>,
        /// Show the browsers' windows.
        #[arg(long)]
        headed: bool,
    },
    /// Make OUT/ID/issue.json and cms.html of every newsletter in www/issues. Trunk runs this before each build.
    Issues {
        /// The folder to write to.
        out: PathBuf,
    },
}

/// Reports an error as the chain of its causes: a stack trace tells the developer of the widget nothing.
fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    enter_workspace()?;
    match task {
        Task::Serve { trunk } => serve::serve(&trunk),
        Task::Dist => dist::write(),
        Task::Press => press::write().map(drop),
        Task::Bench { runs } => bench::run(runs.into()),
        Task::Test { filter, headed } => test::run(filter.as_deref(), headed),
        Task::Issues { out } => issues::write(&out),
    }
}

/// Every task works from the workspace's root, wherever in it it was started, so that the paths in
/// the other files are the ones that a reader sees in the repository.
fn enter_workspace() -> Result<()> {
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&manifest)
        .parent()
        .context("xtask is not inside the workspace")?;
    std::env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
