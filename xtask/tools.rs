//! The pinned tools. They are installed once per user, in a cache folder that all clones share.
//!
//! Tools from npm come from `xtask/npm/package.json` and its lock file, in one folder that is
//! called after the lock file's hash. Each tool that Cargo compiles has a folder called after its
//! name and version.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, Result, ensure};
use directories::BaseDirs;
use sha2::{Digest, Sha256};
use xshell::{Shell, cmd};

use crate::{
    debian, files,
    process::{find_program, succeeds},
};

/// A tool of one exact version that Cargo compiles.
pub(crate) struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// How long an installation takes on two cores.
    duration: &'static str,
}

/// Builds and serves the preview.
pub(crate) const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    duration: "6 min",
};

/// Generates the glue between WebAssembly and JavaScript.
pub(crate) const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.129",
    duration: "2 min",
};

/// Checks the licences and sources of dependencies.
pub(crate) const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    duration: "8 min",
};

/// Drives Firefox in the browser tests.
pub(crate) const GECKODRIVER: CargoTool = CargoTool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    duration: "2 min",
};

impl CargoTool {
    /// Installs the tool unless it is there.
    pub(crate) fn install(&self, sh: &Shell) -> Result<()> {
        let Self {
            package,
            version,
            duration,
            ..
        } = self;
        let folder = self.folder()?;
        if folder.exists() {
            return Ok(());
        }
        println!("Installing {package} {version}, once for all clones (takes about {duration})");
        fill_folder(sh, &folder, |folder| {
            let root = folder.display().to_string();
            let tool = ["--root", &root, &format!("{package}@{version}")];
            // Never a prebuilt program: nobody could tell what it was built from.
            cmd!(sh, "cargo install --locked {tool...}").run().with_context(|| {
                format!(
                    "cannot install {package} {version}; its log is above. If a dependency in its lock \
                     file was withdrawn, pin a newer version in xtask/tools.rs"
                )
            })
        })
    }

    /// The tool's program, installed or not.
    pub(crate) fn path(&self) -> Result<PathBuf> {
        let program = format!("{}{}", self.program, env::consts::EXE_SUFFIX);
        Ok(self.bin_folder()?.join(program))
    }

    /// The folder of the program, for a `PATH`.
    pub(crate) fn bin_folder(&self) -> Result<PathBuf> {
        Ok(self.folder()?.join("bin"))
    }

    /// The program's name.
    pub(crate) fn program(&self) -> &'static str {
        self.program
    }

    /// The pinned version.
    pub(crate) fn version(&self) -> &'static str {
        self.version
    }

    fn folder(&self) -> Result<PathBuf> {
        Ok(cache_folder()?.join(format!("{}-{}", self.package, self.version)))
    }
}

/// Files of the packages in `xtask/npm/package.json`.
pub(crate) mod npm {
    /// Makes WebAssembly smaller.
    pub(crate) const WASM_OPT: &str = "binaryen/bin/wasm-opt";
    /// Bundles the modules of the loader.
    pub(crate) const ESBUILD: &str = "esbuild/bin/esbuild";
    /// Minifies JavaScript.
    pub(crate) const TERSER: &str = "terser/bin/terser";
    /// Generates TypeScript types from a JSON Schema.
    pub(crate) const JSON_TO_TYPES: &str = "json-schema-to-typescript/dist/src/cli.js";
    /// Builds the site that the benchmark compares with.
    pub(crate) const ELEVENTY: &str = "@11ty/eleventy/cmd.cjs";

    /// Files for tests, and the environment variables that tell the tests where they are.
    pub(crate) const FOR_TESTS: [(&str, &str); 15] = [
        (
            "DIGEST_ADBLOCKER",
            "@ghostery/adblocker/dist/commonjs/index.js",
        ),
        ("DIGEST_AXE", "axe-core/axe.min.js"),
        (
            "DIGEST_BLOCKER_LISTS",
            "@adguard/dnr-rulesets/dist/filters/declarative",
        ),
        ("DIGEST_ESBUILD", ESBUILD),
        (
            "DIGEST_HTML_CODESNIFFER",
            "html_codesniffer/build/HTMLCS.js",
        ),
        ("DIGEST_HTML_MINIFIER", "html-minifier-terser/cli.js"),
        ("DIGEST_IBM_CHECKER", "accessibility-checker-engine/ace.js"),
        ("DIGEST_JSDOM", "jsdom/lib/api.js"),
        ("DIGEST_REACT_TYPES", "@types/react/index.d.ts"),
        ("DIGEST_READABILITY", "@mozilla/readability/index.js"),
        (
            "DIGEST_SARIF_SCHEMA",
            "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
        ),
        (
            "DIGEST_SINGLE_FILE",
            "single-file-cli/lib/single-file-bundle.js",
        ),
        ("DIGEST_TYPESCRIPT", "typescript/bin/tsc"),
        ("DIGEST_VITE", "vite/bin/vite.js"),
        ("DIGEST_VNU", "vnu-jar/build/dist/vnu.jar"),
    ];
}

