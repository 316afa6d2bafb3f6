//! `target/npm/`, the npm package and its tarball.
//!
//! | file | of |
//! |---|---|
//! | `element.js`, `digest.js`, `engine.js`, `explain.js`, `restore_focus.js` | `www`: for a bundler, so neither joined nor small |
//! | `glue.js` | `www/glue-static.js`: a bundler must see what is imported |
//! | `digest-widget.js`, `digest-widget_bg.wasm` | the same bytes as in `dist/` |
//! | `element.d.ts`, `issue.d.ts` | the manifest and the JSON Schema, see `types.rs` |
//! | `custom-elements.json` | `www/custom-elements.json` |
//! | `integrity.json` | `dist/`, of the scripts there |
//! | everything else | `www/package` |

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    files,
    minify_exports::replace_once,
    process,
    scripts::{File, VERSION},
    toolbox::NPM,
    types,
};

/// Writes the package anew, from `dist/` and what it was made of, and packs it.
pub(crate) fn write(glue: &File, wasm: &File) -> Result<()> {
    let out = files::fresh_folder(OUT)?;
    for file in files::in_folder(Path::new(SOURCE))? {
        files::copy(&file, &out.join(file.strip_prefix(SOURCE)?))?;
    }
    for (name, file) in COPIES {
        files::copy(Path::new(file), &out.join(name))?;
    }
    let made = [
        ("digest-widget.js", glue.bytes.clone()),
        ("digest-widget_bg.wasm", wasm.bytes.clone()),
        ("explain.js", explain()?.into()),
        ("element.d.ts", types::element()?.into()),
        ("issue.d.ts", types::issue()?.into()),
        ("package.json", manifest()?.into()),
    ];
    for (name, bytes) in made {
        files::write(&out.join(name), &bytes)?;
    }
    pack()
}

const SOURCE: &str = "www/package";
const OUT: &str = "target/npm";

const COPIES: [(&str, &str); 9] = [
    ("element.js", "www/element.js"),
    ("digest.js", "www/digest.js"),
    ("engine.js", "www/engine.js"),
    ("restore_focus.js", "www/restore_focus.js"),
    ("glue.js", "www/glue-static.js"),
    ("custom-elements.json", "www/custom-elements.json"),
    ("integrity.json", "dist/integrity.json"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

fn manifest() -> Result<String> {
    replace_once(
        &files::read_text(Path::new("www/package/package.json"))?,
        "VERSION",
        VERSION,
    )
    .context("in www/package/package.json")
}

/// Explains faults to those who have bundled the package: their glue is in the bundle, and they have
/// no dist folder.
fn explain() -> Result<String> {
    let replacements = [
        (
            "const GLUE = new URL('./digest-widget.js', import.meta.url).href;\n",
            "",
        ),
        ("[GLUE, WASM]", "[WASM]"),
        (
            "expected 200. Upload the whole dist folder again.",
            "expected 200. Put the npm package's digest-widget_bg.wasm there, as its README says.",
        ),
        (
            "Upload the whole dist folder again:",
            "Put the digest-widget_bg.wasm there that came with this version of the npm package:",
        ),
    ];
    let script = files::read_text(Path::new("www/explain.js"))?;
    let script = replacements
        .iter()
        .try_fold(script, |script, (from, to)| replace_once(&script, from, to));
    script.context("in www/explain.js")
}

fn pack() -> Result<()> {
    let mut npm = Command::new(NPM);
    npm.args(["pack", "--ignore-scripts", "--loglevel=error"])
        .current_dir(OUT);
    println!("Wrote {OUT}/{}", process::output(&mut npm)?.trim());
    Ok(())
}
