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
    same(&format!("the files of {}", folder.display()), &expected, &found)
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
    if code == ExitCode::SUCCESS { "0\n".to_owned() } else { "1\n".to_owned() }
}

/// The files of a folder, but for those with these names.
pub fn files(folder: &Path, but: &[&str]) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !but.contains(&name.as_str()) {
            files.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(files)
}

fn update(folder: &Path, expected: &Files, found: &Files) -> io::Result<()> {
    for name in expected.keys().filter(|name| !found.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, text) in found {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
