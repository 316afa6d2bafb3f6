//! The program itself, where its library is not asked.

#![cfg(unix)]
// All of this file is a test, also what is not in a test function.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

#[test]
fn whoever_reads_no_further_hears_no_more() {
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
