use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::{Changes, Effort, Store, StoreError, lock::Lock, swap};

/// A folder for a site, with nothing beside it.
struct LabeledSpan {
    root: TempDir,
    site: PathBuf,
}

fn place() -> LabeledSpan {
    let root = tempfile::tempdir().unwrap();
    let site = root.path().join("site");
    LabeledSpan { root, site }
}

impl LabeledSpan {
    fn build(&self, files: &[(&str, &str)]) -> Result<Changes, StoreError> {
        let store = Store::begin(&self.site)?;
        for (path, text) in files {
            store.write(path, text.as_bytes(), Effort::Quick)?;
        }
        store.finish()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.site.join(path)).unwrap()
    }

    /// The names beside the site.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.root.path()).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "site")
            .collect()
    }
}

/// Each file with what changes if it is written.
fn stamps(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let files = WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| !entry.file_type().is_dir());
    files
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            (
                entry.path().to_owned(),
                (metadata.ino(), metadata.modified().unwrap()),
            )
        })
        .collect()
}

fn long(text: &str) -> String {
    format!("{text} ").repeat(300)
}

#[test]
fn a_site_is_written_whole_with_compressed_files_beside_the_long_ones() {
    let place = place();
    let changes = place
        .build(&[("index.html", &long("a")), ("issues/1/short.json", "{}")])
        .unwrap();
    assert_eq!(
        changes.written,
        [
            "index.html",
            "index.html.br",
            "index.html.gz",
            "issues/1/short.json"
        ]
    );
    assert_eq!(place.read("issues/1/short.json"), "{}");
    assert_eq!(place.beside(), Vec::<String>::new());
    let mut plain = Vec::new();
    let compressed = fs::read(place.site.join("index.html.br")).unwrap();
    brotli::BrotliDecompress(&mut compressed.as_slice(), &mut plain).unwrap();
    assert_eq!(plain, long("a").into_bytes());
    let compressed = fs::read(place.site.join("index.html.gz")).unwrap();
    libdeflater::Decompressor::new()
        .gzip_decompress(&compressed, &mut plain)
        .unwrap();
    assert_eq!(plain, long("a").into_bytes());
}

#[test]
fn what_did_not_change_is_not_touched() {
    let place = place();
    let [a, b] = [long("a"), long("b")];
    place
        .build(&[("a.html", &a), ("b.html", &b), ("c", "c")])
        .unwrap();
    let before = stamps(&place.site);
    let folder = fs::metadata(&place.site).unwrap().ino();

    let changes = place
        .build(&[("a.html", &a), ("b.html", &b), ("c", "c")])
        .unwrap();
    assert_eq!(
        changes,
        Changes {
            unchanged: 7,
            ..Changes::default()
        }
    );
    assert_eq!(stamps(&place.site), before);
    assert_eq!(fs::metadata(&place.site).unwrap().ino(), folder);

    let changes = place.build(&[("a.html", &a), ("b.html", &a)]).unwrap();
    assert_eq!(changes.written, ["b.html", "b.html.br", "b.html.gz"]);
    assert_eq!(changes.removed, ["c"]);
    assert!(!place.site.join("c").exists());
    let after = stamps(&place.site);
    for path in ["a.html", "a.html.br", "a.html.gz"].map(|path| place.site.join(path)) {
        assert_eq!(after[&path], before[&path], "{}", path.display());
    }
}

#[test]
fn what_was_damaged_is_mended() {
    let place = place();
    let files = [
        ("a.html", &*long("a")),
        ("b.html", &*long("b")),
        ("c.html", &*long("c")),
    ];
    place.build(&files).unwrap();
    fs::write(place.site.join("a.html"), long("x")).unwrap();
    fs::write(place.site.join("b.html.br"), "").unwrap();
    fs::remove_file(place.site.join("c.html.gz")).unwrap();
    let changes = place.build(&files).unwrap();
    // What is beside a changed file is made anew, and comes out the same.
    assert_eq!(changes.written, ["a.html", "b.html.br", "c.html.gz"]);
    assert_eq!(place.read("a.html"), long("a"));
}

