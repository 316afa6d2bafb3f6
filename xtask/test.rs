//! Every check, in the order in which a mistake is found soonest.

use std::{
    env,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    dist, hosts, press, process, progress, rust, serve, setup,
    toolbox::{AXE, ESBUILD, GECKODRIVER, REACT_TYPES, SARIF_SCHEMA, TYPESCRIPT, VITE, VNU},
};

/// Runs every check, or only the browser tests whose name contains the filter.
pub(crate) fn run(filter: Option<&str>, headed: bool) -> Result<()> {
    let mut steps = Steps::default();
    steps.run("set up", set_up)?;
    if filter.is_none() {
        source_checks(&mut steps)?;
        steps.run("preview: trunk build", serve::build)?;
    }
    steps.run("dist", dist::write)?;
    steps.run("hosts", hosts::build)?;
    steps.run("dist in browsers", || checks(filter, headed))?;
    steps.print();
    Ok(())
}

fn set_up() -> Result<()> {
    setup::browsers()?;
    setup::preview()?;
    setup::dist()
}

/// Package by package: all at once, Cargo would build each with the features that any of them wants,
/// and a feature missing in a manifest would go unseen.
fn source_checks(steps: &mut Steps) -> Result<()> {
    steps.cargo("fmt --all --check")?;
    for package in [
        "-p digest-issue --all-features",
        "-p digest-issue --no-default-features",
        "-p digest-view",
        "-p digest-press",
        "-p checks",
        "-p xtask",
    ] {
        steps.cargo(&format!("clippy {package} --all-targets -- -D warnings"))?;
    }
    for package in ["digest-widget", "yew-host"] {
        steps.cargo(&format!(
            "clippy -p {package} --target {} -- -D warnings",
            rust::WASM
        ))?;
    }
    steps.cargo("doc --workspace --no-deps")?;
    steps.cargo("test -p digest-issue --all-features")?;
    for package in ["digest-view", "digest-press", "xtask"] {
        steps.cargo(&format!("test -p {package}"))?;
    }
    Ok(())
}

/// The tests of what is in `dist/`: the byte budget, and the browsers.
fn checks(filter: Option<&str>, headed: bool) -> Result<()> {
    let mut cargo = Command::new("cargo");
    // One flaw in a browser must not hide what the tests behind it would say.
    cargo.args(["test", "-p", "checks", "--no-fail-fast"]);
    if let Some(filter) = filter {
        cargo.args(["--test", "browser", "--", filter]);
    }
    cargo.env("DIGEST_DIST", absolute("dist")?);
    cargo.env("DIGEST_PRESS", press::compile(&[])?);
    for (variable, tool) in [
        ("DIGEST_AXE", AXE),
        ("DIGEST_ESBUILD", ESBUILD),
        ("DIGEST_VITE", VITE),
        ("DIGEST_TYPESCRIPT", TYPESCRIPT),
        ("DIGEST_REACT_TYPES", REACT_TYPES),
        ("DIGEST_VNU", VNU),
        ("DIGEST_SARIF_SCHEMA", SARIF_SCHEMA),
    ] {
        cargo.env(variable, tool.file()?);
    }
    cargo.env("PATH", process::path_with(&[&GECKODRIVER.programs()?])?);
    if headed {
        cargo.env("DIGEST_HEADED", "1");
    }
    process::run(&mut cargo)
}

fn absolute(path: &str) -> Result<PathBuf> {
    Ok(env::current_dir()
        .context("cannot tell the current folder")?
        .join(path))
}

/// The steps so far and how long they took.
#[derive(Default)]
struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Runs a step under its name; the first one that fails ends the run.
    fn run(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let started = Instant::now();
        step().with_context(|| format!("failed at the step `{name}`"))?;
        let took = started.elapsed();
        println!("== {name}: {}", progress::seconds(took));
        self.done.push((name.to_owned(), took));
        Ok(())
    }

    /// Runs a step that is one Cargo command.
    fn cargo(&mut self, arguments: &str) -> Result<()> {
        self.run(&format!("cargo {arguments}"), || {
            let mut cargo = Command::new("cargo");
            // Only `cargo doc` and documentation tests heed it.
            process::run(
                cargo
                    .args(arguments.split(' '))
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )
        })
    }

    fn print(&self) {
        println!("\nAll checks passed:");
        for (name, took) in &self.done {
            println!("  {:>12}  {name}", progress::seconds(*took));
        }
    }
}
