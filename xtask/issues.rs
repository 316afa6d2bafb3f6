//! The issues that the preview and `dist/` show, made of `www/issues` by digest-press.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use crate::{files, process};

/// Makes `OUT/ID/issue.json`, and the post beside it, of every newsletter in `www/issues`. Pictures would
/// be in a folder of their own in the site; the newsletters there have none.
pub(crate) fn write(out: &Path) -> Result<()> {
    build()?;
    let issues = Path::new(SITE).join("issues");
    for file in files::in_folder(&issues)? {
        if NAMES.iter().any(|name| file.ends_with(name)) {
            write_if_changed(&out.join(file.strip_prefix(&issues)?), &files::read(&file)?)?;
        }
    }
    Ok(())
}

/// What the widget shows, and what the configurator writes into snippets.
const NAMES: [&str; 2] = ["issue.json", "cms.html"];

/// The whole site of the newsletters, which is of no further use.
const SITE: &str = "target/issues-site";

/// Posts have the addresses of their site in them: these are the README's.
const ADDRESS: &str = "https://cdn.example/";

fn build() -> Result<()> {
    let mut press = Command::new("cargo");
    press.args([
        "run",
        "--quiet",
        "--package",
        "digest-press",
        "--",
        "build",
        "www/issues",
        "-o",
        SITE,
    ]);
    process::run(press.args(["--site", ADDRESS, "--widget", "www"]))
}

/// Leaves an equal file alone: Trunk would take the writing for a change, build, and come here again.
fn write_if_changed(file: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    files::write(file, bytes)
}
