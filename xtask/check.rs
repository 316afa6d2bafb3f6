//! `cargo xtask check`: everything that needs only Cargo and this repository.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::{rust, steps::Steps};

/// Runs the checks and prints their times.
pub(crate) fn run(sh: &Shell) -> Result<()> {
    let mut steps = Steps::default();
    run_steps(sh, &mut steps)?;
    steps.print_summary();
    Ok(())
}

/// Format, lints, documentation, unit tests and golden tests.
///
/// Cargo checks one package at a time: with several, it would build each with the features that any
/// of them enables, and a feature missing in a manifest would go unnoticed.
pub(crate) fn run_steps(sh: &Shell, steps: &mut Steps) -> Result<()> {
    steps.run_cargo(sh, "fmt --all --check")?;
    for package in [
        "digest-issue --all-features",
        "digest-issue --no-default-features",
        "digest-search",
        "digest-view",
        "digest-press",
        "checks",
        "xtask",
    ] {
        steps.run_cargo(
            sh,
            &format!("clippy -p {package} --all-targets -- -D warnings"),
        )?;
    }
    rust::require_wasm_target(sh)?;
    for package in ["digest-widget", "digest-archive", "yew-host"] {
        let target = rust::WASM;
        steps.run_cargo(
            sh,
            &format!("clippy -p {package} --target {target} -- -D warnings"),
        )?;
    }
    steps.run_cargo(sh, "doc --workspace --no-deps")?;
    for package in [
        "digest-issue --all-features",
        "digest-search",
        "digest-view",
        "digest-press",
        "xtask",
    ] {
        steps.run_cargo(sh, &format!("test -p {package}"))?;
    }
    steps.run_cargo(sh, &golden_tests(sh)?)
}

/// The test targets in `tests/Cargo.toml` that need `dist/` or further tools. `test` runs them.
const NOT_GOLDEN: [&str; 9] = [
    "blockers", "browser", "bytes", "costly", "package", "readers", "sarif", "serving", "valid",
];

/// The command for all tests in `tests/` that need no more than Cargo. A new one is one of them by
/// itself.
fn golden_tests(sh: &Shell) -> Result<String> {
    let targets = list_test_targets(sh)?;
    for name in NOT_GOLDEN {
        ensure!(
            targets.iter().any(|target| target == name),
            "tests/Cargo.toml has no test `{name}`; correct NOT_GOLDEN in xtask/check.rs"
        );
    }
    let golden = targets
        .iter()
        .filter(|target| !NOT_GOLDEN.contains(&target.as_str()));
    let golden: String = golden.map(|target| format!(" --test {target}")).collect();
    Ok(format!("test -p checks --lib{golden} --no-fail-fast"))
}

/// The names of the test targets in `tests/Cargo.toml`.
fn list_test_targets(sh: &Shell) -> Result<Vec<String>> {
    let metadata = cmd!(sh, "cargo metadata --no-deps --format-version 1")
        .quiet()
        .read()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let checks = packages
        .find(|package| package["name"] == "checks")
        .context("Cargo does not know the package `checks`")?;
    let targets = checks["targets"].as_array().into_iter().flatten();
    let tests = targets.filter(|target| target["kind"][0] == "test");
    Ok(tests
        .filter_map(|test| Some(test["name"].as_str()?.to_owned()))
        .collect())
}
