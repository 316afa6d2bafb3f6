//! Debian's packages: which are missing, and their installation where that is possible without
//! asking.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::process::succeeds;

/// Returns true on Debian and its derivatives.
pub(crate) fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

/// Returns true on Debian as root, such as in a container.
pub(crate) fn can_install() -> bool {
    let is_root = |sh: Shell| cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0");
    is_debian() && Shell::new().is_ok_and(is_root)
}

/// The packages that are not installed.
pub(crate) fn find_missing<'name>(sh: &Shell, packages: &[&'name str]) -> Vec<&'name str> {
    let is_missing = |package: &&str| !succeeds(cmd!(sh, "dpkg --status {package}"));
    packages.iter().copied().filter(is_missing).collect()
}

/// Installs packages.
pub(crate) fn install(sh: &Shell, packages: &[&str]) -> Result<()> {
    println!(
        "Installing {} (a browser takes about 1 min)",
        packages.join(", ")
    );
    // A package's questions would never be answered here.
    let _env = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    let quiet = ["-qq", "-o=Dpkg::Use-Pty=0"];
    cmd!(sh, "apt-get {quiet...} update").run()?;
    cmd!(
        sh,
        "apt-get {quiet...} install --yes --no-install-recommends {packages...}"
    )
    .ignore_stdout()
    .run()
    .context("cannot install Debian packages; the reason is above")
}
