//! `dist/`, the folder that a CDN serves.
//!
//! | file | of |
//! |---|---|
//! | `digest.js` | `www/digest.js`, the loader; the only name that partners know |
//! | `digest-widget-HASH.js`, `digest-widget-HASH.wasm` | `src/widget`; may be cached for ever |
//! | `issues/ID/issue.json` | `www/issues/ID.md` |
//! | `schema/issue-1.json` | `www/issue-1.schema.json` |

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::{
    files, issues, process, setup,
    shorten::{self, Names, replace_once, shorten},
    sizes,
    toolbox::{BINARYEN, TERSER, WASM_BINDGEN},
    widget::{self, Build},
};

/// Writes `dist/` anew; until all of it is made, the old one stays.
pub(crate) fn write() -> Result<()> {
    setup::dist()?;
    let (module, build) = widget::compile()?;
    let work = fresh_folder("target/dist-work")?;
    let parts = make_parts(&module, &work)?;

    let new = fresh_folder("dist.new")?;
    write_parts(&parts, &new)?;
    issues::write(&new.join("issues"))?;
    files::write(&new.join("schema/issue-1.json"), &files::read(Path::new("www/issue-1.schema.json"))?)?;
    swap_in(&new)?;
    report(&parts, build)
}

/// What a partner's page downloads, beside the issue.
struct Parts {
    loader: Vec<u8>,
    glue: Vec<u8>,
    wasm: Vec<u8>,
    glue_name: String,
    wasm_name: String,
}

fn make_parts(module: &Path, work: &Path) -> Result<Parts> {
    let (glue, wasm) = bind(module, work)?;
    let (names, wasm) = optimize(&wasm, work)?;
    let glue = files::read_text(&glue)?;
    let glue = shorten(&glue, &names).context("cannot shorten the names in wasm-bindgen's glue")?;
    let glue = minify(&without_sync_start(&glue)?, &work.join("glue.js"))?;

    let glue_name = format!("digest-widget-{}.js", hash(&glue));
    let wasm_name = format!("digest-widget-{}.wasm", hash(&wasm));
    let loader = files::read_text(Path::new("www/digest.js"))?;
    let loader = name_parts(&loader, &glue_name, &wasm_name).context("in www/digest.js")?;
    let loader = minify(&loader, &work.join("loader.js"))?;
    Ok(Parts { loader, glue, wasm, glue_name, wasm_name })
}

/// Splits what the compiler made into WebAssembly and the JavaScript around it.
fn bind(module: &Path, work: &Path) -> Result<(PathBuf, PathBuf)> {
    let mut bindgen = WASM_BINDGEN.command()?;
    bindgen.args(["--target", "web", "--no-typescript", "--omit-default-module-path"]);
    bindgen.args(["--out-name", "digest-widget", "--out-dir"]).arg(work).arg(module);
    process::run(&mut bindgen)?;
    // Snippets would be further files to download; nothing in the widget has any, and so it stays.
    ensure!(!work.join("snippets").exists(), "a dependency of digest-widget brings JavaScript snippets");
    Ok((work.join("digest-widget.js"), work.join("digest-widget_bg.wasm")))
}

/// Makes the module smaller and shortens the names at its boundary.
///
/// No data of a Rust module lies in the first kilobyte of its memory: the stack begins there and grows
/// down towards it. wasm-opt can fold small offsets into addresses when it knows (230 bytes brotli).
/// Taking the control flow apart and building it anew between two rounds saves 455 bytes.
fn optimize(module: &Path, work: &Path) -> Result<(Names, Vec<u8>)> {
    let optimized = work.join("optimized.wasm");
    let mut wasm_opt = BINARYEN.command()?;
    wasm_opt.args([
        "-Oz",
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        "--low-memory-unused",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ]);
    wasm_opt.arg(shorten::WASM_OPT_FLAG).arg(module).arg("-o").arg(&optimized);
    let names = Names::parse(&process::output(&mut wasm_opt)?)?;
    Ok((names, files::read(&optimized)?))
}

/// Drops the second way to start the module, which blocks the page; the loader never takes it.
fn without_sync_start(glue: &str) -> Result<String> {
    replace_once(glue, "export { initSync, __wbg_init as default };", "export { __wbg_init as default };")
        .context("in wasm-bindgen's glue")
}

/// The loader is written with the names of the preview's files; here they get their hashes.
fn name_parts(loader: &str, glue_name: &str, wasm_name: &str) -> Result<String> {
    let loader = replace_once(loader, "./digest-widget.js", &format!("./{glue_name}"))?;
    replace_once(&loader, "./digest-widget_bg.wasm", &format!("./{wasm_name}"))
}

fn minify(script: &str, file: &Path) -> Result<Vec<u8>> {
    files::write(file, script.as_bytes())?;
    let mut terser = TERSER.command()?;
    terser.args(["--module", "--compress", "passes=3", "--mangle", "--ecma", "2020", "--"]).arg(file);
    Ok(process::output(&mut terser)?.into_bytes())
}

/// Enough of a hash that two versions never share a name.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn write_parts(parts: &Parts, folder: &Path) -> Result<()> {
    files::write(&folder.join("digest.js"), &parts.loader)?;
    files::write(&folder.join(&parts.glue_name), &parts.glue)?;
    files::write(&folder.join(&parts.wasm_name), &parts.wasm)
}

fn swap_in(new: &Path) -> Result<()> {
    remove_folder(Path::new("dist"))?;
    fs::rename(new, "dist").with_context(|| format!("cannot rename {} to dist", new.display()))
}

/// Tells people, and the byte budget, what was made.
fn report(parts: &Parts, build: Build) -> Result<()> {
    files::write(Path::new("target/dist-build.txt"), build.name().as_bytes())?;
    println!("Wrote dist/: {build}");
    sizes::print(&[("loader", &parts.loader), ("glue", &parts.glue), ("wasm", &parts.wasm)])
}

fn fresh_folder(path: &str) -> Result<PathBuf> {
    let folder = PathBuf::from(path);
    remove_folder(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {path}"))?;
    Ok(folder)
}

fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove the folder {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_names_the_hashed_files() {
        let loader = r#"import("./digest-widget.js"); new URL("./digest-widget_bg.wasm", base)"#;
        let named = name_parts(loader, "g-1.js", "w-2.wasm").unwrap();
        assert_eq!(named, r#"import("./g-1.js"); new URL("./w-2.wasm", base)"#);
    }

    #[test]
    fn a_loader_that_does_not_name_the_module_is_an_error() {
        let error = name_parts(r#"import("./digest-widget.js")"#, "g-1.js", "w-2.wasm").unwrap_err();
        assert!(error.to_string().contains("./digest-widget_bg.wasm"), "{error}");
    }
}
