//! Helpers for starting programs: whether one is there, and the `PATH` it gets.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xshell::Cmd;

/// Returns true if the command starts and succeeds. Its output is discarded.
pub(crate) fn succeeds(command: Cmd<'_>) -> bool {
    command
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()
        .is_ok()
}

/// Finds a program on `PATH`, or in `/usr/sbin`, where Debian keeps servers.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// A `PATH` that begins with this folder.
pub(crate) fn path_with(folder: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [folder.to_path_buf()].into_iter();
    env::join_paths(folders.chain(env::split_paths(&path))).context("cannot extend PATH")
}
