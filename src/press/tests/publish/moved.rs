//! Issues whose ids change after publication.

use crate::{Workspace, newsletter};

fn published_site() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &newsletter("1.1", "Radar", "It was built."));
    workspace.write("issues/2.md", &newsletter("1.2", "Radar", "It was built."));
    workspace.build();
    workspace
}

#[test]
fn missing_id_is_an_error_until_press_toml_lists_it() {
    let workspace = published_site();
    let before = workspace.site_tree();
    workspace.write("issues/1.md", &newsletter("1.01", "Radar", "It was built."));
    let stderr = workspace.build_with_errors();
    assert!(
        stderr.contains("the issue “digest-1.1”, published from “1.md”, is missing"),
        "{stderr}"
    );
    assert!(
        stderr.contains("\"digest-1.1\" = \"digest-1.01\""),
        "{stderr}"
    );
    assert_eq!(workspace.site_tree(), before);

    workspace.write(
        "issues/press.toml",
        "[moved]\n\"digest-1.1\" = \"digest-1.01\"\n",
    );
    workspace.build();
    for name in ["frame.html", "issue.json", "oembed.json"] {
        let [old, new] = ["digest-1.1", "digest-1.01"]
            .map(|id| workspace.read(&format!("site/issues/{id}/{name}")));
        assert_eq!(old, new, "{name}");
    }
    let page = workspace.read("site/issues/digest-1.1/index.html");
    for part in [
        r#"<link rel="canonical" href="https://cdn.example/issues/digest-1.01/">"#,
        r#"<meta http-equiv="refresh" content="0; url=https://cdn.example/issues/digest-1.01/">"#,
        r#"<a href="https://cdn.example/issues/digest-1.01/">"#,
    ] {
        assert!(page.contains(part), "expected {part} in {page}");
    }
    assert!(
        workspace
            .read("site/_redirects")
            .starts_with("/issues/digest-1.1/ /issues/digest-1.01/ 301\n")
    );

    // Later builds still know the old id.
    workspace.write("issues/press.toml", "");
    assert!(workspace.build_with_errors().contains("digest-1.1"));
}

#[test]
fn issue_can_move_twice_or_be_withdrawn() {
    let workspace = published_site();
    workspace.write("issues/1.md", &newsletter("3", "Radar", "It was built."));
    workspace.remove("issues/2.md");
    workspace.write(
        "issues/press.toml",
        "[moved]\n\"digest-1.1\" = \"b\"\nb = \"digest-3\"\n\"digest-1.2\" = \"\"\n",
    );
    workspace.build();
    assert!(
        workspace
            .read("site/_redirects")
            .contains("/issues/digest-1.1/ /issues/digest-3/ 301")
    );
    assert!(!workspace.path("site/issues/digest-1.2").exists());
    workspace.write(
        "issues/press.toml",
        "[moved]\n\"digest-1.1\" = \"b\"\nb = \"digest-3\"\n",
    );
    workspace.build();
}

#[test]
fn invalid_moves_are_errors() {
    for (settings, expected) in [
        (
            "a = \"b\"",
            "“a” has moved to “b”, but there is no such issue",
        ),
        (
            "a = \"b\"\nb = \"a\"",
            "“a” has moved to “b”, but there is no such issue",
        ),
        (
            "\"digest-1.1\" = \"digest-1.2\"",
            "“digest-1.1” has moved, but there is an issue with this id",
        ),
        ("\"../x\" = \"digest-1.2\"", "“../x”"),
        ("\".\" = \"digest-1.2\"", "“.”"),
    ] {
        let workspace = published_site();
        let before = workspace.site_tree();
        workspace.write("issues/press.toml", &format!("[moved]\n{settings}\n"));
        let stderr = workspace.build_with_errors();
        assert!(stderr.contains(expected), "{settings}: {stderr}");
        assert_eq!(workspace.site_tree(), before);
    }
}

#[test]
fn changed_headline_id_is_a_warning() {
    let workspace = published_site();
    workspace.write(
        "issues/2.md",
        &newsletter("1.2", "Radar site", "It was built."),
    );
    let stderr = workspace.build();
    assert!(
        stderr.contains(
            "“2.md”: published links to “radar” no longer open a headline; new ids: “radar-site”"
        ),
        "{stderr}"
    );
}
