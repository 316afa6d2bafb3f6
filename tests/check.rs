//! Golden tests of `digest-press check`.
//!
//! Each folder in `tests/check` is a test. Its `args` are the arguments, with FOLDER for the
//! folder; by default, the folder itself. The results must equal `status` (the exit code) and
//! `stdout.txt`. `UPDATE_GOLDEN=1` rewrites both.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, compare_golden, format_status};
use clap::Parser;
use digest_press::Cli;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let entry = entry?;
        trials.push(Trial::test(
            entry.file_name().to_string_lossy(),
            move || check_folder(&entry.path()),
        ));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// Relative to the package's folder, where Cargo runs tests.
const FOLDER: &str = "check";

fn check_folder(folder: &Path) -> Result<(), Failed> {
    let mut inputs = Vec::new();
    for entry in fs::read_dir(folder)? {
        inputs.push(entry?.file_name().to_string_lossy().into_owned());
    }
    inputs.retain(|name| !["status", "stdout.txt"].contains(&name.as_str()));
    let inputs: Vec<_> = inputs.iter().map(String::as_str).collect();
    let arguments = fs::read_to_string(folder.join("args")).unwrap_or("FOLDER".to_owned());
    compare_golden(
        folder,
        &inputs,
        &run_check(&arguments.replace("FOLDER", &folder.display().to_string()))?,
    )
}

fn run_check(arguments: &str) -> Result<Files, Failed> {
    let command = ["digest-press", "check"]
        .into_iter()
        .chain(arguments.split_whitespace());
    let mut stdout = anstream::StripStream::new(Vec::new());
    let mut stderr = Vec::new();
    let code = Cli::try_parse_from(command)?.run(&mut stdout, &mut stderr, Cli::DEFAULT_WIDTH)?;
    if !stderr.is_empty() {
        return Err(format!(
            "the command wrote to stderr: {}",
            String::from_utf8_lossy(&stderr)
        )
        .into());
    }
    let stdout = String::from_utf8(stdout.into_inner())?;
    Ok(Files::from([
        ("status".to_owned(), format_status(code)),
        ("stdout.txt".to_owned(), stdout),
    ]))
}
