//! `cargo xtask test`: all of `check`, then what needs `dist/`, tools from npm, and browsers.
//!
//! Each step sets up only what it needs itself, and the cheap ones come first. What the system lacks is left
//! out and listed at the end; in CI, and on Debian as root, it is installed, or the task fails.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{
    check, dist, hosts,
    needs::{self, Need},
    press, process, serve,
    steps::Steps,
    tools::{self, GECKODRIVER},
};

/// The test targets in `tests/Cargo.toml` that are run here. All others belong to `check`.
pub(crate) const TARGETS: [&str; 6] = ["browser", "bytes", "package", "sarif", "serving", "valid"];

/// Runs every check, or only the browser tests whose name contains the filter.
pub(crate) fn run(sh: &Shell, filter: Option<&str>, headed: bool) -> Result<()> {
    let mut steps = Steps::default();
    if filter.is_none() {
        check::run_steps(sh, &mut steps)?;
    }
    steps.run("dist", || dist::write(sh))?;
    if filter.is_none() {
        steps.run("tests of dist", || test_dist(sh))?;
        run_if_installed(sh, &mut steps, &needs::JAVA, "valid")?;
        run_if_installed(sh, &mut steps, &needs::NGINX, "serving")?;
        steps.run("preview: trunk build", || serve::build(sh))?;
    }
    test_in_browsers(sh, &mut steps, filter, headed)?;
    steps.print_summary();
    Ok(())
}

/// The byte budget, the npm package, and reports in SARIF.
fn test_dist(sh: &Shell) -> Result<()> {
    hosts::install_packages(sh)?;
    run_tests(sh, &["bytes", "package", "sarif"], &[])
}

fn run_if_installed(
    sh: &Shell,
    steps: &mut Steps,
    need: &'static Need,
    target: &str,
) -> Result<()> {
    match needs::install_missing(sh, &[need])?[..] {
        [] => steps.run(&format!("tests: {target}"), || {
            run_tests(sh, &[target], &[])
        }),
        _ => {
            steps.leave_out(need);
            Ok(())
        }
    }
}

const ENGINES: [&Need; 3] = [&needs::CHROMIUM, &needs::FIREFOX, &needs::WEBKIT];

fn test_in_browsers(
    sh: &Shell,
    steps: &mut Steps,
    filter: Option<&str>,
    headed: bool,
) -> Result<()> {
    let others = [
        &needs::FONTS,
        &needs::PDFTOTEXT,
        &needs::NGINX,
        &needs::WORDPRESS,
        &needs::OLD_SITES,
    ];
    let missing = needs::install_missing(sh, &[&ENGINES[..], &others[..]].concat())?;
    missing.iter().for_each(|need| steps.leave_out(need));
    let is_there = |need: &&Need| !missing.iter().any(|missing| missing.name == need.name);
    let engines: Vec<_> = ENGINES
        .into_iter()
        .filter(is_there)
        .map(|engine| engine.name)
        .collect();
    if engines.is_empty() {
        return Ok(());
    }
    if engines.contains(&needs::FIREFOX.name) {
        GECKODRIVER.install(sh)?;
    }
    steps.run("hosts", || hosts::build(sh))?;
    steps.run(&format!("tests in {}", engines.join(", ")), || {
        let missing: Vec<_> = missing.iter().map(|need| need.name).collect();
        let _missing = sh.push_env("DIGEST_MISSING", missing.join(","));
        let _headed = headed.then(|| sh.push_env("DIGEST_HEADED", "1"));
        let _press = sh.push_env("DIGEST_PRESS", press::compile(sh, &[])?);
        let _path = sh.push_env("PATH", process::path_with(&GECKODRIVER.bin_folder()?)?);
        run_tests(sh, &["browser"], filter.as_slice())
    })
}

/// Runs test targets of `tests/Cargo.toml`. One failure does not hide what the tests after it say.
fn run_tests(sh: &Shell, targets: &[&str], filter: &[&str]) -> Result<()> {
    tools::install_npm_packages(sh)?;
    let targets = targets.iter().flat_map(|target| ["--test", target]);
    let mut cargo = cmd!(
        sh,
        "cargo test -p checks --no-fail-fast {targets...} -- {filter...}"
    );
    cargo = cargo.env("DIGEST_DIST", sh.current_dir().join("dist"));
    for (variable, file) in tools::npm::FOR_TESTS {
        cargo = cargo.env(variable, tools::npm_file(file)?);
    }
    Ok(cargo.run()?)
}
