//! `digest-style.js`, the styles of a digest as a module: scripts cannot import CSS in every browser.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{
    files,
    tools::{self, npm::ESBUILD},
};

const STYLE_SHEET: &str = "src/view/style.css";

/// Writes the module for the preview, with the style sheet as it is.
pub(crate) fn write(sh: &Shell, file: &Path) -> Result<()> {
    files::write_if_changed(sh, file, &format_module(&sh.read_file(STYLE_SHEET)?)?)
}

/// Writes the module with the minified style sheet.
pub(crate) fn write_minified(sh: &Shell, file: &Path) -> Result<()> {
    let esbuild = tools::npm_file(ESBUILD)?;
    let options = ["--minify", "--charset=utf8", "--log-level=warning"];
    let css = cmd!(sh, "node {esbuild} {options...} {STYLE_SHEET}").read()?;
    Ok(sh.write_file(file, format_module(&css)?)?)
}

fn format_module(css: &str) -> Result<String> {
    Ok(format!(
        "/** The styles of a digest. */\nexport const STYLE = {};\n",
        serde_json::to_string(css)?
    ))
}
