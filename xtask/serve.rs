//! The preview: Trunk with the pinned tools.

use std::{env, path::Path, process::Command};

use anyhow::Result;
use xshell::{Cmd, Shell};

use crate::{
    issues, link_tools, process, rust, styles,
    tools::{self, TRUNK, WASM_BINDGEN},
};

/// Serves the preview until it is stopped. Trunk rebuilds it on every change.
pub(crate) fn serve(sh: &Shell, arguments: &[String]) -> Result<()> {
    let mut trunk = set_up_trunk(sh)?.arg("serve");
    if has_screen() {
        trunk = trunk.arg("--open");
    }
    replace_process(trunk.args(arguments).into())
}

/// Builds the preview without serving it.
pub(crate) fn build(sh: &Shell) -> Result<()> {
    Ok(set_up_trunk(sh)?.arg("build").run()?)
}

/// Writes the files that Trunk copies into the preview, unless they are the same.
pub(crate) fn write_files(sh: &Shell) -> Result<()> {
    let out = Path::new("target/preview");
    styles::write(sh, &out.join("digest-style.js"))?;
    issues::write(sh, &out.join("issues"))
}

fn set_up_trunk(sh: &Shell) -> Result<Cmd<'_>> {
    rust::require_wasm_target(sh)?;
    tools::check_wasm_bindgen_version(sh)?;
    TRUNK.install(sh)?;
    WASM_BINDGEN.install(sh)?;
    link_tools::link(sh)?;
    // Trunk would ask the network for a newer Trunk.
    let trunk = sh
        .cmd(TRUNK.path()?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    Ok(trunk.env("PATH", process::path_with(&WASM_BINDGEN.bin_folder()?)?))
}

/// Returns true if a browser can be opened. On Linux that takes a display.
fn has_screen() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Replaces this process by Trunk, so that a signal to it ends Trunk.
#[cfg(unix)]
fn replace_process(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context("cannot start Trunk"))
}

#[cfg(not(unix))]
fn replace_process(mut command: Command) -> Result<()> {
    let status = command.status()?;
    anyhow::ensure!(status.success(), "Trunk failed ({status})");
    Ok(())
}
