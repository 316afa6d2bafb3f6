//! The scripts of `dist/`: the modules of `www`, joined, made small and told the names of the other files.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

use crate::{
    files,
    minify_exports::replace_once,
    process,
    toolbox::{ESBUILD, TERSER},
};

/// A file of `dist/`.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// A file that never changes, because its name says what is in it.
    pub(crate) fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> File {
        // Enough of a hash that two versions never share a name.
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        File {
            name: format!("{stem}-{hash}.{extension}"),
            bytes,
        }
    }

    /// What a page writes as `integrity` to accept these bytes and no others.
    pub(crate) fn integrity(&self) -> String {
        format!("sha384-{}", STANDARD.encode(Sha384::digest(&self.bytes)))
    }
}

/// What the loader's name stands for in time: the loader and all it starts, by their version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is loaded only when something has failed.
pub(crate) fn explain(glue: &File, wasm: &File, work: &Path) -> Result<File> {
    let script = files::read_text(Path::new("www/explain.js"))?;
    let script = name_files(&script, &[(GLUE, glue), (WASM, wasm)])?;
    Ok(File::hashed(
        "digest-explain",
        "js",
        minify(&script, &work.join("explain.js"))?,
    ))
}

/// The loader at the address that stays while its content changes.
pub(crate) fn loader(glue: &File, wasm: &File, explain: &File, work: &Path) -> Result<File> {
    ensure_version()?;
    let external = [EXPLAIN, GLUE];
    let script = bundle(
        Path::new("www/digest.js"),
        &external,
        &work.join("loader.bundle.js"),
    )?;
    let script = name_files(&script, &[(GLUE, glue), (WASM, wasm), (EXPLAIN, explain)])?;
    Ok(File {
        name: "digest.js".into(),
        bytes: minify(&script, &work.join("loader.js"))?,
    })
}

/// The loader of this very version, for pages that ask for `integrity`: one script that holds all
/// others, because the page vouches for that one alone, and takes no other WebAssembly than its own.
pub(crate) fn pinned(glue: &File, wasm: &File, work: &Path) -> Result<File> {
    let folder = work.join("pinned");
    for name in [
        "digest.js",
        "element.js",
        "engine.js",
        "explain.js",
        "restore_focus.js",
    ] {
        files::copy(&Path::new("www").join(name), &folder.join(name))?;
    }
    files::copy(Path::new("www/glue-static.js"), &folder.join("glue.js"))?;
    files::write(&folder.join("digest-widget.js"), &glue.bytes)?;
    let script = bundle(
        &folder.join("digest.js"),
        &[],
        &work.join("pinned.bundle.js"),
    )?;
    let script = script
        .replace(WASM, &format!("./{}", wasm.name))
        .replace(GLUE, &format!("./{}", glue.name));
    let script = replace_once(
        &script,
        "var INTEGRITY = \"\"",
        &format!("var INTEGRITY = \"{}\"", wasm.integrity()),
    )
    .context("in www/engine.js")?;
    let name = format!("digest-{VERSION}.js");
    Ok(File {
        name,
        bytes: minify(&script, &work.join("pinned.js"))?,
    })
}

/// Makes a script small.
pub(crate) fn minify(script: &str, file: &Path) -> Result<Vec<u8>> {
    files::write(file, script.as_bytes())?;
    let mut terser = TERSER.command()?;
    // Nothing of ours is both a plain function and constructed, so those without `this` can be arrows.
    let compress = "passes=3,unsafe_arrows";
    terser
        .args([
            "--module",
            "--compress",
            compress,
            "--mangle",
            "--ecma",
            "2022",
            "--",
        ])
        .arg(file);
    Ok(process::output(&mut terser)?.into_bytes())
}

/// The scripts are written with the names of the preview's files.
const GLUE: &str = "./digest-widget.js";
const WASM: &str = "./digest-widget_bg.wasm";
const EXPLAIN: &str = "./explain.js";

/// Joins a module with those that it imports, because each would cost a round trip; but what it starts
/// later stays apart.
fn bundle(entry: &Path, external: &[&str], bundle: &Path) -> Result<String> {
    let mut esbuild = ESBUILD.command()?;
    esbuild.args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    esbuild.args(external.iter().map(|name| format!("--external:{name}")));
    process::run(
        esbuild
            .arg(entry)
            .arg(format!("--outfile={}", bundle.display())),
    )?;
    files::read_text(bundle)
}

fn name_files(script: &str, names: &[(&str, &File)]) -> Result<String> {
    names
        .iter()
        .try_fold(script.to_owned(), |script, (name, file)| {
            replace_once(&script, name, &format!("./{}", file.name))
                .context("in the scripts of www")
        })
}

/// Loaders tell by their version which of them is the newest in a page.
fn ensure_version() -> Result<()> {
    let line = format!("export const VERSION = '{VERSION}';");
    let found = files::read_text(Path::new("www/engine.js"))?.contains(&line);
    ensure!(
        found,
        "www/engine.js: expected `{line}`, the version in Cargo.toml; write it there"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_name_the_hashed_files() {
        let files = [
            File::hashed("g", "js", vec![1]),
            File::hashed("w", "wasm", vec![2]),
        ];
        let script = r#"import("./digest-widget.js"); new URL("./digest-widget_bg.wasm", base)"#;
        let expected =
            r#"import("./g-4bf5122f344554c5.js"); new URL("./w-dbc1b4c900ffe48d.wasm", base)"#;
        assert_eq!(
            name_files(script, &[(GLUE, &files[0]), (WASM, &files[1])]).unwrap(),
            expected
        );
    }

    #[test]
    fn a_script_that_does_not_name_a_file_is_an_error() {
        let file = File::hashed("w", "wasm", vec![]);
        let error = name_files("import('./other.js')", &[(WASM, &file)]).unwrap_err();
        assert!(
            format!("{error:#}").contains("./digest-widget_bg.wasm"),
            "{error:#}"
        );
    }

    #[test]
    fn integrity_is_written_as_in_the_standard() {
        // The example of <https://www.w3.org/TR/SRI/>.
        let file = File {
            name: String::new(),
            bytes: b"alert('Hello, world.');".to_vec(),
        };
        assert_eq!(
            file.integrity(),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
