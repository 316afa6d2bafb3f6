//! Errors that stop a build.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::{Workspace, newsletter, read_tree};

fn valid_newsletter() -> String {
    newsletter("1.1", "Radar", "It was built.")
}

#[test]
fn errors_of_all_newsletters_are_listed_in_order_and_nothing_is_written() {
    let workspace = Workspace::new();
    workspace.write(
        "issues/a.md",
        &valid_newsletter()
            .replace("Date: March 11, 2022", "")
            .replace("Vol: 1.1", ""),
    );
    workspace.write("issues/b.md", &valid_newsletter());
    workspace.write(
        "issues/c/d.markdown",
        &valid_newsletter().replace("March 11", "March 32"),
    );
    workspace.write("issues/e.md", &"a".repeat(1024 * 1024 + 1));
    let stderr = workspace.build_with_errors();
    let errors: Vec<_> = stderr
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(errors.len(), 4, "{stderr}");
    for (error, part) in errors.iter().zip([
        "Date",
        "Vol",
        "date is not understood",
        "issues/e.md” is larger than 1048576 bytes",
    ]) {
        assert!(error.contains(part), "expected {part} in {error}");
    }
    assert!(
        stderr.contains("issues/a.md") && stderr.contains("issues/c/d.markdown:5"),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("\n4 errors, nothing written\n"),
        "{stderr}"
    );
    assert!(!workspace.path("site").exists());
}

#[test]
fn other_files_are_skipped() {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &valid_newsletter());
    workspace.write("issues/press.toml", "references = \"links.md\"\n");
    for name in [
        "README.md",
        "sub/readme.MD",
        "links.md",
        ".draft.md",
        ".git/a.md",
        "notes.pages",
        "image.png",
    ] {
        workspace.write(&format!("issues/{name}"), "no newsletter");
    }
    assert!(workspace.build().contains("built site: 1 issue;"));
}

#[test]
fn date_can_come_from_the_file_name() {
    let workspace = Workspace::new();
    workspace.write("issues/press.toml", "date = \"file-name\"\n");
    workspace.write(
        "issues/2022-03-11-radar.md",
        &valid_newsletter().replace("Date: March 11, 2022", ""),
    );
    workspace.build();
    assert!(
        workspace
            .read("site/issues/digest-1.1/issue.json")
            .contains("\"date\": \"2022-03-11\"")
    );
    workspace.write(
        "issues/drills.md",
        &newsletter("1.2", "Drills", "They began."),
    );
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("the file name “drills.md” does not contain one date"),
        "{stderr}"
    );
    assert!(stderr.contains("issues/drills.md\n"), "{stderr}");
}

#[test]
fn duplicate_ids_are_an_error() {
    let workspace = Workspace::new();
    workspace.write("issues/a.md", &valid_newsletter());
    workspace.write("issues/b/a.md", &valid_newsletter());
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“a.md” and “b/a.md” have the same id, “digest-1.1”"),
        "{stderr}"
    );
}

#[test]
fn missing_or_empty_folder_is_an_error() {
    let workspace = Workspace::new();
    let stderr = workspace.build_with_errors();
    assert!(stderr.contains("“issues” cannot be read"), "{stderr}");
    workspace.write("issues/README.md", "");
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“issues” contains no newsletters"),
        "{stderr}"
    );
}

#[test]
fn links_out_of_the_folder_are_errors() {
    let workspace = Workspace::new();
    workspace.write("elsewhere/1.md", &valid_newsletter());
    workspace.write("issues/2.md", &newsletter("1.2", "Radar", "It was built."));
    for (link, target) in [
        ("issues/1.md", "../elsewhere/1.md"),
        ("issues/old", "../elsewhere"),
        ("issues/3.md", "no.md"),
    ] {
        symlink(target, workspace.path(link)).unwrap();
        let stderr = workspace.build_with_errors();
        assert!(stderr.contains(link), "{stderr}");
        fs::remove_file(workspace.path(link)).unwrap();
    }
    symlink("2.md", workspace.path("issues/again.md")).unwrap();
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“2.md” and “again.md” have the same id"),
        "{stderr}"
    );
}

#[test]
fn pipe_is_an_error_and_not_read() {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &valid_newsletter());
    assert!(
        Command::new("mkfifo")
            .arg(workspace.path("issues/2.md"))
            .status()
            .unwrap()
            .success()
    );
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("issues/2.md” cannot be read: it is not a regular file"),
        "{stderr}"
    );
}

#[test]
fn overlapping_folders_are_an_error() {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &valid_newsletter());
    let before = read_tree(&workspace.path("issues"));
    for output in [
        "issues",
        "issues/site",
        "issues/new/site",
        ".",
        "issues/../issues",
    ] {
        let output = workspace
            .build_command("issues")
            .args(["-o", output])
            .output()
            .unwrap();
        assert_ne!(output.status.code(), Some(0));
    }
    symlink("issues", workspace.path("link")).unwrap();
    for output in [
        "issues",
        "issues/site",
        "issues/new/site",
        ".",
        "link",
        "link/site",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
        command
            .current_dir(workspace.path(""))
            .args(["build", "issues", "-o", output, "--widget", "widget"]);
        let stderr = command
            .args(["--site", "https://cdn.example/"])
            .output()
            .unwrap();
        assert_eq!(stderr.status.code(), Some(1), "{output}");
        let stderr = String::from_utf8(stderr.stderr).unwrap();
        assert!(stderr.contains("overlap"), "{output}: {stderr}");
        assert_eq!(read_tree(&workspace.path("issues")), before, "{output}");
    }
}

#[test]
fn incomplete_widget_folder_is_an_error() {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &valid_newsletter());
    workspace.remove("widget/frame.html");
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“widget” is not the widget's folder: “frame.html” is missing"),
        "{stderr}"
    );
    workspace.write("widget/frame.html", "");
    symlink("/etc/hostname", workspace.path("widget/link.js")).unwrap();
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“widget/link.js”, one of the widget's files, is a symbolic link"),
        "{stderr}"
    );
}

#[test]
fn missing_site_address_is_an_error() {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &valid_newsletter());
    let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
    command
        .current_dir(workspace.path(""))
        .args(["build", "issues", "-o", "site", "--widget", "widget"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(crate::stderr(&output).contains("the address of the site is missing"));
    workspace.write(
        "issues/press.toml",
        "site = \"https://cdn.example/digest\"\n",
    );
    assert!(command.output().unwrap().status.success());
    assert!(
        workspace
            .read("site/index.html")
            .contains("https://cdn.example/digest/")
    );
}
