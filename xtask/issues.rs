//! `cargo xtask issues`: the issues in the preview and in `dist/`, built from `www/issues` by
//! digest-press.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::files;

/// Writes `OUT/ID/issue.json` and `cms.html` for every newsletter in `www/issues`. Pictures are not
/// copied; the newsletters there have none.
pub(crate) fn write(sh: &Shell, out: &Path) -> Result<()> {
    // The site has no other use. Posts contain its address, here the README's.
    let site = "target/issues-site";
    let options = ["--site", "https://cdn.example/", "--widget", "www"];
    cmd!(
        sh,
        "cargo run --quiet --package digest-press -- build www/issues -o {site} {options...}"
    )
    .run()?;

    let issues = Path::new(site).join("issues");
    for file in files::list_files(&issues)? {
        if file.ends_with("issue.json") || file.ends_with("cms.html") {
            let bytes = sh.read_binary_file(&file)?;
            let copy = out.join(file.strip_prefix(&issues)?);
            // Trunk would take the writing of an equal file for a change, and build without end.
            if !sh.read_binary_file(&copy).is_ok_and(|old| old == bytes) {
                sh.write_file(&copy, bytes)?;
            }
        }
    }
    Ok(())
}
