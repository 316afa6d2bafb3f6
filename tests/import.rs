//! Each folder in `tests/import` is a test: the publisher imports its `newsletter.md` (or `.docx`, `.html`
//! and so on), with the `press.toml` beside it and the options in `args`, and must end as in `status` (the
//! exit code), `stderr.txt` and `issue.json` (which is not there if the newsletter is refused).
//! `UPDATE_GOLDEN=1` writes what was found. Where `same_as` names another folder, the issue must be that
//! folder's, to the byte.
//!
//! The publisher runs in this process, through the same [`Cli`] as the binary, whose `main` only
//! adds the terminal: a test of another package cannot ask Cargo for the binary.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use checks::{Files, golden, input, same, status};
use clap::Parser;
use digest_press::{Cli, Issue, Series, import};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> io::Result<ExitCode> {
    let mut trials = Vec::new();
    for entry in fs::read_dir(FOLDER)? {
        let folder = entry?.path();
        if folder.is_dir() {
            trials.push(Trial::test(name(&folder), move || import_golden(&folder)));
        }
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    trials.push(Trial::test(
        "a_file_of_more_than_a_mebibyte_is_refused",
        too_large,
    ));
    trials.push(Trial::test(
        "of_many_errors_a_hundred_are_shown",
        many_errors,
    ));
    trials.push(Trial::test(
        "no_newsletter_of_the_corpus_makes_it_panic",
        corpus_newsletters,
    ));
    trials.push(Trial::test(
        "no_naughty_string_makes_it_panic",
        corpus_naughty_strings,
    ));
    Ok(libtest_mimic::run(&Arguments::from_args(), trials).exit_code())
}

/// The golden folders, as seen from the package's folder, which is where Cargo runs tests.
const FOLDER: &str = "import";

/// What is in the output file before the publisher runs.
const OLD_ISSUE: &str = "the old issue";

/// What the publisher did.
struct Outcome {
    status: String,
    stderr: String,
    /// The output file, unless it is still the old one.
    issue: Option<String>,
}

fn import_golden(folder: &Path) -> Result<(), Failed> {
    let options = fs::read_to_string(folder.join("args")).unwrap_or_default();
    let newsletter = input(folder, "newsletter.")?.unwrap_or("newsletter.md".to_owned());
    let outcome = run(&folder.join(&newsletter), &options)?;
    if let Some(issue) = &outcome.issue {
        let read = Issue::from_json(issue.as_bytes())?;
        same(
            "the issue, read and written once more",
            issue,
            &read.to_json()?,
        )?;
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
            same(
                "the issue",
                &fs::read_to_string(other)?,
                &issue.unwrap_or_default(),
            )?;
        }
        Err(_) => found.extend(issue.map(|issue| ("issue.json".to_owned(), issue))),
    }
    golden(
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

/// Imports a newsletter over an old issue, which must stay as it is if the newsletter is refused.
fn run(newsletter: &Path, options: &str) -> Result<Outcome, Failed> {
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
    same(
        "the files in the output folder",
        "1",
        &names.len().to_string(),
    )?;
    let issue = fs::read_to_string(&output)?;
    let stderr = String::from_utf8(stderr.into_inner())?;
    Ok(Outcome {
        status: status(code),
        stderr: stderr.replace(&output_folder.path().display().to_string(), "site"),
        issue: Some(issue).filter(|issue| issue != OLD_ISSUE),
    })
}

fn too_large() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let newsletter = folder.path().join("newsletter.md");
    fs::write(&newsletter, "a".repeat(1024 * 1024 + 1))?;
    let outcome = run(&newsletter, "")?;
    let expected = format!(
        "error: “{}” is larger than 1048576 bytes\n |\n = note: nothing can be published without it\n = help: check that the file is one issue of the newsletter, as text\n\n\
         1 error, nothing written\n",
        newsletter.display()
    );
    same("the message", &expected, &outcome.stderr)?;
    same("the status", "1\n", &outcome.status)
}

fn many_errors() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let newsletter = folder.path().join("newsletter.md");
    // In one line, which is too long to be shown a hundred times.
    let good = fs::read_to_string(Path::new(FOLDER).join("link_title/newsletter.md"))?;
    fs::write(&newsletter, good + &"[a](javascript:x) ".repeat(10_000))?;
    let outcome = run(&newsletter, "")?;
    same(
        "the messages",
        "100",
        &outcome.stderr.matches("error: ").count().to_string(),
    )?;
    let end = "\nand 9900 more; fix these first\n\n10000 errors, nothing written\n";
    same(
        "the end",
        end,
        &outcome.stderr[outcome.stderr.len() - end.len()..],
    )
}

fn corpus_newsletters() -> Result<(), Failed> {
    let Some(corpus) = corpus() else {
        return Ok(());
    };
    let mut files = Vec::new();
    for folder in fs::read_dir(corpus)? {
        let folder = folder?.path();
        if name(&folder).starts_with("md-") {
            add_files(&folder, &mut files)?;
        }
    }
    assert!(
        files.len() > 100,
        "the corpus has shrunk to {} files",
        files.len()
    );
    for file in files {
        import_and_render(&String::from_utf8_lossy(&fs::read(file)?));
    }
    Ok(())
}

fn add_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn corpus_naughty_strings() -> Result<(), Failed> {
    let Some(corpus) = corpus() else {
        return Ok(());
    };
    let strings = fs::read_to_string(corpus.join("naughty-strings/blns.txt"))?;
    import_and_render(&strings);
    let good = fs::read_to_string(Path::new(FOLDER).join("link_title/newsletter.md"))?;
    for string in strings.lines() {
        import_and_render(string);
        for place in [
            "Digest",
            "1.5",
            "March 11, 2022",
            "Radar site",
            "completed**",
            "https://example.com",
        ] {
            import_and_render(&good.replacen(place, string, 1));
        }
    }
    Ok(())
}

fn import_and_render(newsletter: &str) {
    let diagnostics = match import(newsletter, None, &Series::default()) {
        Ok(imported) => imported.warnings,
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a reason: {newsletter}");
            errors
        }
    };
    for diagnostic in diagnostics {
        let _ = diagnostic.render(newsletter, Path::new("newsletter.md"), Cli::DEFAULT_WIDTH);
    }
}

/// The shared corpus, or `None` on a machine that does not have it.
fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !path.exists() {
        eprintln!("{} is not here: left out", path.display());
    }
    path.exists().then_some(path)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
