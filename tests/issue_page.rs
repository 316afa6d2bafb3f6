//! Each folder in `tests/page` is a test: the publisher makes the page of its `issue.json`, and must end
//! as in `status` (the exit code), `stderr.txt` and the page with the files that go with it (which are not
//! there if the issue is refused), but for the styles. `UPDATE_GOLDEN=1` writes what was found.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, files, golden, status, without_styles};
use clap::Parser;
use digest_press::Cli;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let entry = entry?;
        let folder = entry.path();
        trials.push(Trial::test(entry.file_name().to_string_lossy(), move || {
            golden(&folder, &[ISSUE], &run(&folder.join(ISSUE))?)
        }));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// The golden folders, as seen from the package's folder, which is where Cargo runs tests.
const FOLDER: &str = "page";

/// What the publisher is given.
const ISSUE: &str = "issue.json";

/// Makes the page in a folder of its own, in which nothing but that page may be then.
fn run(issue: &Path) -> Result<Files, Failed> {
    let site = tempfile::tempdir()?;
    let mut stderr = anstream::StripStream::new(Vec::new());
    let options = ["--site", "https://cdn.example/", "-o"].map(Path::new);
    let command = [Path::new("digest-press"), Path::new("page"), issue].into_iter().chain(options);
    let cli = Cli::try_parse_from(command.chain([site.path()]))?;
    let code = cli.run(&mut io::sink(), &mut stderr, Cli::DEFAULT_WIDTH)?;

    let issues = site.path().join("issues");
    let folders: Vec<_> = fs::read_dir(&issues).into_iter().flatten().collect::<Result<_, _>>()?;
    let mut found = folders.first().map_or_else(|| Ok(Files::new()), |folder| files(&folder.path(), &[]))?;
    let beside = fs::read_dir(site.path())?.count() + folders.len();
    if beside != if found.is_empty() { 0 } else { 2 } {
        return Err("there is something else in the site than the page".into());
    }
    for text in found.values_mut() {
        *text = without_styles(text);
    }
    let stderr = String::from_utf8(stderr.into_inner())?;
    found.insert("stderr.txt".to_owned(), stderr.replace(&site.path().display().to_string(), "site"));
    found.insert("status".to_owned(), status(code));
    Ok(found)
}
