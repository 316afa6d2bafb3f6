//! Compiles the engine, and the list and search of all issues, to WebAssembly, as small as the toolchain
//! can make it.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::rust;

/// How the widget was compiled.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum WidgetBuild {
    /// With a standard library that was compiled for size, and panics that only trap.
    Tuned,
    /// With stable Rust.
    Plain,
}

impl WidgetBuild {
    /// The name of the build in `tests/bytes.toml`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tuned => "tuned",
            Self::Plain => "plain",
        }
    }
}

impl fmt::Display for WidgetBuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tuned => "tuned build",
            Self::Plain => "plain stable build (rust-src not available)",
        })
    }
}

/// The compiled modules.
pub(crate) struct Modules {
    pub(crate) widget: PathBuf,
    pub(crate) archive: PathBuf,
    pub(crate) build: WidgetBuild,
}

/// Compiles both modules.
pub(crate) fn compile(sh: &Shell) -> Result<Modules> {
    let build = if rust::has_library_sources(sh)? {
        WidgetBuild::Tuned
    } else {
        WidgetBuild::Plain
    };
    println!("Compiling the widget: {build}");

    let target = rust::WASM;
    let mut cargo = cmd!(
        sh,
        "cargo build --locked --package digest-widget --package digest-archive --profile widget
             --target {target} --target-dir {FOLDER}"
    );
    let mut flags = remap_paths(sh)?;
    if build == WidgetBuild::Tuned {
        cargo = cargo.envs(TUNED);
        flags.extend(TUNED_FLAGS.map(String::from));
    }
    // Unlike RUSTFLAGS, which it overrides, it keeps a path with a space in one piece.
    cargo
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .run()?;
    let folder = Path::new(FOLDER).join(target).join("widget");
    Ok(Modules {
        widget: folder.join("digest_widget.wasm"),
        archive: folder.join("digest_archive.wasm"),
        build,
    })
}

/// Not the target folder of other builds: these have other flags, and each would undo the other's
/// work.
const FOLDER: &str = "target/widget";

/// Compiles the standard library with the widget. Set by environment, so that any stable toolchain
/// can still build from the manifests.
const TUNED: [(&str, &str); 5] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_WIDGET_PANIC", "immediate-abort"),
];

/// Removes what only panic messages and `{:?}` print, and inlines a little more than a build for
/// size does, which costs nothing in code that is called once (398 bytes brotli).
const TUNED_FLAGS: [&str; 3] = [
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "-Cllvm-args=--inline-threshold=10",
];

/// Flags that make the paths in panic messages, and so the bytes, the same in every clone.
fn remap_paths(sh: &Shell) -> Result<Vec<String>> {
    let folders = [
        (sh.current_dir(), "/digest-widget"),
        (rust::find_cargo_home()?, "/cargo"),
        (rust::find_sysroot(sh)?, "/rust"),
    ];
    let flag =
        |(folder, name): (PathBuf, _)| format!("--remap-path-prefix={}={name}", folder.display());
    Ok(folders.map(flag).into())
}
