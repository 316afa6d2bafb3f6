//! Compiling the widget to WebAssembly, as small as the toolchain at hand can make it.

use std::{env, fmt, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{process, rust};

/// How the widget was compiled.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Build {
    /// With a standard library that was compiled for size and panics that only trap.
    Tuned,
    /// With what stable Rust brings.
    Plain,
}

impl Build {
    /// The name by which the byte budget knows the build.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tuned => "tuned",
            Self::Plain => "plain",
        }
    }
}

impl fmt::Display for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tuned => "tuned build",
            Self::Plain => "plain stable build (rust-src not available)",
        })
    }
}

/// Compiles the widget and returns the file of the module.
pub(crate) fn compile() -> Result<(PathBuf, Build)> {
    let build = if rust::has_library_sources()? {
        Build::Tuned
    } else {
        Build::Plain
    };
    println!("Compiling the widget: {build}");

    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", "digest-widget", "--profile", "widget"]);
    cargo.args(["--target", rust::WASM, "--target-dir", TARGET]);
    let mut flags = remapped_paths()?;
    if build == Build::Tuned {
        cargo.envs(TUNED);
        flags.extend(TUNED_FLAGS.map(String::from));
    }
    // The one of Cargo's variables that keeps a space in a path whole. It also overrides RUSTFLAGS,
    // so that nobody's own flags change the bytes.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    process::run(&mut cargo)?;
    Ok((
        PathBuf::from(TARGET)
            .join(rust::WASM)
            .join("widget/digest_widget.wasm"),
        build,
    ))
}

/// Apart from other builds, which have other flags: they would undo each other's work.
const TARGET: &str = "target/widget";

/// Compiles the standard library along with the widget.
///
/// By environment and not in the manifests, so that these stay what any stable toolchain can build.
const TUNED: [(&str, &str); 5] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_WIDGET_PANIC", "immediate-abort"),
];

/// Leaves out what only panic messages and `{:?}` would print, and inlines a little more than a build for
/// size would by itself: that costs nothing in code that is called once (398 bytes brotli).
const TUNED_FLAGS: [&str; 3] = [
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "-Cllvm-args=--inline-threshold=10",
];

/// Paths end up in panic messages. With these flags they, and so the bytes, are the same in every
/// clone on every machine.
fn remapped_paths() -> Result<Vec<String>> {
    let root = env::current_dir().context("cannot tell the current folder")?;
    let folders = [
        (root, "/digest-widget"),
        (rust::cargo_home()?, "/cargo"),
        (rust::sysroot()?, "/rust"),
    ];
    Ok(folders
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .into())
}
