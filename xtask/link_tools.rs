//! Links to the preview's tools in Cargo's folder of programs, so that plain `trunk serve` works
//! after `cargo xtask serve` has installed them.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::{
    process::find_program,
    rust,
    tools::{self, CargoTool, TRUNK, WASM_BINDGEN},
};

/// Links Trunk and wasm-bindgen. A program of the same name that was there before stays.
pub(crate) fn link(sh: &Shell) -> Result<()> {
    if cfg!(unix) {
        link_tool(sh, &TRUNK)?;
        link_tool(sh, &WASM_BINDGEN)?;
    }
    Ok(())
}

fn link_tool(sh: &Shell, tool: &CargoTool) -> Result<()> {
    let program = tool.path()?;
    let link = rust::find_cargo_home()?.join("bin").join(tool.program());
    let target = fs::read_link(&link).ok();
    if target.as_ref() == Some(&program) {
        return Ok(());
    }
    let cache = tools::cache_folder()?;
    if target.is_some_and(|target| target.starts_with(cache)) {
        // An earlier version of the tool.
        fs::remove_file(&link).with_context(|| format!("cannot remove {}", link.display()))?;
    }
    match find_program(tool.program()) {
        Some(other) => warn_about_other(sh, &other, tool),
        None if link.exists() => {}
        None => {
            create_link(&program, &link)
                .with_context(|| format!("cannot create the link {}", link.display()))?;
            println!("Linked {} to {}", link.display(), program.display());
        }
    }
    Ok(())
}

/// Says which program plain `trunk serve` uses, if its version is not the pinned one.
fn warn_about_other(sh: &Shell, other: &Path, tool: &CargoTool) {
    let version = cmd!(sh, "{other} --version")
        .quiet()
        .ignore_stderr()
        .read()
        .unwrap_or_default();
    if !version
        .split_whitespace()
        .any(|word| word == tool.version())
    {
        println!(
            "Plain `trunk serve` will use {} ({version}), not {}: if it fails, use `cargo xtask serve`",
            other.display(),
            tool.version()
        );
    }
}

#[cfg(unix)]
fn create_link(program: &Path, link: &Path) -> std::io::Result<()> {
    if let Some(folder) = link.parent() {
        fs::create_dir_all(folder)?;
    }
    std::os::unix::fs::symlink(program, link)
}

/// Windows lets only administrators link.
#[cfg(not(unix))]
fn create_link(_program: &Path, _link: &Path) -> std::io::Result<()> {
    Ok(())
}
