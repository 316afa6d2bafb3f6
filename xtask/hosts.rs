//! `target/hosts/`, the partners' pages that the browser tests visit beside `tests/pages`.
//!
//! | folder or file | of |
//! |---|---|
//! | `react/`, `vue/`, `svelte/`, `turbo/` | `tests/hosts`, built for production with packages from npm |
//! | `yew/` | `tests/hosts/yew`, a WebAssembly module of its own |
//! | `bootstrap.css`, `tailwind.css` | the resets in packages from npm |
//! | `twentytwentyone.css`, `twentytwentytwo.css`, `prototype.js` | Debian's packages |

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    files, process, progress, rust,
    toolbox::{NPM, WASM_BINDGEN},
};

/// Builds every host.
pub(crate) fn build() -> Result<()> {
    install_packages()?;
    let mut node = Command::new("node");
    process::run(
        node.args(["build.mjs", "../../target/hosts"])
            .current_dir(SOURCE),
    )?;
    build_yew_host()?;
    for (name, file) in FROM_DEBIAN {
        files::copy(Path::new(file), &Path::new(OUT).join(name))
            .context("a host of the browser tests needs it")?;
    }
    Ok(())
}

const SOURCE: &str = "tests/hosts";
const OUT: &str = "target/hosts";

/// Apart from other builds, as that of the widget is.
const YEW_TARGET: &str = "target/yew-host";

/// What WordPress sites look like, and the script that many old sites still have.
const FROM_DEBIAN: [(&str, &str); 3] = [
    (
        "twentytwentyone.css",
        "/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css",
    ),
    (
        "twentytwentytwo.css",
        "/usr/share/wordpress/wp-content/themes/twentytwentytwo/style.css",
    ),
    (
        "prototype.js",
        "/usr/share/javascript/prototype/prototype.js",
    ),
];

/// Installs the locked packages, unless these very ones are there.
fn install_packages() -> Result<()> {
    let lock = files::read(&Path::new(SOURCE).join("package-lock.json"))?;
    let installed = Path::new(SOURCE).join("node_modules/installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = Command::new(NPM);
    // Without install scripts, as the tools: a package is taken as it is and runs nothing of its own.
    npm.args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefix",
        SOURCE,
    ]);
    progress::run("Installing the packages of the hosts", "10 s", npm)?;
    files::write(&installed, &lock)
}

fn build_yew_host() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", "yew-host", "--release"]);
    process::run(cargo.args(["--target", rust::WASM, "--target-dir", YEW_TARGET]))?;

    let out = Path::new(OUT).join("yew");
    let mut bindgen = WASM_BINDGEN.command()?;
    bindgen
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--out-name",
            "host",
            "--out-dir",
        ])
        .arg(&out);
    process::run(
        bindgen.arg(
            Path::new(YEW_TARGET)
                .join(rust::WASM)
                .join("release/yew-host.wasm"),
        ),
    )?;
    files::copy(
        &Path::new(SOURCE).join("yew/index.html"),
        &out.join("index.html"),
    )
}
