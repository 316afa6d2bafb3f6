//! A folder that says how a command must end.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use libtest_mimic::Failed;

/// Files by their names.
pub type Files = BTreeMap<String, String>;

/// Compares what a command has left with the files of a folder, but for its `inputs`: none may be
/// missing, none too many. With `UPDATE_GOLDEN=1` it writes them instead.
pub fn golden(folder: &Path, inputs: &[&str], found: &Files) -> Result<(), Failed> {
    let expected = files(folder, inputs)?;
    if env::var_os("UPDATE_GOLDEN").is_some() {
        return update(folder, &expected, found).map_err(Failed::from);
    }
    for (name, text) in found {
        let expected = expected.get(name).map_or("", String::as_str);
        same(&folder.join(name).display().to_string(), expected, text)?;
    }
    let [expected, found] = [&expected, found].map(|files| format!("{:?}", files.keys()));
    same(
        &format!("the files of {}", folder.display()),
        &expected,
        &found,
    )
}

/// The name of the file in a folder that starts so, if there is one.
pub fn input(folder: &Path, start: &str) -> io::Result<Option<String>> {
    let names =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let names = names.collect::<io::Result<Vec<_>>>()?;
    Ok(names.into_iter().find(|name| name.starts_with(start)))
}

/// Fails with both texts unless they are the same.
pub fn same(what: &str, expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{what}\n--- expected\n{expected}\n--- found\n{found}").into())
}

/// An exit code, as the file `status` has it.
pub fn status(code: ExitCode) -> String {
    if code == ExitCode::SUCCESS {
        "0\n".to_owned()
    } else {
        "1\n".to_owned()
    }
}

/// The files in a folder and in its folders, but for those with these names.
pub fn files(folder: &Path, but: &[&str]) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let inside = self::files(&entry.path(), but)?;
            files.extend(
                inside
                    .into_iter()
                    .map(|(file, text)| (format!("{name}/{file}"), text)),
            );
        } else if !but.contains(&name.as_str()) {
            files.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(files)
}

/// A page without what is in its `<style>` elements: that changes with every look of the digest, and the
/// browser tests look at that.
pub fn without_styles(html: &str) -> String {
    let mut pieces = html.split("<style>");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, styled| {
        kept + styled.split_once("</style>").map_or("", |(_, after)| after)
    })
}

fn update(folder: &Path, expected: &Files, found: &Files) -> io::Result<()> {
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
