//! The preview.

use std::{env, process::Command};

use anyhow::Result;

use crate::{
    process, setup,
    toolbox::{BINARYEN, TRUNK, WASM_BINDGEN},
};

/// Serves the preview until it is stopped; Trunk rebuilds it on every change.
pub(crate) fn serve(arguments: &[String]) -> Result<()> {
    setup::preview()?;
    let mut trunk = trunk()?;
    trunk.arg("serve");
    if has_screen() {
        trunk.arg("--open");
    }
    become_program(trunk.args(arguments))
}

/// Builds the preview without serving it.
pub(crate) fn build() -> Result<()> {
    process::run(trunk()?.arg("build"))
}

/// Trunk, with the pinned tools before all others.
fn trunk() -> Result<Command> {
    let mut trunk = TRUNK.command()?;
    trunk.env(
        "PATH",
        process::path_with(&[&WASM_BINDGEN.programs()?, &BINARYEN.programs()?])?,
    );
    // Trunk would ask the network for a newer Trunk, which is of no use here.
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    Ok(trunk)
}

/// On Linux a browser can only be opened on a screen; elsewhere there is one.
fn has_screen() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Trunk takes this process's place, so that whoever ends this process ends Trunk.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(anyhow::Error::new(error).context(process::cannot_start(command)))
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    process::run(command)
}
