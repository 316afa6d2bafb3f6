//! `cargo xtask press`: `target/press/`, the folder that a publisher downloads.
//!
//! | file | source |
//! |---|---|
//! | `digest-press` | the program |
//! | `widget/` | `dist/` without its issues, and compressed copies: the files that `digest-press build` puts into every site |
//! | `man/`, `completions/` | written by the program |
//! | `README.md`, `LICENSE-…` | `src/press/README.md` and the licences |

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::{dist, files};

/// Writes `target/press/` and returns the path of the program in it.
pub(crate) fn write(sh: &Shell) -> Result<PathBuf> {
    dist::write(sh)?;
    let folder = files::create_empty_folder(sh, OUT)?;
    // Unlike our own copies, this one keeps the permission to be run.
    let program = compile(sh, &["--release"])?;
    sh.copy_file(&program, &folder)?;
    let program = folder.join(program.file_name().context("a program without a name")?);
    copy_widget(sh, &folder.join("widget"))?;
    compress_widget(sh, &program, &folder.join("widget"))?;
    let man = folder.join("man");
    cmd!(sh, "{program} man {man}").run()?;
    for (shell, name) in COMPLETIONS {
        let script = cmd!(sh, "{program} completions {shell}").read()?;
        sh.write_file(folder.join("completions").join(name), script + "\n")?;
    }
    files::copy(sh, "src/press/README.md", folder.join("README.md"))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        files::copy(sh, licence, folder.join(licence))?;
    }
    println!("Wrote {OUT}/");
    Ok(program)
}

/// Compiles the program with these options of Cargo and returns its path.
pub(crate) fn compile(sh: &Shell, options: &[&str]) -> Result<PathBuf> {
    let messages = cmd!(
        sh,
        "cargo build --locked --package digest-press --bin digest-press {options...}
             --message-format=json-render-diagnostics"
    )
    .read()?;
    let program = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    program.context("Cargo did not say where it put digest-press")
}

const OUT: &str = "target/press";

/// The shells, and the name of the file in each shell's convention.
const COMPLETIONS: [(&str, &str); 4] = [
    ("bash", "digest-press.bash"),
    ("zsh", "_digest-press"),
    ("fish", "digest-press.fish"),
    ("powershell", "digest-press.ps1"),
];

fn copy_widget(sh: &Shell, widget: &Path) -> Result<()> {
    for file in files::list_files(Path::new("dist"))? {
        let path = file.strip_prefix("dist")?;
        if !path.starts_with("issues") {
            files::copy(sh, &file, widget.join(path))?;
        }
    }
    Ok(())
}

/// Adds compressed copies of the widget's files, taken from the site of a new series. They are the
/// same for every publisher, and compressing them is most of the work of building a small series.
fn compress_widget(sh: &Shell, program: &Path, widget: &Path) -> Result<()> {
    let series = files::create_empty_folder(sh, "target/press-series")?;
    let (issues, site) = (series.join("issues"), series.join("site"));
    cmd!(sh, "{program} new {series}").run()?;
    cmd!(
        sh,
        "{program} build {issues} -o {site} --site https://cdn.example/"
    )
    .run()?;
    for file in files::list_files(widget)? {
        let built = site.join(file.strip_prefix(widget)?);
        for extension in ["br", "gz"] {
            let [compressed, copy] =
                [&built, &file].map(|file| file.with_added_extension(extension));
            if compressed.exists() && sh.read_binary_file(&built)? == sh.read_binary_file(&file)? {
                files::copy(sh, &compressed, &copy)?;
            }
        }
    }
    Ok(sh.remove_path(&series)?)
}
