//! Golden folders: compares the output of a command with files in the repository.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use libtest_mimic::Failed;

/// Files by their names.
pub type Files = BTreeMap<String, String>;

/// Compares files with a golden folder, except its `inputs`. A missing or an extra file is a
/// failure. With `UPDATE_GOLDEN=1`, rewrites the folder instead.
pub fn compare_golden(
    folder: &Path,
    inputs: &[impl AsRef<str>],
    found: &Files,
) -> Result<(), Failed> {
    let expected = read_files(folder, inputs)?;
    if env::var_os("UPDATE_GOLDEN").is_some() {
        return update_golden(folder, &expected, found).map_err(Failed::from);
    }
    for (name, text) in found {
        let expected = expected.get(name).map_or("", String::as_str);
        assert_same(&folder.join(name).display().to_string(), expected, text)?;
    }
    let [expected, found] = [&expected, found].map(|files| format!("{:?}", files.keys()));
    assert_same(
        &format!("the files of {}", folder.display()),
        &expected,
        &found,
    )
}

/// Finds a file in a folder by the start of its name.
pub fn find_input(folder: &Path, start: &str) -> io::Result<Option<String>> {
    let names =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let names = names.collect::<io::Result<Vec<_>>>()?;
    Ok(names.into_iter().find(|name| name.starts_with(start)))
}

/// Fails with both texts if they differ.
pub fn assert_same(what: &str, expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{what}\n--- expected\n{expected}\n--- found\n{found}").into())
}

/// Formats an exit code like the golden file `status`.
pub fn format_status(code: ExitCode) -> String {
    if code == ExitCode::SUCCESS {
        "0\n".to_owned()
    } else {
        "1\n".to_owned()
    }
}

/// Reads all files of a folder and its subfolders, except those with the given names.
pub fn read_files(folder: &Path, except: &[impl AsRef<str>]) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let inside = read_files(&entry.path(), except)?;
            files.extend(
                inside
                    .into_iter()
                    .map(|(file, text)| (format!("{name}/{file}"), text)),
            );
        } else if !except.iter().any(|other| other.as_ref() == name) {
            files.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(files)
}

/// Removes the contents of `<style>` elements, and their hashes in a Content-Security-Policy. They
/// change often, and browser tests cover them.
pub fn without_styles(html: &str) -> String {
    let html = remove_between(html, "<style>", "</style>");
    remove_between(&html, "'sha256-", "'")
}

/// Removes each `start`, the next `end`, and the text between them.
fn remove_between(text: &str, start: &str, end: &str) -> String {
    let mut pieces = text.split(start);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| {
        kept + piece.split_once(end).map_or("", |(_, after)| after)
    })
}

fn update_golden(folder: &Path, expected: &Files, found: &Files) -> io::Result<()> {
    for name in expected.keys().filter(|name| !found.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, text) in found {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, text)?;
    }
    Ok(())
}
