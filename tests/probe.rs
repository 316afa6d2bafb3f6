//! Golden tests of `digest-press probe`.
//!
//! Each folder in `tests/probe` is a test with a `newsletter.md`, `.docx` or `.html`. The results
//! must equal `status` (the exit code), `stdout.toml` and `stderr.txt`. The suggested settings must
//! also work: the newsletter is imported with them. `UPDATE_GOLDEN=1` rewrites the golden files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, assert_same, compare_golden, find_input, format_status};
use clap::Parser;
use digest_press::{Cli, Series};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir("probe")? {
        let folder = entry?.path();
        trials.push(Trial::test(folder.display().to_string(), move || {
            probe_folder(&folder)
        }));
    }
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

fn probe_folder(folder: &Path) -> Result<(), Failed> {
    let name = find_input(folder, "newsletter.")?.unwrap_or("newsletter.md".to_owned());
    let newsletter = folder.join(&name);
    let (mut stdout, mut stderr) = (Vec::new(), anstream::StripStream::new(Vec::new()));
    let command = ["digest-press", "probe"]
        .map(PathBuf::from)
        .into_iter()
        .chain([newsletter.clone()]);
    let code = Cli::try_parse_from(command)?.run(&mut stdout, &mut stderr, Cli::DEFAULT_WIDTH)?;
    let stdout = String::from_utf8(stdout)?;
    if code == ExitCode::SUCCESS {
        import_with_settings(&stdout, &newsletter)?;
    }
    let found = [
        ("status".to_owned(), format_status(code)),
        ("stdout.toml".to_owned(), stdout),
        (
            "stderr.txt".to_owned(),
            String::from_utf8(stderr.into_inner())?,
        ),
    ];
    compare_golden(folder, &[&name], &Files::from(found))
}

/// Imports the newsletter with the suggested settings.
fn import_with_settings(settings: &str, newsletter: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let copy = folder.join(newsletter.file_name().unwrap_or_default());
    fs::copy(newsletter, &copy)?;
    fs::write(folder.join(Series::FILE), settings)?;
    let arguments = [
        "digest-press".into(),
        "import".into(),
        copy,
        "-o".into(),
        folder.join("issue.json"),
    ];
    let mut stderr = anstream::StripStream::new(Vec::new());
    let code =
        Cli::try_parse_from(arguments)?.run(&mut io::sink(), &mut stderr, Cli::DEFAULT_WIDTH)?;
    assert_same(
        &String::from_utf8_lossy(&stderr.into_inner()),
        "0\n",
        &format_status(code),
    )
}
