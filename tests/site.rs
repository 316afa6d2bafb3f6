//! Golden tests of a series' site.
//!
//! Each folder in `tests/site` is a test. The site of its `series.json` must have exactly the other
//! files of the folder. Style sheets and schemas are not compared. `UPDATE_GOLDEN=1` rewrites the
//! files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, SERIES, compare_golden, load_site, without_styles};
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
            compare_golden(&folder, &[SERIES], &build_site(&folder))
        }));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// Relative to the package's folder, where Cargo runs tests.
const FOLDER: &str = "site";

/// Files in this folder are equal for all series.
const SCHEMAS: &str = "schema/";

fn build_site(folder: &Path) -> Files {
    let files = load_site(folder)
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
