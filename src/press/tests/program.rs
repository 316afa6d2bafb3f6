//! Runs the program itself.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "This is test code.")]

use std::process::{Command, Output};

#[test]
fn broken_pipe_is_silent() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut check = Command::new(env!("CARGO_BIN_EXE_digest-press"));
    let Output { status, stderr, .. } = check
        .args(["check", "no such file"])
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(stderr).unwrap(), "");
    assert_eq!(status.code(), Some(1));
}
