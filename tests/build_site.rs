//! A site that the publisher builds.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use digest_press::Cli;

use crate::dist;

/// Builds the newsletters in `issues` into `output`, to be served at `address`, with the widget of
/// [`dist`].
#[track_caller]
pub fn build_site(issues: &Path, output: &Path, address: &str) {
    let dist = dist();
    let command = [
        Path::new("digest-press"),
        Path::new("build"),
        issues,
        Path::new("-o"),
        output,
        Path::new("--site"),
        Path::new(address),
        Path::new("--widget"),
        &dist,
    ];
    let cli = Cli::try_parse_from(command).unwrap();
    let mut messages = Vec::new();
    let code = cli
        .run(&mut Vec::new(), &mut messages, Cli::DEFAULT_WIDTH)
        .unwrap();
    assert_eq!(
        code,
        ExitCode::SUCCESS,
        "{}",
        String::from_utf8_lossy(&messages)
    );
}
