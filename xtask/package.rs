//! `target/npm/`, the npm package and its tarball.
//!
//! | file | source |
//! |---|---|
//! | `explain.js` and the loader's modules | `www`, neither bundled nor minified: that is the developer's bundler's work |
//! | `digest-style.js` | `src/view/style.css`, minified |
//! | `glue.js` | `www/glue-static.js`: bundlers must see what is imported |
//! | `digest-widget.js`, `digest-widget_bg.wasm` | the same bytes as in `dist/` |
//! | `archive*.js`, `digest-archive.js`, `digest-archive_bg.wasm` | what a reader downloads who asks for other issues |
//! | `element.d.ts`, `issue.d.ts` | the manifest and the JSON Schema, see `types.rs` |
//! | `custom-elements.json` | `www/custom-elements.json` |
//! | `integrity.json` | `dist/`, for the scripts there |
//! | everything else | `www/package` |

use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::{
    archive, files,
    replace::replace_once,
    scripts::{self, DistFile, VERSION},
    tools::NPM,
    types,
};

/// Writes the package and packs it. Needs a finished `dist/`.
///
/// `work` has the archive's files of that build.
pub(crate) fn write(sh: &Shell, glue: &DistFile, wasm: &DistFile, work: &Path) -> Result<()> {
    let out = files::create_empty_folder(sh, OUT)?;
    for file in files::list_files(Path::new(SOURCE))? {
        files::copy(sh, &file, out.join(file.strip_prefix(SOURCE)?))?;
    }
    scripts::copy_loader_modules(sh, &out, "glue-static.js")?;
    archive::copy_built(sh, work, &out)?;
    for (name, file) in COPIES {
        files::copy(sh, file, out.join(name))?;
    }
    sh.write_file(out.join("digest-widget.js"), &glue.bytes)?;
    sh.write_file(out.join("digest-widget_bg.wasm"), &wasm.bytes)?;
    sh.write_file(out.join("explain.js"), edit_explain(sh)?)?;
    sh.write_file(out.join("element.d.ts"), types::generate_element_types(sh)?)?;
    sh.write_file(out.join("issue.d.ts"), types::generate_issue_types(sh)?)?;
    sh.write_file(out.join("package.json"), fill_in_version(sh)?)?;

    let _out = sh.push_dir(OUT);
    let tarball = cmd!(sh, "{NPM} pack --ignore-scripts --loglevel=error").read()?;
    println!("Wrote {OUT}/{tarball}");
    Ok(())
}

const SOURCE: &str = "www/package";
const OUT: &str = "target/npm";

const COPIES: [(&str, &str); 4] = [
    ("custom-elements.json", "www/custom-elements.json"),
    ("integrity.json", "dist/integrity.json"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

fn fill_in_version(sh: &Shell) -> Result<String> {
    let file = "www/package/package.json";
    replace_once(&sh.read_file(file)?, "VERSION", VERSION).context(file)
}

/// Edits the explanations of failures for developers who bundle the package: the glue is in their
/// bundle, and they have no dist folder.
fn edit_explain(sh: &Shell) -> Result<String> {
    let edits = [
        (
            "const GLUE = new URL('./digest-widget.js', import.meta.url).href;\n",
            "",
        ),
        ("[GLUE, WASM]", "[WASM]"),
        (
            "expected 200. Include digest.js from the publisher's address, or upload the whole dist folder again.",
            "expected 200. Put the npm package's digest-widget_bg.wasm there, as its README says.",
        ),
        (
            "Upload the whole dist folder again:",
            "Put the digest-widget_bg.wasm there that came with this version of the npm package:",
        ),
    ];
    let script = sh.read_file("www/explain.js")?;
    let edited = edits
        .iter()
        .try_fold(script, |script, (from, to)| replace_once(&script, from, to));
    edited.context("in www/explain.js")
}
