//! Runs the commands on a case, each in a process with limits.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use checks::tool;
use digest_press::REQUIRED_WIDGET_FILES;

use crate::Case;

/// Maximum memory of a process in KB, as the shell counts it: 512 MB.
const MEMORY: u32 = 512 * 1024;

/// Maximum processor time of a process in seconds. An unoptimized program is much slower.
const SECONDS: u32 = if cfg!(debug_assertions) { 100 } else { 10 };

/// Runs every command on the case, or one if this is a debug build. Returns what went wrong.
pub(crate) fn check_commands(case: &Case) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let issues = folder.path().join("issues");
    fs::create_dir(&issues).unwrap();
    for (name, bytes) in &case.files {
        fs::write(issues.join(name), bytes).unwrap();
    }
    write_widget_files(&folder.path().join("widget"));
    let file = format!("issues/{}", case.files[0].0);
    let mut commands = vec![
        vec!["check", &file],
        vec!["check", "issues", "--format", "json"],
        vec!["check", &file, "--format", "sarif"],
        vec!["probe", &file],
    ];
    if !file.ends_with(".json") {
        commands.push(vec!["import", &file, "-o", "issue.json"]);
        commands.push(vec![
            "build",
            "issues",
            "-o",
            "site",
            "--widget",
            "widget",
            "--site",
            "https://cdn.example/",
        ]);
    }
    // An unoptimized program takes a quarter of an hour for all commands. The last one does the most.
    let skipped = if cfg!(debug_assertions) {
        commands.len() - 1
    } else {
        0
    };
    let failures: Vec<_> = commands
        .iter()
        .skip(skipped)
        .filter_map(|arguments| find_failure(folder.path(), arguments))
        .collect();
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n"))
    }
}

/// Runs the program with limits. It must end by itself, with a result or a message.
fn find_failure(folder: &Path, arguments: &[&str]) -> Option<String> {
    let script = format!("ulimit -d {MEMORY} && ulimit -t {SECONDS} && exec \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, "sh"])
        .arg(tool("DIGEST_PRESS"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let Output {
        status,
        stdout,
        stderr,
    } = output;
    let is_clean =
        matches!(status.code(), Some(0 | 1)) && !(stdout.is_empty() && stderr.is_empty());
    if is_clean {
        return None;
    }
    let start: String = String::from_utf8_lossy(&stderr).chars().take(300).collect();
    Some(format!("{}: {status}: {start}", arguments.join(" ")))
}

fn write_widget_files(folder: &Path) {
    fs::create_dir(folder).unwrap();
    for name in REQUIRED_WIDGET_FILES {
        fs::write(folder.join(name), name).unwrap();
    }
}
