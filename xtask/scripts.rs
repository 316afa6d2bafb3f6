//! The scripts of `dist/`: the modules of `www`, bundled, minified, and with the names of the other
//! files.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};
use xshell::{Shell, cmd};

use crate::{
    archive, files,
    replace::replace_once,
    styles,
    tools::{
        self,
        npm::{ESBUILD, TERSER},
    },
};

/// A file of `dist/`.
pub(crate) struct DistFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl DistFile {
    /// A file whose name has a hash of its bytes, so it may be cached for ever.
    pub(crate) fn with_hash(stem: &str, extension: &str, bytes: Vec<u8>) -> DistFile {
        // Eight bytes are enough that two versions never share a name.
        let hash = Sha256::digest(&bytes);
        let hash: String = hash
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        DistFile {
            name: format!("{stem}-{hash}.{extension}"),
            bytes,
        }
    }

    /// The value of the `integrity` attribute for this file.
    pub(crate) fn integrity(&self) -> String {
        format!("sha384-{}", STANDARD.encode(Sha384::digest(&self.bytes)))
    }
}

/// The version of the loader and of everything that it starts.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The modules of the loader in `www`, without `glue.js`, of which there are two.
const LOADER_MODULES: [&str; 10] = [
    "digest.js",
    "digest-options.js",
    "element.js",
    "engine.js",
    "first-view.js",
    "globals.js",
    "issue-download.js",
    "page-language.js",
    "restore-focus.js",
    "style-sheets.js",
];

/// Copies the modules of the loader to a folder, with `digest-style.js` and this `glue.js`.
pub(crate) fn copy_loader_modules(sh: &Shell, folder: &Path, glue: &str) -> Result<()> {
    for name in LOADER_MODULES {
        files::copy(sh, Path::new("www").join(name), folder.join(name))?;
    }
    files::copy(sh, Path::new("www").join(glue), folder.join("glue.js"))?;
    styles::write_minified(sh, styles::DIGEST, &folder.join("digest-style.js"))
}

/// Builds the script that is loaded only after a failure.
pub(crate) fn build_explain(
    sh: &Shell,
    glue: &DistFile,
    wasm: &DistFile,
    work: &Path,
) -> Result<DistFile> {
    let script = sh.read_file("www/explain.js")?;
    let script = replace_names(&script, &[(GLUE, glue), (WASM, wasm)])?;
    let script = minify(sh, &script, &work.join("explain.js"))?;
    Ok(DistFile::with_hash("digest-explain", "js", script))
}

/// Builds the loader. Its name stays while its content changes.
pub(crate) fn build_loader(
    sh: &Shell,
    glue: &DistFile,
    wasm: &DistFile,
    explain: &DistFile,
    archive: &DistFile,
    work: &Path,
) -> Result<DistFile> {
    check_version(sh)?;
    let folder = work.join("loader");
    copy_loader_modules(sh, &folder, "glue.js")?;
    let entry = folder.join("digest.js");
    let external = [EXPLAIN, ARCHIVE, GLUE];
    let script = bundle(sh, &entry, &external, &work.join("loader.bundle.js"))?;
    let names = [
        (GLUE, glue),
        (WASM, wasm),
        (EXPLAIN, explain),
        (ARCHIVE, archive),
    ];
    let script = replace_names(&script, &names)?;
    Ok(DistFile {
        name: "digest.js".into(),
        bytes: minify(sh, &script, &work.join("loader.js"))?,
    })
}

/// Builds the loader of exactly this version, for pages that use `integrity`: one script with all
/// others in it, because the page vouches for this file only. It accepts no other WebAssembly than
/// its own.
pub(crate) fn build_pinned(
    sh: &Shell,
    glue: &DistFile,
    wasm: &DistFile,
    archive: &DistFile,
    work: &Path,
) -> Result<DistFile> {
    let folder = work.join("pinned");
    copy_loader_modules(sh, &folder, "glue-static.js")?;
    files::copy(sh, "www/explain.js", folder.join("explain.js"))?;
    archive::copy_built(sh, work, &folder)?;
    sh.write_file(folder.join("digest-widget.js"), &glue.bytes)?;
    let entry = folder.join("digest.js");
    let script = bundle(sh, &entry, &[], &work.join("pinned.bundle.js"))?;
    let script = script
        .replace(WASM, &format!("./{}", wasm.name))
        .replace(GLUE, &format!("./{}", glue.name))
        .replace(archive::WASM, &format!("./{}", archive.name));
    let script = pin(&script, "ENGINE_INTEGRITY", wasm)?;
    let script = pin(&script, "ARCHIVE_INTEGRITY", archive)?;
    Ok(DistFile {
        name: format!("digest-{VERSION}.js"),
        bytes: minify(sh, &script, &work.join("pinned.js"))?,
    })
}

