//! The parts of the Rust toolchain that the tasks need.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::process::{find, output, run};

/// What the widget is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Sees to it that the widget can be compiled.
pub(crate) fn wasm_target() -> Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "the Rust toolchain cannot compile for {WASM}; install rustup, or your system's package \
             with this target (on Debian libstd-rust-dev-wasm32)"
        );
    }
    println!("Adding the Rust target {WASM} (takes about 10 s)");
    run(Command::new("rustup").args(["target", "add", WASM]))
}

/// Sees to it, where that can be done, that the sources of the standard library are there.
///
/// Without them there is no tuned build, only a somewhat larger one, so this is no error.
pub(crate) fn has_library_sources() -> Result<bool> {
    let sources = sysroot()?.join("lib/rustlib/src/rust/library/Cargo.lock");
    if sources.exists() {
        return Ok(true);
    }
    if find("rustup").is_some() {
        println!("Adding the Rust component rust-src (takes about 10 s)");
        run(Command::new("rustup").args(["component", "add", "rust-src"])).ok();
    }
    Ok(sources.exists())
}

/// The folder of the Rust toolchain.
pub(crate) fn sysroot() -> Result<PathBuf> {
    Ok(output(Command::new("rustc").args(["--print", "sysroot"]))?
        .trim()
        .into())
}

/// The folder in which Cargo keeps programs and sources.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("CARGO_HOME") {
        return Ok(folder.into());
    }
    let home = env::home_dir().context("cannot tell the home folder; set HOME")?;
    Ok(home.join(".cargo"))
}

fn has_wasm_target() -> Result<bool> {
    let folder =
        output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    Ok(Path::new(folder.trim()).exists())
}
