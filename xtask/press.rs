//! `target/press/`, what a publisher downloads.
//!
//! | file | of |
//! |---|---|
//! | `digest-press` | the program |
//! | `widget/` | `dist/` without its issues: the files that `digest-press build` puts into every site |
//! | `man/`, `completions/` | what the program writes of itself |
//! | `README.md`, `LICENSE-…` | what it is, and how to install it |

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{dist, files, process};

/// Writes `target/press/` anew.
pub(crate) fn write() -> Result<()> {
    dist::write()?;
    let program = compile()?;
    let folder = files::fresh_folder(OUT)?;
    copy_program(&program, &folder)?;
    for file in files::in_folder(Path::new("dist"))? {
        let path = file.strip_prefix("dist")?;
        if !path.starts_with("issues") {
            files::copy(&file, &folder.join("widget").join(path))?;
        }
    }
    process::run(Command::new(&program).arg("man").arg(folder.join("man")))?;
    for (shell, name) in COMPLETIONS {
        let script = process::output(Command::new(&program).args(["completions", shell]))?;
        files::write(&folder.join("completions").join(name), script.as_bytes())?;
    }
    files::copy(Path::new("src/press/README.md"), &folder.join("README.md"))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        files::copy(Path::new(licence), &folder.join(licence))?;
    }
    println!("Wrote {OUT}/");
    Ok(())
}

/// Compiles the program as it is released, and says where it is.
pub(crate) fn compile() -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "digest-press", "--bin", "digest-press"]);
    let messages = process::output(cargo.arg("--message-format=json-render-diagnostics"))?;
    let program = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    program.context("Cargo did not say where it put digest-press")
}

const OUT: &str = "target/press";

/// The shells, and what each calls its file.
const COMPLETIONS: [(&str, &str); 4] = [
    ("bash", "digest-press.bash"),
    ("zsh", "_digest-press"),
    ("fish", "digest-press.fish"),
    ("powershell", "digest-press.ps1"),
];

/// With the permission to be run.
fn copy_program(program: &Path, folder: &Path) -> Result<()> {
    let name = program.file_name().context("a program without a name")?;
    std::fs::copy(program, folder.join(name))
        .with_context(|| format!("cannot copy {}", program.display()))?;
    Ok(())
}