/// Fills in the hash of a module: a constant of the scripts that is empty elsewhere.
fn pin(script: &str, constant: &str, wasm: &DistFile) -> Result<String> {
    let hash = format!("{constant} = \"{}\"", wasm.integrity());
    replace_once(script, &format!("{constant} = \"\""), &hash).context("in the scripts of www")
}

/// Minifies a script, which is written to `file` first.
pub(crate) fn minify(sh: &Shell, script: &str, file: &Path) -> Result<Vec<u8>> {
    sh.write_file(file, script)?;
    let terser = tools::npm_file(TERSER)?;
    // No function of ours is both called and constructed, so those without `this` can be arrows.
    let options = [
        "--compress",
        "passes=3,unsafe_arrows",
        "--mangle",
        "--ecma",
        "2022",
    ];
    let minified = cmd!(sh, "node {terser} --module {options...} -- {file}").read()?;
    Ok(format!("{minified}\n").into_bytes())
}

/// The names of the preview's files, which the scripts are written with.
const GLUE: &str = "./digest-widget.js";
const WASM: &str = "./digest-widget_bg.wasm";
const EXPLAIN: &str = "./explain.js";
const ARCHIVE: &str = "./archive.js";

/// Bundles a module with its imports, because each would cost a round trip. What it loads later
/// stays apart.
pub(crate) fn bundle(sh: &Shell, entry: &Path, external: &[&str], out: &Path) -> Result<String> {
    let esbuild = tools::npm_file(ESBUILD)?;
    let options = [
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
    ];
    let external = external.iter().map(|name| format!("--external:{name}"));
    let more = [
        "--log-level=warning".to_owned(),
        format!("--outfile={}", out.display()),
    ];
    cmd!(
        sh,
        "node {esbuild} {options...} {external...} {entry} {more...}"
    )
    .run()?;
    Ok(sh.read_file(out)?)
}

/// Replaces the names of the preview's files by those in `dist/`.
pub(crate) fn replace_names(script: &str, names: &[(&str, &DistFile)]) -> Result<String> {
    let replaced = names
        .iter()
        .try_fold(script.to_owned(), |script, (name, file)| {
            replace_once(&script, name, &format!("./{}", file.name))
        });
    replaced.context("in the scripts of www")
}

/// Checks the version in `www/engine.js`: loaders compare it to find the newest one in a page.
fn check_version(sh: &Shell) -> Result<()> {
    let line = format!("export const VERSION = '{VERSION}';");
    ensure!(
        sh.read_file("www/engine.js")?.contains(&line),
        "www/engine.js: expected `{line}`, the version in Cargo.toml; write it there"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_replaced_by_hashed_ones() {
        let files = [
            DistFile::with_hash("g", "js", vec![1]),
            DistFile::with_hash("w", "wasm", vec![2]),
        ];
        let script = r#"import("./digest-widget.js"); new URL("./digest-widget_bg.wasm", base)"#;
        let expected =
            r#"import("./g-4bf5122f344554c5.js"); new URL("./w-dbc1b4c900ffe48d.wasm", base)"#;
        let replaced = replace_names(script, &[(GLUE, &files[0]), (WASM, &files[1])]).unwrap();
        assert_eq!(replaced, expected);
    }

    #[test]
    fn a_script_without_the_name_of_a_file_is_an_error() {
        let file = DistFile::with_hash("w", "wasm", vec![]);
        let error = replace_names("import('./other.js')", &[(WASM, &file)]).unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains("./digest-widget_bg.wasm"), "{error}");
    }

    #[test]
    fn integrity_is_that_of_the_standard_s_example() {
        // The example of <https://www.w3.org/TR/SRI/>.
        let file = DistFile {
            name: String::new(),
            bytes: b"alert('Hello, world.');".to_vec(),
        };
        assert_eq!(
            file.integrity(),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
