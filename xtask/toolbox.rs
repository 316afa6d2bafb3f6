//! The pinned tools and the per-user folder that they are kept in, `digest-widget/TOOL-VERSION/`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    files,
    process::{find, succeeds},
    progress,
};

/// A tool of exactly one version.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    registry: Registry,
    /// The file that makes the tool, in its folder; without `.exe`.
    file: &'static str,
    /// How long an installation takes on two cores.
    takes: &'static str,
}

/// Where a tool comes from, which decides how it is installed and started.
#[derive(Clone, Copy, PartialEq)]
enum Registry {
    Cargo,
    Npm,
}

/// Builds and serves the preview.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk",
    version: "0.21.14",
    registry: Registry::Cargo,
    file: "bin/trunk",
    takes: "6 min",
};

/// Makes the glue between WebAssembly and JavaScript.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli",
    version: "0.2.130",
    registry: Registry::Cargo,
    file: "bin/wasm-bindgen",
    takes: "2 min",
};

/// Drives Firefox in the browser tests.
pub(crate) const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    version: "0.37.1",
    registry: Registry::Cargo,
    file: "bin/geckodriver",
    takes: "2 min",
};

/// Holds `wasm-opt`, which makes WebAssembly smaller.
pub(crate) const BINARYEN: Tool = Tool {
    name: "binaryen",
    version: "132.0.0",
    registry: Registry::Npm,
    file: "node_modules/binaryen/bin/wasm-opt",
    takes: "20 s",
};

/// Joins the modules of the loader into one file.
pub(crate) const ESBUILD: Tool = Tool {
    name: "esbuild",
    version: "0.28.2",
    registry: Registry::Npm,
    file: "node_modules/esbuild/bin/esbuild",
    takes: "5 s",
};

/// Makes JavaScript smaller.
pub(crate) const TERSER: Tool = Tool {
    name: "terser",
    version: "5.51.2",
    registry: Registry::Npm,
    file: "node_modules/terser/bin/terser",
    takes: "5 s",
};

/// Makes TypeScript's types of a JSON Schema.
pub(crate) const JSON_TO_TYPES: Tool = Tool {
    name: "json-schema-to-typescript",
    version: "16.0.0",
    registry: Registry::Npm,
    file: "node_modules/json-schema-to-typescript/dist/src/cli.js",
    takes: "10 s",
};

/// Checks the types of the npm package, in its test.
pub(crate) const TYPESCRIPT: Tool = Tool {
    name: "typescript",
    version: "7.0.2",
    registry: Registry::Npm,
    file: "node_modules/typescript/bin/tsc",
    takes: "10 s",
};

/// Types that those of the npm package add to.
pub(crate) const REACT_TYPES: Tool = Tool {
    name: "@types/react",
    version: "19.3.0",
    registry: Registry::Npm,
    file: "node_modules/@types/react/index.d.ts",
    takes: "5 s",
};

/// Bundles the npm package, in its test, as esbuild does.
pub(crate) const VITE: Tool = Tool {
    name: "vite",
    version: "8.3.8",
    registry: Registry::Npm,
    file: "node_modules/vite/bin/vite.js",
    takes: "15 s",
};

/// Makes bare pages of Markdown, in the benchmark.
pub(crate) const ELEVENTY: Tool = Tool {
    name: "@11ty/eleventy",
    version: "3.1.8",
    registry: Registry::Npm,
    file: "node_modules/@11ty/eleventy/cmd.cjs",
    takes: "30 s",
};

/// Checks pages for accessibility, in the browser tests.
pub(crate) const AXE: Tool = Tool {
    name: "axe-core",
    version: "4.14.1",
    registry: Registry::Npm,
    file: "node_modules/axe-core/axe.min.js",
    takes: "5 s",
};

/// The Nu Html Checker, which checks the publisher's pages, in their test. It is a program for Java.
pub(crate) const VNU: Tool = Tool {
    name: "vnu-jar",
    version: "26.9.27",
    registry: Registry::Npm,
    file: "node_modules/vnu-jar/build/dist/vnu.jar",
    takes: "10 s",
};

/// Holds the JSON Schema of SARIF 2.1.0, for the test of `digest-press check --format sarif`.
pub(crate) const SARIF_SCHEMA: Tool = Tool {
    name: "@microsoft/jest-sarif",
    version: "1.0.0-beta.0",
    registry: Registry::Npm,
    file: "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    takes: "5 s",
};

