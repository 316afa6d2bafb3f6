//! `latest/`: the newest issue at an address that stays.

use std::path::Path;

use serde_json::Value;

use crate::{Tree, Workspace, newsletter};

const NAMES: [&str; 6] = [
    "cms.html",
    "frame.html",
    "index.html",
    "issue.json",
    "oembed.json",
    "snippet.html",
];

fn published_site() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &newsletter("1.1", "Radar", "It was built."));
    workspace.build();
    workspace
}

/// Returns the site's files that are below a folder.
fn files_below(tree: &Tree, folder: &str) -> Tree {
    tree.iter()
        .filter(|(path, _)| path.starts_with(folder))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

/// Checks that `latest/` shows this issue.
#[track_caller]
fn expect_latest(workspace: &Workspace, id: &str) {
    let read = |folder: &str, name: &str| workspace.read(&format!("site/{folder}/{name}"));
    let own = format!("issues/{id}");
    assert_eq!(
        without_archive(&read("latest", "issue.json")),
        without_archive(&read(&own, "issue.json"))
    );
    let page = format!("https://cdn.example/{own}/");
    let index = read("latest", "index.html");
    for part in [
        format!(r#"<link rel="canonical" href="{page}">"#),
        format!(r#"<meta property="og:url" content="{page}">"#),
        format!(r#"<meta name="citation_public_url" content="{page}">"#),
        format!(r#"<a href="{page}citations.bib">"#),
        format!(r#"<a href="{page}" dir="ltr">{page}</a>"#),
    ] {
        assert!(index.contains(&part), "expected {part} in {index}");
    }
    assert_eq!(
        read("latest", "snippet.html").replace("/latest/", &format!("/{own}/")),
        remove_number(&read(&own, "snippet.html")),
    );
}

/// Removes the addresses of other issues, which are relative to the folder.
fn without_archive(issue: &str) -> Value {
    let mut issue: Value = serde_json::from_str(issue).unwrap();
    let archive = issue.as_object_mut().unwrap().remove("archive");
    assert!(archive.is_some(), "{issue}");
    issue
}

/// Removes the number from the link that a snippet shows before the digest.
fn remove_number(snippet: &str) -> String {
    let (start, link) = snippet.rsplit_once("Digest Vol ").unwrap();
    format!(
        "{start}Digest{}",
        link.trim_start_matches(|letter| letter != '<')
    )
}

#[test]
fn newer_issue_replaces_the_latest_and_leaves_the_older_one() {
    let workspace = published_site();
    expect_latest(&workspace, "digest-1.1");
    let before = workspace.site_tree();
    for name in NAMES {
        assert!(
            before.contains_key(&Path::new("latest").join(name)),
            "{name}"
        );
    }
    workspace.write("issues/2.md", &newsletter("1.2", "Drills", "They began."));
    workspace.build();
    expect_latest(&workspace, "digest-1.2");
    let after = workspace.site_tree();
    let [old, new] = [&before, &after].map(|tree| {
        let mut files = files_below(tree, "issues/digest-1.1");
        // The page and issue.json lead to the next issue.
        files.retain(|path, _| {
            let path = path.to_string_lossy();
            !path.contains("index.html") && !path.contains("issue.json")
        });
        files
    });
    assert!(old.len() > NAMES.len());
    assert!(old == new, "files of the older issue changed");
    assert_eq!(
        before[Path::new("latest/oembed.json")],
        after[Path::new("latest/oembed.json")],
        "embedding sites keep it for a day"
    );
}

#[test]
fn older_issue_that_is_added_later_is_not_the_latest() {
    let workspace = published_site();
    let read = || without_archive(&workspace.read("site/latest/issue.json"));
    let before = read();
    let older = newsletter("1.2", "Drills", "They began.").replace("2022", "2021");
    workspace.write("issues/2.md", &older);
    workspace.build();
    expect_latest(&workspace, "digest-1.1");
    assert_eq!(read(), before);
}

#[test]
fn withdrawn_issue_leaves_the_latest_to_the_one_before() {
    let workspace = published_site();
    workspace.write("issues/2.md", &newsletter("1.2", "Drills", "They began."));
    workspace.build();
    workspace.remove("issues/2.md");
    workspace.write("issues/press.toml", "[moved]\n\"digest-1.2\" = \"\"\n");
    workspace.build();
    expect_latest(&workspace, "digest-1.1");
    let page = workspace.read("site/latest/index.html");
    assert!(!page.contains("digest-1.2"), "{page}");
}

#[test]
fn drafts_and_later_days_are_never_the_latest() {
    let workspace = published_site();
    let newsletter = newsletter("1.2", "Drills", "They began.");
    workspace.write("issues/drafts/2.md", &newsletter);
    workspace.write("issues/3.md", &newsletter.replace("2022", "2199"));
    workspace.build();
    expect_latest(&workspace, "digest-1.1");
}

#[test]
fn foreign_file_in_the_latest_folder_stays() {
    let workspace = published_site();
    workspace.write("site/latest/notes.txt", "An editor's own notes");
    workspace.build();
    assert_eq!(
        workspace.read("site/latest/notes.txt"),
        "An editor's own notes"
    );
    expect_latest(&workspace, "digest-1.1");
}

#[test]
fn picture_of_the_latest_is_relative_to_its_folder() {
    let workspace = Workspace::new();
    let text = newsletter("1.1", "Radar", "It was built.")
        .replace("Headlines:", "![The radar](radar.png)\n\nHeadlines:");
    workspace.write("issues/1.md", &text);
    image::RgbImage::new(6, 4)
        .save(workspace.path("issues/radar.png"))
        .unwrap();
    workspace.build();
    let read = |folder: &str| workspace.read(&format!("site/{folder}/issue.json"));
    let latest = read("latest");
    assert!(latest.contains("\"../images/"), "{latest}");
    assert_eq!(
        without_archive(&latest.replace("\"../images/", "\"../../images/")),
        without_archive(&read("issues/digest-1.1"))
    );
}
