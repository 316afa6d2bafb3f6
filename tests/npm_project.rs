//! A developer's npm project with our package installed.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::dist::root;

/// A project with the files of `tests/package` and the tarball in `target/npm`. It is removed with
/// this value.
#[derive(Debug)]
pub struct NpmProject {
    folder: TempDir,
}

impl NpmProject {
    /// Makes a project and installs the package, without a network.
    pub fn install() -> Self {
        let project = NpmProject {
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
        project.run(npm.arg(find_tarball()));
        project
    }

    /// A file or folder of the project.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the npm tool whose script is the value of this environment variable.
    pub fn run_tool(&self, variable: &str, arguments: &[&str]) {
        self.run(Command::new("node").arg(tool(variable)).args(arguments));
    }

    fn run(&self, command: &mut Command) {
        let output = command.current_dir(self.folder.path()).output();
        let output = output.unwrap_or_else(|error| panic!("{command:?} did not start: {error}"));
        let printed = [output.stdout, output.stderr]
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .concat();
        assert!(
            output.status.success(),
            "{command:?}: {}\n{printed}",
            output.status
        );
    }
}

/// Runs a program that reads its whole input before it writes. Returns its standard output.
pub fn run_with_input(command: &mut Command, input: &[u8]) -> Vec<u8> {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{command:?} did not start: {error}"));
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    stdin
        .write_all(input)
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    drop(stdin);
    let output = child
        .wait_with_output()
        .expect("a program that was started ends");
    assert!(output.status.success(), "{command:?}: {}", output.status);
    output.stdout
}

/// The path in this environment variable.
pub fn tool(variable: &str) -> PathBuf {
    let file = env::var_os(variable);
    file.unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask test`, which sets it"))
        .into()
}

/// The packed npm package. Its name contains the version.
fn find_tarball() -> PathBuf {
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
