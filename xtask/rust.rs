//! The parts of the Rust toolchain that the tasks need.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use directories::BaseDirs;
use xshell::{Shell, cmd};

use crate::process::find_program;

/// The target that the widget is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Adds the WebAssembly target to the toolchain if it is missing.
pub(crate) fn require_wasm_target(sh: &Shell) -> Result<()> {
    let libraries = cmd!(sh, "rustc --print target-libdir --target {WASM}")
        .quiet()
        .read()?;
    if Path::new(&libraries).exists() {
        return Ok(());
    }
    if find_program("rustup").is_none() {
        bail!(
            "the Rust toolchain cannot compile for {WASM}; install rustup, or your system's package \
             with this target (on Debian libstd-rust-dev-wasm32)"
        );
    }
    Ok(cmd!(sh, "rustup target add {WASM}").run()?)
}

/// Returns true if the sources of the standard library are there; adds them with rustup if they are
/// missing.
///
/// Without them the widget is a little larger, so a failure is no error.
pub(crate) fn has_library_sources(sh: &Shell) -> Result<bool> {
    let sources = find_sysroot(sh)?.join("lib/rustlib/src/rust/library/Cargo.lock");
    if !sources.exists() && find_program("rustup").is_some() {
        cmd!(sh, "rustup component add rust-src").run().ok();
    }
    Ok(sources.exists())
}

/// The folder of the Rust toolchain.
pub(crate) fn find_sysroot(sh: &Shell) -> Result<PathBuf> {
    Ok(cmd!(sh, "rustc --print sysroot").quiet().read()?.into())
}

/// The folder in which Cargo keeps programs and sources.
pub(crate) fn find_cargo_home() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("CARGO_HOME") {
        return Ok(folder.into());
    }
    let folders = BaseDirs::new().context("there is no home folder; set HOME")?;
    Ok(folders.home_dir().join(".cargo"))
}