/// On Windows npm is a script, which only starts by its full name.
pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

const NPM_PACKAGES: &str = "xtask/npm";

/// Installs the packages of `xtask/npm` unless they are there, and Node.js where that is possible.
pub(crate) fn install_npm_packages(sh: &Shell) -> Result<()> {
    require_npm(sh)?;
    let folder = npm_folder()?;
    if folder.exists() {
        return Ok(());
    }
    println!("Installing the tools from npm, once for all clones (takes about 30 s)");
    fill_folder(sh, &folder, |folder| {
        for name in ["package.json", "package-lock.json"] {
            files::copy(sh, Path::new(NPM_PACKAGES).join(name), folder.join(name))?;
        }
        run_npm_ci(sh, folder)
    })
}

/// Installs the packages of a folder's lock file in that folder, unless exactly these are installed.
pub(crate) fn install_locked_packages(sh: &Shell, folder: &Path) -> Result<()> {
    let lock = sh.read_file(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/installed-lock.json");
    if sh
        .read_file(&installed)
        .is_ok_and(|installed| installed == lock)
    {
        return Ok(());
    }
    run_npm_ci(sh, folder)?;
    Ok(sh.write_file(&installed, lock)?)
}

/// Installs exactly the packages of a folder's lock file. They run no install scripts.
fn run_npm_ci(sh: &Shell, folder: &Path) -> Result<()> {
    let options = ["--ignore-scripts", "--no-audit", "--no-fund"];
    Ok(cmd!(sh, "{NPM} ci {options...} --prefix {folder}").run()?)
}

/// The path of a file of an npm package, such as [`npm::ESBUILD`].
pub(crate) fn npm_file(file: &str) -> Result<PathBuf> {
    Ok(npm_folder()?.join("node_modules").join(file))
}

fn npm_folder() -> Result<PathBuf> {
    let lock = Path::new(NPM_PACKAGES).join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let hash: String = Sha256::digest(lock)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(cache_folder()?.join(format!("npm-{hash}")))
}

fn require_npm(sh: &Shell) -> Result<()> {
    if find_program("node").is_some() && succeeds(cmd!(sh, "{NPM} --version")) {
        return Ok(());
    }
    ensure!(
        debian::can_install(),
        "this task needs tools from npm: install Node.js 20.19 or newer with npm"
    );
    debian::install(sh, &["nodejs", "npm"])
}

/// Checks that the wasm-bindgen in `Cargo.lock` has the version of its command-line tool: no other
/// works.
pub(crate) fn check_wasm_bindgen_version(sh: &Shell) -> Result<()> {
    let lock = sh.read_file("Cargo.lock")?;
    let locked =
        find_locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    ensure!(
        locked == WASM_BINDGEN.version,
        "Cargo.lock has wasm-bindgen {locked}, but xtask/tools.rs pins wasm-bindgen-cli {}: \
         set the version in src/widget/Cargo.toml and the pin together",
        WASM_BINDGEN.version
    );
    Ok(())
}

fn find_locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    rest.split('"').next()
}

/// Fills a folder under another name and then renames it, so that an interrupted installation is
/// never taken for a complete one.
fn fill_folder(sh: &Shell, folder: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let unfinished = folder.with_added_extension(format!("unfinished-{}", process::id()));
    sh.create_dir(&unfinished)?;
    let result = fill(&unfinished).and_then(|()| {
        // Another task may have installed the same meanwhile.
        files::rename(&unfinished, folder)
            .or_else(|error| if folder.exists() { Ok(()) } else { Err(error) })
    });
    fs::remove_dir_all(&unfinished).ok();
    result
}

/// `digest-widget` in the user's cache folder.
pub(crate) fn cache_folder() -> Result<PathBuf> {
    let folders = BaseDirs::new().context("there is no home folder; set HOME")?;
    Ok(folders.cache_dir().join("digest-widget"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_is_found_by_the_whole_package_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.2\"\n";
        assert_eq!(find_locked_version(lock, "wasm-bindgen"), Some("0.2.2"));
        assert_eq!(find_locked_version(lock, "wasm"), None);
    }
}
