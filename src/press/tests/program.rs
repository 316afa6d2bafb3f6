//! Runs the program itself.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "This is test code.")]

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// Characters that terminals obey: escape, its short form, a bell, and an override of the direction.
const UNSAFE: &str = "\u{1b}]0;a\u{7}\u{9b}2J\u{202e}\u{2066}\u{200b}";

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

#[test]
fn terminal_gets_no_control_characters_from_names_and_texts() {
    let folder = tempfile::tempdir().unwrap();
    let issues = folder.path().join(format!("issues{UNSAFE}"));
    fs::create_dir(&issues).unwrap();
    let text = format!(
        "---\ntitle: \"Di{UNSAFE}gest\"\n\"a\\e[2J{}\": b\nvolume: 1\ndate: x{UNSAFE}\n---\n\n\
         Headlines:\n\n- a{UNSAFE}\n\nDetails:\n\n- [b{UNSAFE}][c{UNSAFE}] <i>{UNSAFE}\n",
        "\u{202e}"
    );
    let newsletter = format!("1{UNSAFE}.md");
    fs::write(issues.join(&newsletter), text).unwrap();
    fs::write(issues.join(format!("2{UNSAFE}.docx")), "PK").unwrap();
    fs::write(
        issues.join(format!("3{UNSAFE}.json")),
        format!("{{\"{UNSAFE}\":1}}"),
    )
    .unwrap();
    let issues = issues.to_str().unwrap();
    let newsletter = format!("{issues}/{newsletter}");
    let missing = format!("{issues}/missing{UNSAFE}");
    for arguments in [
        vec!["check", issues],
        vec!["check", issues, "--format", "json"],
        vec!["check", issues, "--format", "sarif"],
        vec!["check", &missing],
        vec!["probe", &newsletter],
        vec!["import", &newsletter, "-o", &missing],
        vec!["import", &missing, "-o", &missing],
        vec!["build", issues, "-o", &missing],
        vec!["build", &missing, "-o", issues],
        vec!["new", issues],
        vec!["serve", &missing],
        vec![&missing],
        vec!["check", UNSAFE],
    ] {
        let output = run_in_terminal(folder.path(), &arguments);
        assert!(!output.is_empty(), "{arguments:?}");
        assert_no_controls(&output);
    }
}

/// Runs the program in a pseudo-terminal, and returns what the terminal gets.
fn run_in_terminal(folder: &Path, arguments: &[&str]) -> String {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap();
    let open = || rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_digest-press"));
    program
        .args(arguments)
        .current_dir(folder)
        .env("TERM", "xterm-256color")
        .stdin(open())
        .stdout(open())
        .stderr(open());
    let mut child = program.spawn().unwrap();
    // Its copies of the terminal are closed, so that reading ends with the child.
    drop(program);
    let mut bytes = Vec::new();
    let mut controller = File::from(controller);
    // The end is an error on Linux.
    let _ = controller.read_to_end(&mut bytes);
    child.wait().unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Fails for a control or direction character that is not a line end, a colour of the program, or a
/// movement of its progress bar.
fn assert_no_controls(output: &str) {
    let mut rest = output;
    while let Some(start) = rest.find(|character: char| {
        character.is_control() && !matches!(character, '\n' | '\r' | '\t')
            || "\u{202e}\u{2066}\u{200b}".contains(character)
    }) {
        let (_, found) = rest.split_at(start);
        let length = own_sequence_length(found);
        let shown: String = found.chars().take(20).collect();
        assert!(length > 0, "{shown:?} in {output:?}");
        rest = &found[length..];
    }
}

/// Returns the length of a sequence that the program itself writes: `ESC [`, numbers, and a letter.
fn own_sequence_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\x1b[") else {
        return 0;
    };
    let numbers = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b';')
        .count();
    let is_own = matches!(rest.as_bytes().get(numbers), Some(b'm' | b'K' | b'A'));
    if is_own { 2 + numbers + 1 } else { 0 }
}
