//! What targets of the `checks` crate measure in Chromium.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::{
    dist,
    needs::{self, CHROMIUM},
    tools::{self, npm::ESBUILD},
};

/// Measures `runs` loads of each page on each network, and draws the medians if there is a file to
/// draw them to.
pub(super) fn measure_first_headline(sh: &Shell, runs: u16, picture: Option<&Path>) -> Result<()> {
    // Cargo starts the target in its package's folder.
    let picture = picture.map(|file| sh.current_dir().join(file));
    let picture = picture
        .into_iter()
        .flat_map(|file| ["--picture".to_owned(), file.display().to_string()]);
    run_target(sh, "first_headline", runs, &picture.collect::<Vec<_>>())
}

/// Measures digests with many headlines, `runs` times each.
pub(super) fn measure_large_issues(sh: &Shell, runs: u16) -> Result<()> {
    run_target(sh, "large_issue", runs, &[])
}

fn run_target(sh: &Shell, name: &str, runs: u16, options: &[String]) -> Result<()> {
    let missing = needs::install_missing(sh, &[&CHROMIUM])?;
    ensure!(missing.is_empty(), "install Chromium with its driver");
    dist::write(sh)?;
    let peers = build_peers(sh)?;
    let runs = runs.to_string();
    // The profile of the tests: the target only waits for the browser, and compiles once.
    cmd!(
        sh,
        "cargo bench --profile dev -p checks --bench {name} -- --runs {runs} {options...}"
    )
    .env("DIGEST_DIST", sh.current_dir().join("dist"))
    .env("DIGEST_PEERS", sh.current_dir().join(peers))
    .run()?;
    Ok(())
}

const SOURCE: &str = "tests/peers";
const OUT: &str = "target/peers";

/// Each peer's script and its source.
const PEERS: [(&str, &str); 3] = [
    ("plain.js", "plain/digest.js"),
    ("lit.js", "lit/digest.js"),
    ("preact.js", "preact/digest.jsx"),
];

/// Builds the peers for production. They have the widget's own styles, which esbuild minifies too.
fn build_peers(sh: &Shell) -> Result<PathBuf> {
    tools::install_locked_packages(sh, Path::new(SOURCE))?;
    let esbuild = tools::npm_file(ESBUILD)?;
    let style = format!("{OUT}/digest.css");
    cmd!(
        sh,
        "node {esbuild} --minify --target=es2022 --log-level=warning --outfile={style} src/view/style.css"
    )
    .run()?;
    for (name, source) in PEERS {
        let options = [
            "--bundle".to_owned(),
            "--minify".to_owned(),
            "--format=esm".to_owned(),
            "--target=es2022".to_owned(),
            "--charset=utf8".to_owned(),
            "--loader:.css=text".to_owned(),
            "--jsx=automatic".to_owned(),
            "--jsx-import-source=preact".to_owned(),
            "--log-level=warning".to_owned(),
            format!("--alias:digest.css=./{style}"),
            format!("--outfile={OUT}/{name}"),
        ];
        cmd!(sh, "node {esbuild} {options...} {SOURCE}/{source}").run()?;
    }
    Ok(OUT.into())
}
