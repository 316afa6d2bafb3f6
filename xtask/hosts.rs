//! `target/hosts/`, embedders' pages that the browser tests visit beside `tests/pages`.
//!
//! | folder or file | source |
//! |---|---|
//! | `react/`, `vue/`, `svelte/`, `turbo/` | `tests/hosts`, built for production with packages from npm |
//! | `yew/` | `tests/hosts/yew`, compiled to WebAssembly |
//! | `bootstrap.css`, `tailwind.css`, `pym.js` | packages from npm |
//! | `twentytwentyone.css`, `twentytwentytwo.css`, `prototype.js`, `mootools.js` | Debian's packages |
//! | `zone.js`, `core-js.js`, `ses.js` | packages from npm that change the browser's own functions |

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{
    files, rust,
    tools::{self, WASM_BINDGEN},
};

/// Builds every host. The files of Debian's packages are left out where they are not installed.
pub(crate) fn build(sh: &Shell) -> Result<()> {
    install_packages(sh)?;
    let script = Path::new(SOURCE).join("build.mjs");
    cmd!(sh, "node {script}").run()?;
    build_yew_host(sh)?;
    for (name, file) in FROM_DEBIAN {
        if sh.path_exists(file) {
            files::copy(sh, file, Path::new(OUT).join(name))?;
        }
    }
    Ok(())
}

const SOURCE: &str = "tests/hosts";
const OUT: &str = "target/hosts";

/// Style sheets of WordPress themes, and scripts that many old sites still load.
const FROM_DEBIAN: [(&str, &str); 4] = [
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
    (
        "mootools.js",
        "/usr/share/javascript/mootools/mootools-core.min.js",
    ),
];

/// Installs the npm packages of the hosts.
pub(crate) fn install_packages(sh: &Shell) -> Result<()> {
    tools::install_locked_packages(sh, Path::new(SOURCE))
}

/// Has its own target folder, as the widget does: other flags would undo each other's work.
fn build_yew_host(sh: &Shell) -> Result<()> {
    let (wasm, folder) = (rust::WASM, "target/yew-host");
    cmd!(
        sh,
        "cargo build --package yew-host --release --target {wasm} --target-dir {folder}"
    )
    .run()?;

    let bindgen = WASM_BINDGEN.path()?;
    let module = format!("{folder}/{wasm}/release/yew-host.wasm");
    let out = Path::new(OUT).join("yew");
    cmd!(
        sh,
        "{bindgen} --target web --no-typescript --out-name host --out-dir {out} {module}"
    )
    .run()?;
    files::copy(
        sh,
        Path::new(SOURCE).join("yew/index.html"),
        out.join("index.html"),
    )
}
