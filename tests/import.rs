//! Golden tests of `digest-press import`.
//!
//! Each folder in `tests/import` is a test with a `newsletter.md`, `.docx`, `.html` or feed. It may have
//! a `press.toml`, and options in `args`. The results must equal `status` (the exit code),
//! `stderr.txt` and `issue.json`, which is absent if the newsletter is refused. If there is a
//! `same_as`, the issue must equal the issue of the folder that it names. `UPDATE_GOLDEN=1`
//! rewrites the golden files.
//!
//! The tests call [`Cli`] in this process: Cargo gives the binary only to tests of its own package.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use checks::hostile::{hostile_strings, import_with_hostile_text, read_as_html};
use checks::{Files, assert_same, compare_golden, find_input, format_status};
use clap::Parser;
use digest_press::{Cli, Issue};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let folder = entry?.path();
        if folder.is_dir() {
            trials.push(Trial::test(folder_name(&folder), move || {
                import_folder(&folder)
            }));
        }
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    trials.push(Trial::test(
        "file_over_one_mebibyte_is_refused",
        check_too_large_file,
    ));
    trials.push(Trial::test(
        "at_most_a_hundred_errors_are_shown",
        check_many_errors,
    ));
    trials.push(Trial::test("hostile_strings_never_panic", || {
        hostile_strings()
            .iter()
            .try_for_each(|string| import_with_hostile_text(string))
    }));
    trials.push(Trial::test("hostile_strings_survive_html", || {
        hostile_strings()
            .iter()
            .try_for_each(|string| read_as_html(string))
    }));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// Relative to the package's folder, where Cargo runs tests.
const FOLDER: &str = "import";

/// The output file before the import.
const OLD_ISSUE: &str = "the old issue";

/// The results of an import.
struct Outcome {
    status: String,
    stderr: String,
    /// The output file, or `None` if it is unchanged.
    issue: Option<String>,
}

fn import_folder(folder: &Path) -> Result<(), Failed> {
    let options = fs::read_to_string(folder.join("args")).unwrap_or_default();
    let newsletter = find_input(folder, "newsletter.")?.unwrap_or("newsletter.md".to_owned());
    let outcome = run_import(&folder.join(&newsletter), &options)?;
    if let Some(issue) = &outcome.issue {
        let read = Issue::from_json(issue.as_bytes())?;
        assert_same("the issue, read and written again", issue, &read.to_json()?)?;
    }
    let Outcome {
        status,
        stderr,
        issue,
    } = outcome;
    let mut found = Files::from([
        ("status".to_owned(), status),
        ("stderr.txt".to_owned(), stderr),
    ]);
    match fs::read_to_string(folder.join("same_as")) {
        Ok(other) => {
            let other = Path::new(FOLDER).join(other.trim()).join("issue.json");
            assert_same(
                "the issue",
                &fs::read_to_string(other)?,
                &issue.unwrap_or_default(),
            )?;
        }
        Err(_) => found.extend(issue.map(|issue| ("issue.json".to_owned(), issue))),
    }
    compare_golden(
        folder,
        &[
            &newsletter,
            "args",
            "press.toml",
            "references.md",
            "same_as",
        ],
        &found,
    )
}

/// Imports a newsletter over an old issue, which must stay unchanged if the newsletter is refused.
fn run_import(newsletter: &Path, options: &str) -> Result<Outcome, Failed> {
    let output_folder = tempfile::tempdir()?;
    let output = output_folder.path().join("issue.json");
    fs::write(&output, OLD_ISSUE)?;
    let mut stderr = anstream::StripStream::new(Vec::new());
    let command = ["digest-press", "import"].map(PathBuf::from).into_iter();
    let files = [newsletter.to_owned(), "-o".into(), output.clone()];
    let cli = Cli::try_parse_from(
        command
            .chain(files)
            .chain(options.split_whitespace().map(PathBuf::from)),
    )?;
    let code = cli.run(&mut io::sink(), &mut stderr, Cli::DEFAULT_WIDTH)?;

    let names: Vec<_> = fs::read_dir(output_folder.path())?.collect::<Result<_, _>>()?;
    assert_same(
        "the files in the output folder",
        "1",
        &names.len().to_string(),
    )?;
    let issue = fs::read_to_string(&output)?;
    let stderr = String::from_utf8(stderr.into_inner())?;
    Ok(Outcome {
        status: format_status(code),
        stderr: stderr.replace(&output_folder.path().display().to_string(), "site"),
        issue: Some(issue).filter(|issue| issue != OLD_ISSUE),
    })
}

fn check_too_large_file() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let newsletter = folder.path().join("newsletter.md");
    fs::write(&newsletter, "a".repeat(1024 * 1024 + 1))?;
    let outcome = run_import(&newsletter, "")?;
    let expected = format!(
        "error: “{}” is larger than 1048576 bytes\n--> {}\n = note: nothing can be published without it\n = help: check that the file is one issue of the newsletter, as text\n\n\
         1 error, nothing written\n",
        newsletter.display(),
        newsletter.display()
    );
    assert_same("the message", &expected, &outcome.stderr)?;
    assert_same("the status", "1\n", &outcome.status)
}

fn check_many_errors() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let newsletter = folder.path().join("newsletter.md");
    // All in one line, which is too long to be printed a hundred times.
    let good = fs::read_to_string(Path::new(FOLDER).join("link_title/newsletter.md"))?;
    fs::write(&newsletter, good + &"[a](javascript:x) ".repeat(10_000))?;
    let outcome = run_import(&newsletter, "")?;
    assert_same(
        "the messages",
        "100",
        &outcome.stderr.matches("error: ").count().to_string(),
    )?;
    let end = "\nand 9901 more; fix these first\n\n10000 errors and 1 warning, nothing written\n";
    assert_same(
        "the end",
        end,
        &outcome.stderr[outcome.stderr.len() - end.len()..],
    )
}

fn folder_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
