//! Each folder in `tests/check` is a test: the publisher checks it, or what `args` says (where FOLDER is
//! the folder), and must end as in `status` (the exit code) and `stdout.txt`. `UPDATE_GOLDEN=1` writes what
//! was found.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, golden, status};
use clap::Parser;
use digest_press::Cli;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let entry = entry?;
        trials.push(Trial::test(
            entry.file_name().to_string_lossy(),
            move || check_golden(&entry.path()),
        ));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// The golden folders, as seen from the package's folder, which is where Cargo runs tests.
const FOLDER: &str = "check";

fn check_golden(folder: &Path) -> Result<(), Failed> {
    let mut inputs = Vec::new();
    for entry in fs::read_dir(folder)? {
        inputs.push(entry?.file_name().to_string_lossy().into_owned());
    }
    inputs.retain(|name| !["status", "stdout.txt"].contains(&name.as_str()));
    let inputs: Vec<_> = inputs.iter().map(String::as_str).collect();
    let arguments = fs::read_to_string(folder.join("args")).unwrap_or("FOLDER".to_owned());
    golden(
        folder,
        &inputs,
        &run(&arguments.replace("FOLDER", &folder.display().to_string()))?,
    )
}

fn run(arguments: &str) -> Result<Files, Failed> {
    let command = ["digest-press", "check"]
        .into_iter()
        .chain(arguments.split_whitespace());
    let mut stdout = anstream::StripStream::new(Vec::new());
    let mut stderr = Vec::new();
    let code = Cli::try_parse_from(command)?.run(&mut stdout, &mut stderr, Cli::DEFAULT_WIDTH)?;
    if !stderr.is_empty() {
        return Err(format!("it wrote to stderr: {}", String::from_utf8_lossy(&stderr)).into());
    }
    let stdout = String::from_utf8(stdout.into_inner())?;
    Ok(Files::from([
        ("status".to_owned(), status(code)),
        ("stdout.txt".to_owned(), stdout),
    ]))
}
