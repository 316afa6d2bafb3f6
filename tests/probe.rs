//! Each folder in `tests/probe` is a test: the publisher probes its `newsletter.md` (or `newsletter.….md`) and must end as in
//! `status` (the exit code), `stdout.toml` and `stderr.txt`. What it suggests must then work: with it as
//! `press.toml`, the newsletter is imported. `UPDATE_GOLDEN=1` writes what was found.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, golden, input, same, status};
use clap::Parser;
use digest_press::{Cli, Series, import};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir("probe")? {
        let folder = entry?.path();
        trials.push(Trial::test(folder.display().to_string(), move || probe(&folder)));
    }
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

fn probe(folder: &Path) -> Result<(), Failed> {
    let name = input(folder, "newsletter.")?.unwrap_or("newsletter.md".to_owned());
    let newsletter = folder.join(&name);
    let (mut stdout, mut stderr) = (Vec::new(), anstream::StripStream::new(Vec::new()));
    let command = ["digest-press", "probe"].map(PathBuf::from).into_iter().chain([newsletter.clone()]);
    let code = Cli::try_parse_from(command)?.run(&mut stdout, &mut stderr, Cli::DEFAULT_WIDTH)?;
    let stdout = String::from_utf8(stdout)?;
    if code == ExitCode::SUCCESS {
        works(&stdout, &newsletter)?;
    }
    let found = [
        ("status".to_owned(), status(code)),
        ("stdout.toml".to_owned(), stdout),
        ("stderr.txt".to_owned(), String::from_utf8(stderr.into_inner())?),
    ];
    golden(folder, &[&name], &Files::from(found))
}

/// Imports the newsletter with what was suggested.
fn works(suggestion: &str, newsletter: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join(Series::FILE), suggestion)?;
    let series = Series::of(folder.path()).map_err(|errors| format!("{errors:?}"))?;
    let imported = import(&fs::read_to_string(newsletter)?, Some(newsletter), &series);
    same("whether it is imported", "true", &imported.is_ok().to_string())
}
