//! `target/press/`, what a publisher downloads.
//!
//! | file | of |
//! |---|---|
//! | `digest-press` | the program |
//! | `widget/` | `dist/` without its issues: the files that `digest-press build` puts into every site, compressed too |
//! | `man/`, `completions/` | what the program writes of itself |
//! | `README.md`, `LICENSE-…` | what it is, and how to install it |

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{dist, files, process};

/// Writes `target/press/` anew, and says where the program is in it.
pub(crate) fn write() -> Result<PathBuf> {
    dist::write()?;
    let folder = files::fresh_folder(OUT)?;
    let program = copy_program(&compile(&["--release"])?, &folder)?;
    for file in files::in_folder(Path::new("dist"))? {
        let path = file.strip_prefix("dist")?;
        if !path.starts_with("issues") {
            files::copy(&file, &folder.join("widget").join(path))?;
        }
    }
    compress(&program, &folder.join("widget"))?;
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
    Ok(program)
}

/// Compiles the program with these options, and says where it is.
pub(crate) fn compile(options: &[&str]) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "build",
            "--package",
            "digest-press",
            "--bin",
            "digest-press",
        ])
        .args(options);
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
fn copy_program(program: &Path, folder: &Path) -> Result<PathBuf> {
    let copy = folder.join(program.file_name().context("a program without a name")?);
    std::fs::copy(program, &copy).with_context(|| format!("cannot copy {}", program.display()))?;
    Ok(copy)
}

/// Puts compressed files beside those of the widget. They are the same for every publisher, and to make
/// them is most of the work of building a small series.
fn compress(program: &Path, widget: &Path) -> Result<()> {
    let series = files::fresh_folder(SERIES)?;
    process::run(Command::new(program).arg("new").arg(&series))?;
    let site = series.join("site");
    let mut build = Command::new(program);
    build
        .arg("build")
        .arg(series.join("issues"))
        .arg("-o")
        .arg(&site);
    process::run(build.args(["--site", "https://cdn.example/"]))?;
    for file in files::in_folder(widget)? {
        let built = site.join(file.strip_prefix(widget)?);
        for ending in ["br", "gz"] {
            let [compressed, beside] =
                [&built, &file].map(|file| file.with_added_extension(ending));
            if compressed.exists() && files::read(&built)? == files::read(&file)? {
                files::copy(&compressed, &beside)?;
            }
        }
    }
    files::remove_folder(&series)
}

/// A series whose site shows how files are compressed.
const SERIES: &str = "target/press-series";
