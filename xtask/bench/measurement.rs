//! The cost of a process, as GNU `time` reports it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use xshell::Shell;

/// The cost of one run.
pub(super) struct Measurement {
    pub(super) seconds: f64,
    /// Of all processors together.
    pub(super) processor_seconds: f64,
    /// At most, at any moment.
    pub(super) megabytes: f64,
}

/// Runs a program in `folder`, and measures it. It must succeed.
pub(super) fn measure(
    sh: &Shell,
    folder: &Path,
    program: &Path,
    arguments: &[impl AsRef<OsStr>],
) -> Result<Measurement> {
    let mut command = Command::new("time");
    command.args(["--format", "%U %S %M", "--output", "time.txt"]);
    command.arg(program).args(arguments).current_dir(folder);
    let started = Instant::now();
    let output = command
        .output()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let seconds = started.elapsed().as_secs_f64();
    // Warnings about the newsletters would only hide the table.
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let times = sh.read_file(folder.join("time.txt"))?;
    let numbers = times.split_whitespace().map(str::parse);
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
    let &[user, system, kilobytes] = &numbers[..] else {
        bail!("expected three numbers from `time`, found {times:?}")
    };
    Ok(Measurement {
        seconds,
        processor_seconds: user + system,
        megabytes: kilobytes / 1024.0,
    })
}
