use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::SystemTime;

use walkdir::WalkDir;

use crate::{LabeledSpan, newsletter};

/// What changes of a file if it is written.
type Stamps = BTreeMap<PathBuf, (u64, SystemTime)>;

fn stamps(place: &LabeledSpan) -> Stamps {
    let entries = WalkDir::new(place.path("site"))
        .into_iter()
        .map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            let path = entry
                .path()
                .strip_prefix(place.path("site"))
                .unwrap()
                .to_owned();
            (path, (metadata.ino(), metadata.modified().unwrap()))
        })
        .collect()
}

/// The plain files that differ, the compressed ones beside them left out.
fn written(before: &Stamps, after: &Stamps) -> BTreeSet<String> {
    let written = after
        .iter()
        .filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let names = written.map(|(path, _)| path.to_str().unwrap().to_owned());
    names
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        .collect()
}

#[test]
fn only_what_changed_is_written() {
    let place = LabeledSpan::new();
    for number in 1..=5 {
        let text = newsletter(&format!("1.{number}"), "Radar", "It was built.");
        place.write(&format!("issues/{number}.md"), &text);
    }
    place.build();
    let first = stamps(&place);
    assert!(place.build().contains(" 0 files written"));
    assert_eq!(stamps(&place), first);

    place.write(
        "issues/3.md",
        &newsletter("1.3", "Radar", "It was not built."),
    );
    place.build();
    let second = stamps(&place);
    let expected = [
        ".digest-press/files.json",
        "feed.json",
        "feed.xml",
        "issues/digest-1.3/cms.html",
        "issues/digest-1.3/index.html",
        "issues/digest-1.3/issue.json",
        "issues/digest-1.3/snippet.html",
    ];
    assert_eq!(written(&first, &second), expected.map(str::to_owned).into());

    // The pages beside a new issue link to it.
    place.write("issues/6.md", &newsletter("1.6", "Radar", "It was built."));
    place.build();
    let written = written(&second, &stamps(&place));
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
    ];
    assert_eq!(others, expected.into());
}

#[test]
fn what_a_loader_or_a_page_may_still_ask_for_stays() {
    let place = LabeledSpan::new();
    place.write("issues/1.md", &newsletter("1.1", "Radar", "It was built."));
    let old = ["digest-0.1.0.js", "digest-widget-0123456789abcdef.wasm"];
    for name in old {
        place.write(&format!("widget/{name}"), &name.repeat(30));
    }
    place.write("widget/extra.js", "extra");
    place.build();
    let before = stamps(&place);
    for name in old {
        place.remove(&format!("widget/{name}"));
    }
    place.remove("widget/extra.js");
    place.write("widget/digest-0.2.0.js", "new");
    let said = place.build();
    assert!(said.contains(" 1 removed"), "{said}");
    let after = stamps(&place);
    for name in old
        .iter()
        .flat_map(|name| ["", ".br", ".gz"].map(|ending| PathBuf::from(format!("{name}{ending}"))))
    {
        assert_eq!(after[&name], before[&name], "{}", name.display());
    }
    assert!(
        place
            .read("site/_headers")
            .contains("digest-0.1.0.js\n  Cache-Control: public, max-age=31536000")
    );
    assert!(!after.contains_key(&PathBuf::from("extra.js")));
}
