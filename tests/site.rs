//! Each folder in `tests/site` is a test: the site of the series in its `series.json` must have the files
//! that are there, but for the styles and the schemas. `UPDATE_GOLDEN=1` writes what was found.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, SERIES, golden, site, without_styles};
use libtest_mimic::{Arguments, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let folder = entry?.path();
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        trials.push(Trial::test(name, move || {
            golden(&folder, &[SERIES], &found(&folder))
        }));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// The golden folders, as seen from the package's folder, which is where Cargo runs tests.
const FOLDER: &str = "site";

/// The folder of files that are the same for every series.
const SCHEMAS: &str = "schema/";

fn found(folder: &Path) -> Files {
    let files = site(folder)
        .into_iter()
        .filter(|file| !file.path.starts_with(SCHEMAS));
    files
        .map(|file| {
            (
                file.path,
                without_styles(&String::from_utf8(file.bytes).unwrap()),
            )
        })
        .collect()
}
