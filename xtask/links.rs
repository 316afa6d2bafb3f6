//! Links in Cargo's folder of programs, so that plain `trunk serve` works once the tools are set up.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    process::{find, output},
    rust,
    toolbox::{self, BINARYEN, TRUNK, Tool, WASM_BINDGEN},
};

/// Links the preview's tools into Cargo's folder of programs.
///
/// A program of the same name that somebody else put on `PATH` is never touched: then it is said
/// which one plain `trunk serve` will use.
pub(crate) fn offer() -> Result<()> {
    offer_one("trunk", &TRUNK)?;
    offer_one("wasm-bindgen", &WASM_BINDGEN)?;
    offer_one("wasm-opt", &BINARYEN)
}

fn offer_one(name: &str, tool: &Tool) -> Result<()> {
    let program = tool.programs()?.join(name);
    let link = rust::cargo_home()?.join("bin").join(name);
    let is_linked = fs::read_link(&link).is_ok_and(|file| file == program);
    if !cfg!(unix) || !program.exists() || is_linked {
        return Ok(());
    }
    remove_own(&link)?;
    if let Some(other) = find(name) {
        report_other(&other, tool);
    } else if !link.exists() {
        symlink(&program, &link)?;
        println!("Linked {} to {tool}", link.display());
    }
    Ok(())
}

/// Removes a link that an earlier setup made: to another version, or to one since deleted.
fn remove_own(link: &Path) -> Result<()> {
    let is_own = fs::read_link(link)
        .is_ok_and(|file| toolbox::cache().is_ok_and(|cache| file.starts_with(cache)));
    if is_own {
        fs::remove_file(link)
            .with_context(|| format!("cannot remove the link {}", link.display()))?;
    }
    Ok(())
}

fn report_other(program: &Path, tool: &Tool) {
    let version = output(Command::new(program).arg("--version")).unwrap_or_default();
    // wasm-opt calls version 132.0.0 of binaryen just 132.
    let short = tool.version().trim_end_matches(".0");
    if !version
        .split_whitespace()
        .any(|word| word == tool.version() || word == short)
    {
        println!(
            "Plain `trunk serve` will use {} ({}), not {tool}: if it fails, use `cargo xtask serve`",
            program.display(),
            version.trim()
        );
    }
}

#[cfg(unix)]
fn symlink(program: &Path, link: &Path) -> Result<()> {
    if let Some(folder) = link.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    std::os::unix::fs::symlink(program, link)
        .with_context(|| format!("cannot link {} to {}", link.display(), program.display()))
}

/// Windows lets only administrators link; there `cargo xtask serve` is the way.
#[cfg(not(unix))]
fn symlink(_program: &Path, _link: &Path) -> Result<()> {
    Ok(())
}