impl Tool {
    /// Installs the tool unless it is there.
    ///
    /// It is made in a folder of its own and then renamed, so that an interrupted installation is
    /// never taken for a whole one.
    pub(crate) fn install(&self) -> Result<()> {
        let folder = self.folder()?;
        if folder.exists() {
            return Ok(());
        }
        let unfinished = folder.with_added_extension(format!("unfinished-{}", process::id()));
        fs::create_dir_all(&unfinished)
            .with_context(|| format!("cannot make the folder {}", unfinished.display()))?;
        let installed = self.install_into(&unfinished).and_then(|()| {
            // Another task may have been quicker; its copy is as good as this one.
            fs::rename(&unfinished, &folder)
                .or_else(|error| if folder.exists() { Ok(()) } else { Err(error) })
                .with_context(|| {
                    format!(
                        "cannot rename {} to {}",
                        unfinished.display(),
                        folder.display()
                    )
                })
        });
        fs::remove_dir_all(&unfinished).ok();
        installed.with_context(|| format!("cannot install {self}"))
    }

    /// The tool's file, installed or not.
    pub(crate) fn file(&self) -> Result<PathBuf> {
        let file = self.folder()?.join(self.file);
        Ok(match self.registry {
            Registry::Cargo => file.with_added_extension(env::consts::EXE_EXTENSION),
            Registry::Npm => file,
        })
    }

    /// The folder of the tool's program, for a `PATH`.
    pub(crate) fn programs(&self) -> Result<PathBuf> {
        let programs = match self.registry {
            Registry::Cargo => "bin",
            Registry::Npm => "node_modules/.bin",
        };
        Ok(self.folder()?.join(programs))
    }

    /// Starts the tool.
    pub(crate) fn command(&self) -> Result<Command> {
        let file = self.file()?;
        Ok(match self.registry {
            Registry::Cargo => Command::new(file),
            Registry::Npm => {
                let mut node = Command::new("node");
                node.arg(file);
                node
            }
        })
    }

    /// The pinned version.
    pub(crate) fn version(&self) -> &'static str {
        self.version
    }

    fn folder(&self) -> Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.name, self.version)))
    }

    fn install_into(&self, folder: &Path) -> Result<()> {
        let title = format!("Installing {self}, once for all clones");
        match self.registry {
            Registry::Npm => progress::run(&title, self.takes, self.npm_install(folder)),
            Registry::Cargo => self.cargo_install(&title, folder),
        }
    }

    /// Takes a ready-made program where cargo-binstall can, and else compiles one: with the versions
    /// that its authors tested and, should one of these be gone, with current ones.
    fn cargo_install(&self, title: &str, folder: &Path) -> Result<()> {
        let run = |arguments: &[&str], takes| {
            let mut cargo = Command::new("cargo");
            cargo.args(arguments).arg("--root").arg(folder);
            cargo.arg(format!("{}@{}", self.name, self.version));
            progress::run(title, takes, cargo)
        };
        let has_binstall = succeeds(Command::new("cargo").args(["binstall", "-V"]));
        if has_binstall && run(&["binstall", "--no-confirm"], "20 s").is_ok() {
            return Ok(());
        }
        run(&["install", "--locked"], self.takes).or_else(|_| {
            println!("Trying again without --locked: a dependency may be gone, see the log above");
            run(&["install"], self.takes)
        })
    }

    /// Without install scripts: a package is taken as it is and runs nothing of its own here.
    fn npm_install(&self, folder: &Path) -> Command {
        let mut npm = Command::new(NPM);
        npm.args([
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
        ])
        .arg(folder)
        .arg(format!("{}@{}", self.name, self.version));
        npm
    }
}

impl std::fmt::Display for Tool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// On Windows npm is a script, which needs its whole name to be started.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Whether the tools from npm can be installed and started.
pub(crate) fn npm_is_there() -> bool {
    find("node").is_some() && succeeds(Command::new(NPM).arg("--version"))
}

/// wasm-bindgen works only with the command-line tool of its own version.
pub(crate) fn check_wasm_bindgen_pin() -> Result<()> {
    let lock = files::read_text(Path::new("Cargo.lock"))?;
    let locked = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    ensure!(
        locked == WASM_BINDGEN.version,
        "Cargo.lock has wasm-bindgen {locked}, but xtask/toolbox.rs pins wasm-bindgen-cli {}: \
         the two must be equal; set the version in src/widget/Cargo.toml and the pin together",
        WASM_BINDGEN.version
    );
    Ok(())
}

fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    rest.split('"').next()
}

/// The folder of the tools: `digest-widget` in the user's cache folder.
pub(crate) fn cache() -> Result<PathBuf> {
    let home = || env::home_dir().context("cannot tell the home folder; set HOME");
    let caches =
        if let Some(folder) = env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
            PathBuf::from(folder)
        } else if cfg!(windows) {
            env::var_os("LOCALAPPDATA")
                .context("LOCALAPPDATA is not set")?
                .into()
        } else if cfg!(target_os = "macos") {
            home()?.join("Library/Caches")
        } else {
            home()?.join(".cache")
        };
    if !caches.is_absolute() {
        bail!(
            "the cache folder {} is not an absolute path; set XDG_CACHE_HOME to one",
            caches.display()
        );
    }
    Ok(caches.join("digest-widget"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.2\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.2"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
