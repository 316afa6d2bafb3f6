//! Builds after changes write only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::SystemTime;

use walkdir::WalkDir;

use crate::{Workspace, newsletter};

/// The inode and time of each file, which change when it is written.
type Stamps = BTreeMap<PathBuf, (u64, SystemTime)>;

fn stamp_site(workspace: &Workspace) -> Stamps {
    let entries = WalkDir::new(workspace.path("site"))
        .into_iter()
        .map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            let path = entry
                .path()
                .strip_prefix(workspace.path("site"))
                .unwrap()
                .to_owned();
            (path, (metadata.ino(), metadata.modified().unwrap()))
        })
        .collect()
}

/// Returns the files that differ, without compressed versions.
fn find_written(before: &Stamps, after: &Stamps) -> BTreeSet<String> {
    let written = after
        .iter()
        .filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let names = written.map(|(path, _)| path.to_str().unwrap().to_owned());
    names
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        .collect()
}

#[test]
fn only_changed_files_are_written() {
    let workspace = Workspace::new();
    for number in 1..=5 {
        let text = newsletter(&format!("1.{number}"), "Radar", "It was built.");
        workspace.write(&format!("issues/{number}.md"), &text);
    }
    workspace.build();
    let first = stamp_site(&workspace);
    assert!(workspace.build().contains(" 0 files written"));
    assert_eq!(stamp_site(&workspace), first);

    workspace.write(
        "issues/3.md",
        &newsletter("1.3", "Radar", "It was not built."),
    );
    workspace.build();
    let second = stamp_site(&workspace);
    let expected = [
        ".digest-press/files.json",
        "feed.json",
        "feed.xml",
        "issues/digest-1.3/cms.html",
        "issues/digest-1.3/frame.html",
        "issues/digest-1.3/index.html",
        "issues/digest-1.3/issue.json",
        "issues/digest-1.3/snippet.html",
        "search.json",
    ];
    assert_eq!(
        find_written(&first, &second),
        expected.map(str::to_owned).into()
    );

    // The page and the issue.json of the issue before a new one lead to it.
    workspace.write("issues/6.md", &newsletter("1.6", "Radar", "It was built."));
    workspace.build();
    let written = find_written(&second, &stamp_site(&workspace));
    let others: BTreeSet<_> = written
        .iter()
        .filter(|path| !path.contains("digest-1.6/"))
        .map(String::as_str)
        .collect();
    let expected = [
        ".digest-press/files.json",
        ".digest-press/issues.json",
        "archive.json",
        "feed.json",
        "feed.xml",
        "index.html",
        "issues/digest-1.5/index.html",
        "issues/digest-1.5/issue.json",
        "latest/cms.html",
        "latest/frame.html",
        "latest/index.html",
        "latest/issue.json",
        "latest/snippet.html",
        "search.json",
        "series.js",
    ];
    assert_eq!(others, expected.into());
}

#[test]
fn old_engine_files_stay_for_cached_pages() {
    let workspace = Workspace::new();
    workspace.write("issues/1.md", &newsletter("1.1", "Radar", "It was built."));
    let old = ["digest-0.1.0.js", "digest-widget-0123456789abcdef.wasm"];
    for name in old {
        workspace.write(&format!("widget/{name}"), &name.repeat(30));
    }
    workspace.write("widget/extra.js", "extra");
    workspace.build();
    let before = stamp_site(&workspace);
    for name in old {
        workspace.remove(&format!("widget/{name}"));
    }
    workspace.remove("widget/extra.js");
    workspace.write("widget/digest-0.2.0.js", "new");
    let stderr = workspace.build();
    assert!(stderr.contains(" 1 removed"), "{stderr}");
    let after = stamp_site(&workspace);
    for name in old
        .iter()
        .flat_map(|name| ["", ".br", ".gz"].map(|ending| PathBuf::from(format!("{name}{ending}"))))
    {
        assert_eq!(after[&name], before[&name], "{}", name.display());
    }
    assert!(
        workspace
            .read("site/_headers")
            .contains("digest-0.1.0.js\n  Cache-Control: public, max-age=31536000")
    );
    assert!(!after.contains_key(&PathBuf::from("extra.js")));
}
