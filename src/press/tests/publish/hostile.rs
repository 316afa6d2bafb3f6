//! Folders that someone else has prepared: links, pipes and work folders.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::{Workspace, newsletter, stderr};

/// A workspace with one newsletter and, outside its issues, a file that must stay private.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &newsletter("1", "Radar", "It works."));
    workspace.write("secret/key.md", "SECRET = 1");
    workspace
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Runs `check` and `build`, which must refuse the issues with this message.
fn assert_refused(workspace: &Workspace, expected: &str) {
    let build = workspace.build_command("issues").output().unwrap();
    let check = Command::new(env!("CARGO_BIN_EXE_digest-press"))
        .current_dir(workspace.0.path())
        .args(["check", "issues"])
        .output()
        .unwrap();
    let check = String::from_utf8(check.stdout).unwrap();
    for output in [stderr(&build), check] {
        assert!(output.contains(expected), "{output}");
        assert!(!output.contains("SECRET"), "{output}");
    }
    assert_eq!(build.status.code(), Some(1));
    assert!(!workspace.path("site").exists());
}

#[test]
fn settings_that_are_a_link_out_of_the_folder_are_refused() {
    let workspace = workspace();
    symlink("../secret/key.md", workspace.path("issues/press.toml")).unwrap();
    assert_refused(&workspace, "leads out of the folder");
}

#[test]
fn references_out_of_the_folder_are_refused() {
    let workspace = workspace();
    let secret = workspace.path("secret/key.md");
    for references in ["../secret/key.md", secret.to_str().unwrap(), "link.md"] {
        if references == "link.md" {
            symlink("../secret/key.md", workspace.path("issues/link.md")).unwrap();
        }
        workspace.write(
            "issues/press.toml",
            &format!("references = {references:?}\n"),
        );
        assert_refused(&workspace, "leads out of the folder");
    }
}

#[test]
fn references_through_a_linked_folder_are_refused() {
    let workspace = workspace();
    symlink("../secret", workspace.path("issues/shared")).unwrap();
    workspace.write("issues/press.toml", "references = \"shared/key.md\"\n");
    assert_refused(&workspace, "leads out of the folder");
}

#[test]
fn pipes_are_refused_and_not_waited_for() {
    for name in ["press.toml", "2.md", "2.docx", "2.html"] {
        let workspace = workspace();
        make_pipe(&workspace.path(&format!("issues/{name}")));
        assert_refused(&workspace, "it is not a regular file");
    }
    let workspace = workspace();
    make_pipe(&workspace.path("issues/references.md"));
    workspace.write("issues/press.toml", "references = \"references.md\"\n");
    assert_refused(&workspace, "it is not a regular file");
}

#[test]
fn devices_are_refused() {
    let workspace = workspace();
    for name in ["press.toml", "2.md"] {
        let path = workspace.path(&format!("issues/{name}"));
        symlink("/dev/zero", &path).unwrap();
        let build = workspace.build_command("issues").output().unwrap();
        assert_eq!(build.status.code(), Some(1), "{}", stderr(&build));
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn links_inside_the_folder_are_followed() {
    let workspace = workspace();
    workspace.write("issues/shared/press.toml", "lang = \"ja\"\n");
    symlink("shared/press.toml", workspace.path("issues/press.toml")).unwrap();
    // An absolute link too.
    workspace.write(
        "issues/shared/2.txt",
        &newsletter("2", "Base", "It is new."),
    );
    let target = fs::canonicalize(workspace.path("issues/shared/2.txt")).unwrap();
    symlink(target, workspace.path("issues/2.md")).unwrap();
    workspace.build();
    let issue = workspace.read("site/issues/digest-2/issue.json");
    assert!(
        issue.contains("\"ja\"") && issue.contains("Base"),
        "{issue}"
    );
}

#[test]
fn picture_that_is_a_pipe_or_a_link_out_of_the_folder_is_refused() {
    let workspace = workspace();
    let text = newsletter("1", "Radar", "It works.").replace("Vol:", "![A](a.png)\n\nVol:");
    workspace.write("issues/1.md", &text);
    let picture = workspace.path("issues/a.png");
    symlink("../secret/key.md", &picture).unwrap();
    assert!(
        workspace
            .build_with_errors()
            .contains("outside the newsletters folder")
    );
    fs::remove_file(&picture).unwrap();
    make_pipe(&picture);
    assert!(
        workspace
            .build_with_errors()
            .contains("is not a file in the issues folder")
    );
}

#[test]
fn work_folder_that_is_a_link_is_refused_and_its_target_stays() {
    let workspace = workspace();
    for name in ["new", "old"] {
        workspace.write(&format!("private/{name}/letter.txt"), "mine");
    }
    symlink("private", workspace.path(".site.digest-press")).unwrap();
    let errors = workspace.build_with_errors();
    assert!(
        errors.contains("is not a work folder of digest-press"),
        "{errors}"
    );
    for name in ["new", "old"] {
        assert_eq!(
            workspace.read(&format!("private/{name}/letter.txt")),
            "mine"
        );
    }
    assert!(!workspace.path("site").exists());
}

#[test]
fn links_in_a_work_folder_are_not_followed() {
    let workspace = workspace();
    workspace.write("private/letter.txt", "mine");
    fs::create_dir(workspace.path(".site.digest-press")).unwrap();
    for name in ["new", "old"] {
        symlink(
            "../private",
            workspace.path(&format!(".site.digest-press/{name}")),
        )
        .unwrap();
    }
    workspace.build();
    assert_eq!(workspace.read("private/letter.txt"), "mine");
    assert!(!workspace.path("site/letter.txt").exists());
    assert!(workspace.path("site/index.html").exists());
}

#[test]
fn lock_that_is_a_pipe_or_a_link_is_refused() {
    let workspace = workspace();
    workspace.write("private/letter.txt", "mine");
    let lock = workspace.path(".site.digest-press/lock");
    fs::create_dir(lock.parent().unwrap()).unwrap();
    make_pipe(&lock);
    workspace.build_with_errors();
    fs::remove_file(&lock).unwrap();
    symlink("../private/letter.txt", &lock).unwrap();
    workspace.build_with_errors();
    assert_eq!(workspace.read("private/letter.txt"), "mine");
}

#[test]
fn list_of_files_that_is_a_pipe_is_an_error() {
    let workspace = workspace();
    workspace.build();
    let list = workspace.path("site/.digest-press/files.json");
    fs::remove_file(&list).unwrap();
    make_pipe(&list);
    workspace.build_with_errors();
}
