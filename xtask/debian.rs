//! Debian's packages, on a machine that is ours to set up: a container or CI.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{
    process::{output, succeeds},
    progress,
};

/// Whether this is Debian or a child of it.
pub(crate) fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

/// Whether packages can be installed here without asking anybody.
pub(crate) fn is_ours() -> bool {
    is_debian() && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Those of the packages that are not installed.
pub(crate) fn missing(packages: &[&'static str]) -> Vec<&'static str> {
    let is_missing = |package: &&str| !succeeds(Command::new("dpkg").args(["--status", package]));
    packages.iter().copied().filter(is_missing).collect()
}

/// Installs packages.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let mut update = apt_get();
    update.arg("update");
    progress::run("Updating the list of Debian packages", "10 s", update)?;
    let mut install = apt_get();
    install
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages);
    progress::run(
        &format!("Installing {}", packages.join(", ")),
        "2 min",
        install,
    )
}

/// A package's questions would never be answered here.
fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
