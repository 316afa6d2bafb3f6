//! Drafts, and issues of a later day.

use std::process::Command;

use crate::{Workspace, newsletter};

/// Returns a newsletter with a setting that holds it back.
fn held_newsletter(volume: &str, setting: &str) -> String {
    let settings = format!("---\ntitle: Digest\nvolume: {volume}\n{setting}\n---\n\n");
    settings + "Headlines:\n\n- Radar\n\nDetails:\n\n- It was built.\n"
}

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &newsletter("1.1", "Radar", "It was built."));
    workspace
}

#[test]
fn drafts_and_later_days_are_left_out_and_listed() {
    let workspace = workspace();
    let draft = held_newsletter("1.2", "date: 2022-03-12\ndraft: true");
    workspace.write("issues/2.md", &draft);
    workspace.write("issues/3.md", &held_newsletter("1.3", "date: 2199-03-11"));
    workspace.write(
        "issues/Drafts/4.md",
        &newsletter("1.4", "Radar", "It was built."),
    );
    let stderr = workspace.build();
    for part in [
        "warning: this is a draft: it is left out",
        "issues/2.md",
        "remove “draft: true”",
        "this issue is of a later day: it is left out until March 11, 2199",
        "issues/3.md",
        "future = \"publish\"",
        "issues/Drafts/4.md",
        "move it out of the folder of drafts",
        "built site: 1 issue, 3 left out;",
    ] {
        assert!(stderr.contains(part), "expected {part} in {stderr}");
    }
    let archive = workspace.read("site/archive.json");
    assert!(
        archive.contains("digest-1.1") && !archive.contains("digest-1.2"),
        "{archive}"
    );
    assert!(
        !archive.contains("digest-1.3") && !archive.contains("digest-1.4"),
        "{archive}"
    );

    workspace.write("issues/press.toml", "future = \"publish\"\n");
    assert!(
        workspace
            .build()
            .contains("built site: 2 issues, 2 left out;")
    );
    workspace.write("issues/press.toml", "ignore = [\"draft\"]\n");
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“digest-1.3” is published, but its newsletter “3.md”"),
        "{stderr}"
    );
}

#[test]
fn errors_of_drafts_do_not_stop_a_build() {
    let workspace = workspace();
    workspace.write("issues/2.md", "---\ndraft: true\n---\n\nto be written");
    workspace.write("issues/drafts/3.docx", "no document");
    assert!(
        workspace
            .build()
            .contains("built site: 1 issue, 2 left out;")
    );
}

#[test]
fn folder_with_drafts_only_is_an_error() {
    let workspace = workspace();
    workspace.remove("issues/1.md");
    let draft = held_newsletter("1.2", "date: 2022-03-12\ndraft: true");
    workspace.write("issues/2.md", &draft);
    let stderr = workspace.build_with_errors();
    assert!(stderr.contains("there is nothing to publish"), "{stderr}");
    assert!(
        stderr.ends_with("\n1 error and 1 warning, nothing written\n"),
        "{stderr}"
    );
    assert!(!workspace.path("site").exists());
}

#[test]
fn published_issue_that_becomes_a_draft_is_an_error() {
    let workspace = workspace();
    workspace.write("issues/2.md", &newsletter("1.2", "Drills", "They began."));
    workspace.build();
    let draft = held_newsletter("1.2", "date: 2022-03-11\ndraft: true");
    workspace.write("issues/2.md", &draft);
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("“digest-1.2” is published, but its newsletter “2.md” is now a draft"),
        "{stderr}"
    );
}

#[test]
fn ids_in_feeds_stay_when_the_site_moves() {
    let workspace = workspace();
    workspace.build();
    let ids = |text: &str, start: &str, end: &str| -> Vec<String> {
        let parts = text.split(start).skip(1);
        parts
            .filter_map(|part| part.split(end).next())
            .map(str::to_owned)
            .collect()
    };
    let read_ids = || {
        let [atom, json] = ["site/feed.xml", "site/feed.json"].map(|path| workspace.read(path));
        [ids(&atom, "<id>", "</id>"), ids(&json, "\"id\": \"", "\"")]
    };
    let before = read_ids();
    assert_eq!(before.each_ref().map(Vec::len), [2, 1]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
    command
        .current_dir(workspace.path(""))
        .args(["build", "issues", "-o", "site", "--widget", "widget"])
        .args(["--site", "https://elsewhere.example/"]);
    assert!(command.output().unwrap().status.success());
    assert!(
        workspace
            .read("site/feed.xml")
            .contains("https://elsewhere.example/")
    );
    assert_eq!(read_ids(), before);
}
