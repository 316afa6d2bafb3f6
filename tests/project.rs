//! A developer's project that has the npm package installed.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::dist::root;

/// A project of its own, made of `tests/package` and of the tarball in `target/npm`. It goes with this value.
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// Starts a project and installs the package, without a network.
    pub fn install() -> Self {
        let project = Project {
            folder: tempfile::tempdir().expect("the system has room for a project"),
        };
        for entry in fs::read_dir(root().join("tests/package")).expect("tests/package is there") {
            let entry = entry.expect("a folder can be listed");
            let copied = fs::copy(entry.path(), project.folder.path().join(entry.file_name()));
            copied.unwrap_or_else(|error| panic!("{}: {error}", entry.path().display()));
        }
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--offline",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]);
        project.run(npm.arg(tarball()));
        project
    }

    /// A file or a folder of it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a tool from npm, the script that this variable names.
    pub fn run_tool(&self, variable: &str, arguments: &[&str]) {
        self.run(Command::new("node").arg(tool(variable)).args(arguments));
    }

    fn run(&self, command: &mut Command) {
        let output = command.current_dir(self.folder.path()).output();
        let output = output.unwrap_or_else(|error| panic!("{command:?} did not start: {error}"));
        let said = [output.stdout, output.stderr]
            .map(|said| String::from_utf8_lossy(&said).into_owned())
            .concat();
        assert!(
            output.status.success(),
            "{command:?}: {}\n{said}",
            output.status
        );
    }
}

/// The file that a variable names.
pub fn tool(variable: &str) -> PathBuf {
    let file = env::var_os(variable);
    file.unwrap_or_else(|| panic!("{variable} names a tool: run `cargo xtask test`, which sets it"))
        .into()
}

/// What a developer installs. Its name carries the version.
fn tarball() -> PathBuf {
    let folder = root().join("target/npm");
    let files = fs::read_dir(&folder).unwrap_or_else(|error| {
        panic!(
            "{}: {error}: run `cargo xtask dist` first",
            folder.display()
        )
    });
    let mut files = files.map(|entry| entry.expect("a folder can be listed").path());
    let tarball = files.find(|file| file.extension().is_some_and(|extension| extension == "tgz"));
    tarball.unwrap_or_else(|| panic!("expected a .tgz in {}", folder.display()))
}