#[test]
fn what_others_put_into_the_site_stays() {
    let place = place();
    place.build(&[("a", "1")]).unwrap();
    fs::write(place.site.join("robots.txt"), "mine").unwrap();
    fs::create_dir(place.site.join("mine")).unwrap();
    symlink("/etc/hostname", place.site.join("mine/link")).unwrap();
    let before = stamps(&place.site);
    place.build(&[("a", "2")]).unwrap();
    let after = stamps(&place.site);
    for path in ["robots.txt", "mine/link"].map(|path| place.site.join(path)) {
        assert_eq!(after[&path], before[&path]);
    }
    assert_eq!(
        fs::read_link(place.site.join("mine/link")).unwrap(),
        Path::new("/etc/hostname")
    );
}

#[test]
fn what_others_put_where_a_file_of_the_site_has_to_be_is_named_and_stays() {
    for (theirs, ours) in [("a", "a"), ("a", "a/b"), ("a/b", "a")] {
        let place = place();
        place.build(&[("index.html", "1")]).unwrap();
        let theirs = place.site.join(theirs);
        fs::create_dir_all(theirs.parent().unwrap()).unwrap();
        fs::write(&theirs, "mine").unwrap();
        let error = place
            .build(&[("index.html", "2"), (ours, "ours")])
            .unwrap_err();
        assert!(
            matches!(&error, StoreError::InTheWay { path, .. } if *path == theirs.canonicalize().unwrap()),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&theirs).unwrap(), "mine");
        assert_eq!(place.read("index.html"), "1");
        assert_eq!(place.beside(), Vec::<String>::new());
    }
}

#[test]
fn a_folder_that_somebody_else_filled_is_refused() {
    let place = place();
    fs::create_dir(&place.site).unwrap();
    place
        .build(&[("a", "1")])
        .expect("an empty folder can be filled");
    fs::remove_dir_all(place.site.join(".digest-press")).unwrap();
    let before = stamps(&place.site);
    assert!(matches!(
        place.build(&[("a", "2")]),
        Err(StoreError::NotOurs { .. })
    ));
    assert_eq!(stamps(&place.site), before);
    fs::write(place.site.join(".digest-press"), "").unwrap();
    assert!(place.build(&[("a", "2")]).is_err());
}

#[test]
fn no_path_leads_out_of_the_site() {
    let place = place();
    for path in [
        "",
        "/a",
        "../a",
        "a/../../b",
        "a//b",
        "./a",
        "a/",
        "a\\b",
        "c:a",
        "a\0",
    ] {
        let error = place.build(&[(path, "x")]).unwrap_err();
        assert!(
            matches!(error, StoreError::Outside { .. }),
            "{path:?}: {error}"
        );
    }
    assert!(matches!(
        place.build(&[("a", "1"), ("a", "1")]),
        Err(StoreError::Twice { .. })
    ));
    assert_eq!(place.beside(), Vec::<String>::new());
}

#[test]
fn a_link_in_the_site_is_neither_followed_nor_written_through() {
    let place = place();
    let outside = place.root.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "1").unwrap();
    place.build(&[("a", "1"), ("f/a", "1")]).unwrap();
    // The file is the same through the link, and still it is written as a file.
    fs::remove_file(place.site.join("a")).unwrap();
    symlink(outside.join("a"), place.site.join("a")).unwrap();
    assert_eq!(
        place.build(&[("a", "1"), ("f/a", "1")]).unwrap().written,
        ["a"]
    );
    assert!(
        fs::symlink_metadata(place.site.join("a"))
            .unwrap()
            .is_file()
    );

    fs::remove_dir_all(place.site.join("f")).unwrap();
    symlink(&outside, place.site.join("f")).unwrap();
    assert!(matches!(
        place.build(&[("a", "1"), ("f/a", "2")]),
        Err(StoreError::InTheWay { .. })
    ));
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "1");
}

