//! `cargo xtask test`: all of `check`, then what needs `dist/`, tools from npm, and browsers.
//!
//! Each step sets up only what it needs itself, and the cheap ones come first. What the system
//! lacks is left out and listed at the end; in CI, and on Debian as root, it is installed, or the
//! task fails.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{
    check, dist, hosts,
    needs::{self, Need},
    press, process, serve,
    steps::Steps,
    tools::{self, GECKODRIVER},
};

/// Runs every check, or only the browser tests whose name contains the filter.
pub(crate) fn run(sh: &Shell, filter: Option<&str>, headed: bool) -> Result<()> {
    let mut steps = Steps::default();
    if filter.is_none() {
        check::run_steps(sh, &mut steps)?;
    }
    steps.run("dist", || dist::write(sh))?;
    if filter.is_none() {
        steps.run("tests: costly", || test_costly(sh))?;
        steps.run("tests of dist", || test_dist(sh))?;
        run_if_installed(sh, &mut steps, &needs::JAVA, "valid")?;
        run_if_installed(sh, &mut steps, &needs::NGINX, "serving")?;
        steps.run("preview: trunk build", || serve::build(sh))?;
    }
    test_in_browsers(sh, &mut steps, filter, headed)?;
    steps.print_summary();
    Ok(())
}

/// The byte budget, the npm package, reports in SARIF, reader modes and ad blockers.
fn test_dist(sh: &Shell) -> Result<()> {
    hosts::install_packages(sh)?;
    run_tests(
        sh,
        &["blockers", "bytes", "package", "readers", "sarif"],
        &[],
    )
}

/// The program under limits of memory and time. It is the one that the browser tests run.
fn test_costly(sh: &Shell) -> Result<()> {
    let _press = sh.push_env("DIGEST_PRESS", press::compile(sh, &[])?);
    run_tests(sh, &["costly"], &[])
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
    let missing = needs::install_missing(sh, &[&wanted_engines()[..], &others[..]].concat())?;
    missing.iter().for_each(|need| steps.leave_out(need));
    let missing: Vec<_> = missing.iter().map(|need| need.name).collect();
    let engines = wanted_engines().into_iter().map(|engine| engine.name);
    let engines: Vec<_> = engines.filter(|engine| !missing.contains(engine)).collect();
    if engines.is_empty() {
        return Ok(());
    }
    if engines.contains(&needs::FIREFOX.name) {
        GECKODRIVER.install(sh)?;
    }
    steps.run("hosts", || hosts::build(sh))?;
    steps.run(&format!("tests in {}", engines.join(", ")), || {
        // Their tests are reported as ignored.
        let _engines = sh.push_env("DIGEST_ENGINES", engines.join(","));
        let _without = sh.push_env("DIGEST_WITHOUT", missing.join(","));
        let _headed = headed.then(|| sh.push_env("DIGEST_HEADED", "1"));
        let _press = sh.push_env("DIGEST_PRESS", press::compile(sh, &[])?);
        let _path = sh.push_env("PATH", process::path_with(&GECKODRIVER.bin_folder()?)?);
        run_tests(sh, &["browser"], filter.as_slice())
    })
}

/// All engines, or those that the developer lists, as in `DIGEST_ENGINES=chromium,firefox`.
fn wanted_engines() -> Vec<&'static Need> {
    let names = std::env::var("DIGEST_ENGINES");
    let is_wanted = |engine: &&Need| {
        let is_listed = |names: &String| names.split(',').any(|name| name.trim() == engine.name);
        names.as_ref().map_or(true, is_listed)
    };
    ENGINES.into_iter().filter(is_wanted).collect()
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
