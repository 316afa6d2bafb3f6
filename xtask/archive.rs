//! The list and the search of all issues: `www/archive.js` and what it imports, and `src/archive`.
//!
//! Readers download it only when they ask for other issues. So its glue is that of wasm-bindgen as it
//! is, bundled with the scripts.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{
    files,
    scripts::{self, DistFile},
    styles,
    tools::{WASM_BINDGEN, npm, npm_file},
};

/// The files for the list and the search.
pub(crate) struct ArchiveFiles {
    pub(crate) script: DistFile,
    pub(crate) wasm: DistFile,
}

/// The modules in `www`.
const MODULES: [&str; 3] = ["archive.js", "archive-data.js", "archive-panel.js"];

/// The name of the module in the scripts.
pub(crate) const WASM: &str = "./digest-archive_bg.wasm";

/// Builds the script and the module from the compiled `src/archive`.
pub(crate) fn build(sh: &Shell, module: &Path, work: &Path) -> Result<ArchiveFiles> {
    let folder = work.join("archive");
    let wasm = bind(sh, module, &folder)?;
    let wasm = DistFile::with_hash("digest-archive", "wasm", sh.read_binary_file(wasm)?);
    copy_modules(sh, &folder)?;
    let entry = folder.join("archive.js");
    let script = scripts::bundle(sh, &entry, &[], &work.join("archive.bundle.js"))?;
    let script = scripts::replace_names(&script, &[(WASM, &wasm)])?;
    let script = scripts::minify(sh, &script, &work.join("archive.js"))?;
    Ok(ArchiveFiles {
        script: DistFile::with_hash("digest-archive", "js", script),
        wasm,
    })
}

/// Copies the scripts and the styles beside the glue in a folder.
fn copy_modules(sh: &Shell, folder: &Path) -> Result<()> {
    for name in MODULES {
        files::copy(sh, Path::new("www").join(name), folder.join(name))?;
    }
    styles::write_minified(sh, styles::ARCHIVE, &folder.join("archive-style.js"))
}

/// Copies the scripts, the styles, the glue and the module of the last build to a folder.
pub(crate) fn copy_built(sh: &Shell, work: &Path, out: &Path) -> Result<()> {
    copy_modules(sh, out)?;
    for name in ["digest-archive.js", "digest-archive_bg.wasm"] {
        files::copy(sh, work.join("archive").join(name), out.join(name))?;
    }
    Ok(())
}

/// Splits the compiled module into WebAssembly and its glue, and returns the path of the former.
fn bind(sh: &Shell, module: &Path, folder: &Path) -> Result<PathBuf> {
    let bindgen = WASM_BINDGEN.path()?;
    let options = [
        "--target",
        "web",
        "--no-typescript",
        "--omit-default-module-path",
    ];
    cmd!(
        sh,
        "{bindgen} {options...} --out-name digest-archive --out-dir {folder} {module}"
    )
    .run()?;
    let wasm = folder.join("digest-archive_bg.wasm");
    let wasm_opt = npm_file(npm::WASM_OPT)?;
    let options = [
        "-O2",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ];
    cmd!(sh, "node {wasm_opt} {options...} {wasm} -o {wasm}").run()?;
    Ok(wasm)
}