#[test]
fn an_output_that_is_a_link_stays_one() {
    let place = place();
    let real = place.root.path().join("real");
    fs::create_dir(&real).unwrap();
    symlink(&real, &place.site).unwrap();
    place.build(&[("a", "1")]).unwrap();
    place.build(&[("a", "2")]).unwrap();
    assert_eq!(fs::read_link(&place.site).unwrap(), real);
    assert_eq!(fs::read_to_string(real.join("a")).unwrap(), "2");
    fs::remove_dir_all(&real).unwrap();
    assert!(
        place.build(&[("a", "3")]).is_err(),
        "the link leads nowhere"
    );
}

#[test]
fn a_folder_that_cannot_be_replaced_is_refused() {
    let here = std::env::current_dir().unwrap();
    for output in [
        Path::new("/"),
        Path::new(".."),
        Path::new("."),
        &here,
        &here.join("Cargo.toml"),
        Path::new("no/.."),
    ] {
        let error = Store::begin(output).unwrap_err();
        assert!(
            matches!(error, StoreError::NotReplaceable { .. }),
            "{}: {error}",
            output.display()
        );
    }
}

#[test]
fn two_builds_at_once_do_not_meet() {
    let place = place();
    let first = Store::begin(&place.site).unwrap();
    first.write("a", b"1", Effort::Quick).unwrap();
    assert!(matches!(
        place.build(&[("a", "2")]),
        Err(StoreError::Locked { .. })
    ));
    first.finish().unwrap();
    assert_eq!(place.read("a"), "1");
    place.build(&[("a", "2")]).unwrap();
}

#[test]
fn what_an_ended_build_left_is_removed() {
    let place = place();
    place.build(&[("a", "1")]).unwrap();
    let work = place.root.path().join(".site.digest-press");
    for folder in ["new", "old"] {
        fs::create_dir_all(work.join(folder)).unwrap();
        fs::write(work.join(folder).join("a"), "half").unwrap();
    }
    place.build(&[("a", "1")]).unwrap();
    assert_eq!(place.read("a"), "1");
    assert_eq!(place.beside(), Vec::<String>::new());
}

#[test]
fn where_folders_cannot_be_exchanged_they_are_renamed_and_an_ended_build_is_undone() {
    let place = place();
    place.build(&[("a", "old")]).unwrap();
    let lock = Lock::take(&place.site).unwrap();
    fs::create_dir(lock.new_folder()).unwrap();
    fs::write(lock.new_folder().join("a"), "new").unwrap();
    swap::swap_in_two_steps(&lock.new_folder(), &place.site, &lock.old_folder()).unwrap();
    assert_eq!(place.read("a"), "new");

    // Ended between the two steps: only the old one is there.
    fs::rename(&place.site, lock.new_folder()).unwrap();
    swap::recover(&place.site, &lock).unwrap();
    assert_eq!(place.read("a"), "old");
    drop(lock);
    assert_eq!(place.beside(), Vec::<String>::new());

    // Nothing to put there: the old one comes back at once.
    let lock = Lock::take(&place.site).unwrap();
    swap::swap_in_two_steps(&lock.new_folder(), &place.site, &lock.old_folder()).unwrap_err();
    assert_eq!(place.read("a"), "old");
}

#[cfg(unix)]
#[test]
fn the_folder_keeps_who_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    place.build(&[("a", "1")]).unwrap();
    fs::set_permissions(&place.site, fs::Permissions::from_mode(0o750)).unwrap();
    place.build(&[("a", "2")]).unwrap();
    assert_eq!(
        fs::metadata(&place.site).unwrap().permissions().mode() & 0o777,
        0o750
    );
}
