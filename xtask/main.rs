//! The project's tasks, as `cargo xtask TASK`.
//!
//! A task sets up the tools that it needs and then starts other programs. It is not part of the
//! product, and links none of the product's crates.

mod archive;
mod bench;
mod check;
mod debian;
mod deny;
mod dist;
mod files;
mod function_sizes;
mod glue;
mod hosts;
mod issues;
mod link_tools;
mod minify_exports;
mod needs;
mod package;
mod press;
mod process;
mod replace;
mod rust;
mod scripts;
mod serve;
mod sizes;
mod steps;
mod stubs;
mod styles;
mod test;
mod tools;
mod types;
mod widget;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use xshell::Shell;

/// The tasks of Digest Widget.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check format, lints and documentation, and run unit and golden tests: needs only Cargo.
    Check,
    /// Run all of `check`, then every test that needs tools and browsers, as CI does.
    Test {
        /// Run only the browser tests whose name contains this.
        filter: Option<String>,
        /// Show the browsers' windows.
        #[arg(long)]
        headed: bool,
    },
    /// Check the licences, sources and versions of dependencies against `deny.toml`.
    Deny,
    /// Serve the preview with Trunk and rebuild it on every change.
    Serve {
        /// Options of `trunk serve`, for example `--port 3000`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        trunk: Vec<String>,
    },
    /// Write `dist/`, the folder that a CDN serves, and the npm package in `target/npm/`.
    Dist,
    /// Print what the functions of the widget's module take, by crate and by function. Run `dist`
    /// before.
    Size,
    /// Write `target/press/`, the folder that a publisher downloads.
    Press,
    /// Measure what digest-press costs, how long readers wait, and the load of a site.
    Bench {
        /// What to measure; everything by default.
        subject: Option<bench::Subject>,
        /// How many times each command runs, 5 by default, or each page loads, 9 by default.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
        runs: Option<u16>,
        /// Also draw the times to the first headline, as an SVG file.
        #[arg(long)]
        picture: Option<PathBuf>,
    },
    /// Write what the preview needs to `target/preview`: the issues of `www/issues`, and the styles.
    /// Trunk runs this before each build.
    PreviewFiles,
}

/// Prints an error as the chain of its causes.
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
    let sh = &Shell::new()?;
    match task {
        Task::Check => check::run(sh),
        Task::Test { filter, headed } => test::run(sh, filter.as_deref(), headed),
        Task::Deny => deny::run(sh),
        Task::Serve { trunk } => serve::serve(sh, &trunk),
        Task::Dist => dist::write(sh),
        Task::Size => function_sizes::print(sh),
        Task::Press => press::write(sh).map(drop),
        Task::Bench {
            subject,
            runs,
            picture,
        } => bench::run(sh, subject, runs, picture.as_deref()),
        Task::PreviewFiles => serve::write_files(sh),
    }
}

/// Enters the workspace's root, so that all paths in the tasks are relative to it.
fn enter_workspace() -> Result<()> {
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&manifest)
        .parent()
        .context("xtask is not inside the workspace")?;
    std::env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
