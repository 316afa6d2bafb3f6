//! Style sheets as modules: scripts cannot import CSS in every browser.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{
    files,
    tools::{self, npm::ESBUILD},
};

/// The styles of a digest: `digest-style.js`.
pub(crate) const DIGEST: &str = "src/view/style.css";

/// The styles of the list and the search of all issues: `archive-style.js`.
pub(crate) const ARCHIVE: &str = "www/archive.css";

/// Writes the styles of a digest for the preview, as they are.
pub(crate) fn write(sh: &Shell, file: &Path) -> Result<()> {
    files::write_if_changed(sh, file, &format_module(&sh.read_file(DIGEST)?)?)
}

/// Writes the module of a style sheet, which is minified.
pub(crate) fn write_minified(sh: &Shell, style_sheet: &str, file: &Path) -> Result<()> {
    let esbuild = tools::npm_file(ESBUILD)?;
    let options = ["--minify", "--charset=utf8", "--log-level=warning"];
    let css = cmd!(sh, "node {esbuild} {options...} {style_sheet}").read()?;
    Ok(sh.write_file(file, format_module(&css)?)?)
}

fn format_module(css: &str) -> Result<String> {
    Ok(format!(
        "/** The content of a style sheet. */\nexport const STYLE = {};\n",
        serde_json::to_string(css)?
    ))
}
