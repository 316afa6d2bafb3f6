//! The issues that the preview and `dist/` show, made of `www/issues` by digest-press.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{files, process};

/// Makes `OUT/ID/issue.json` of every `www/issues/ID.md`, and copies everything else there to the same
/// place below `out`: the images of an issue are named relative to its `issue.json`.
pub(crate) fn write(out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make the folder {}", out.display()))?;
    for file in files::in_folder(Path::new(SOURCE))? {
        let place = out.join(file.strip_prefix(SOURCE)?);
        if file.extension().is_some_and(|extension| extension == "md") {
            import(&file, &place.with_extension("").join("issue.json"))?;
        } else {
            write_if_changed(&place, &files::read(&file)?)?;
        }
    }
    Ok(())
}

const SOURCE: &str = "www/issues";

/// digest-press always writes, so it writes elsewhere first.
fn import(markdown: &Path, json: &Path) -> Result<()> {
    let fresh = Path::new("target").join(markdown.with_extension("json"));
    files::make_folder_of(&fresh)?;
    let mut press = Command::new("cargo");
    press.args(["run", "--quiet", "--package", "digest-press", "--", "import"]);
    process::run(press.arg(markdown).arg("-o").arg(&fresh))?;
    write_if_changed(json, &files::read(&fresh)?)
}

/// Leaves an equal file alone: Trunk would take the writing for a change, build, and come here again.
fn write_if_changed(file: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    files::write(file, bytes)
}
