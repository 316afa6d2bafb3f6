//! The issues in the preview and in `dist/`, made from `www/issues` by digest-press.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::files;

/// Writes `OUT/ID/issue.json` and `cms.html` for every newsletter in `www/issues`. Pictures are not
/// copied; the newsletters there have none.
///
/// The issues hold no first view, so the preview shows what the engine draws.
pub(crate) fn write(sh: &Shell, out: &Path) -> Result<()> {
    // The site has no other use. Posts contain its address, here the README's.
    let site = "target/issues-site";
    let options = ["--site", "https://cdn.example/", "--widget", "www"];
    cmd!(
        sh,
        "cargo run --quiet --package digest-press -- build www/issues -o {site} {options...}"
    )
    .run()?;

    let imported = "target/imported-issue.json";
    for newsletter in files::list_files(Path::new("www/issues"))? {
        cmd!(
            sh,
            "cargo run --quiet --package digest-press -- import {newsletter} -o {imported}"
        )
        .run()?;
        let json = sh.read_file(imported)?;
        let issue: Value = serde_json::from_str(&json)?;
        let id = issue["id"].as_str().context("an issue has no id")?;
        let post = sh.read_file(Path::new(site).join("issues").join(id).join("cms.html"))?;
        files::write_if_changed(sh, &out.join(id).join("issue.json"), &json)?;
        files::write_if_changed(sh, &out.join(id).join("cms.html"), &post)?;
    }
    Ok(())
}
