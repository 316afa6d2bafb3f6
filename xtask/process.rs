//! Starting other programs, with errors that name the whole command.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// Runs a command to its end; its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    ensure!(status.success(), "`{}` failed ({status})", shown(command));
    Ok(())
}

/// Runs a command to its end and returns what it printed; its complaints go where ours go.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| cannot_start(command))?;
    ensure!(
        output.status.success(),
        "`{}` failed ({})",
        shown(command),
        output.status
    );
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed no UTF-8", shown(command)))
}

/// Whether a command can be started and succeeds; it prints nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What to say of a command that could not even be started.
pub(crate) fn cannot_start(command: &Command) -> String {
    format!(
        "cannot start `{}`; is {} installed?",
        shown(command),
        command.get_program().display()
    )
}

/// The program that a shell would start for this name.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// A `PATH` on which the programs of these folders come first.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| folder.to_path_buf());
    env::join_paths(folders.chain(env::split_paths(&path))).context("cannot put the tools on PATH")
}
