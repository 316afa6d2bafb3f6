//! Tests of the store, on real folders.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::{Changes, Effort, Store, StoreError, lock::Lock, swap};

/// An output folder, `site`, in an empty folder.
struct Output {
    root: TempDir,
    site: PathBuf,
}

impl Output {
    fn new() -> Output {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        Output { root, site }
    }

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

    /// Returns the names of the files beside the site.
    fn names_beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.root.path()).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "site")
            .collect()
    }
}

/// Returns the inode and time of each file, which change when it is written.
fn stamp_files(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
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

fn repeat_text(text: &str) -> String {
    format!("{text} ").repeat(300)
}

#[test]
fn long_files_get_compressed_versions() {
    let output = Output::new();
    let changes = output
        .build(&[
            ("index.html", &repeat_text("a")),
            ("issues/1/short.json", "{}"),
        ])
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
    assert_eq!(output.read("issues/1/short.json"), "{}");
    assert_eq!(output.names_beside(), Vec::<String>::new());
    let mut plain = Vec::new();
    let compressed = fs::read(output.site.join("index.html.br")).unwrap();
    brotli::BrotliDecompress(&mut compressed.as_slice(), &mut plain).unwrap();
    assert_eq!(plain, repeat_text("a").into_bytes());
    let compressed = fs::read(output.site.join("index.html.gz")).unwrap();
    libdeflater::Decompressor::new()
        .gzip_decompress(&compressed, &mut plain)
        .unwrap();
    assert_eq!(plain, repeat_text("a").into_bytes());
}

#[test]
fn unchanged_files_are_not_touched() {
    let output = Output::new();
    let [a, b] = [repeat_text("a"), repeat_text("b")];
    output
        .build(&[("a.html", &a), ("b.html", &b), ("c", "c")])
        .unwrap();
    let before = stamp_files(&output.site);
    let folder = fs::metadata(&output.site).unwrap().ino();

    let changes = output
        .build(&[("a.html", &a), ("b.html", &b), ("c", "c")])
        .unwrap();
    assert_eq!(
        changes,
        Changes {
            unchanged: 7,
            ..Changes::default()
        }
    );
    assert_eq!(stamp_files(&output.site), before);
    assert_eq!(fs::metadata(&output.site).unwrap().ino(), folder);

    let changes = output.build(&[("a.html", &a), ("b.html", &a)]).unwrap();
    assert_eq!(changes.written, ["b.html", "b.html.br", "b.html.gz"]);
    assert_eq!(changes.removed, ["c"]);
    assert!(!output.site.join("c").exists());
    let after = stamp_files(&output.site);
    for path in ["a.html", "a.html.br", "a.html.gz"].map(|path| output.site.join(path)) {
        assert_eq!(after[&path], before[&path], "{}", path.display());
    }
}

#[test]
fn damaged_files_are_restored() {
    let output = Output::new();
    let files = [
        ("a.html", &*repeat_text("a")),
        ("b.html", &*repeat_text("b")),
        ("c.html", &*repeat_text("c")),
    ];
    output.build(&files).unwrap();
    fs::write(output.site.join("a.html"), repeat_text("x")).unwrap();
    fs::write(output.site.join("b.html.br"), "").unwrap();
    fs::remove_file(output.site.join("c.html.gz")).unwrap();
    let changes = output.build(&files).unwrap();
    // The compressed versions of a changed file are made again, and come out the same.
    assert_eq!(changes.written, ["a.html", "b.html.br", "c.html.gz"]);
    assert_eq!(output.read("a.html"), repeat_text("a"));
}

#[test]
fn files_of_others_stay() {
    let output = Output::new();
    output.build(&[("a", "1")]).unwrap();
    fs::write(output.site.join("robots.txt"), "mine").unwrap();
    fs::create_dir(output.site.join("mine")).unwrap();
    symlink("/etc/hostname", output.site.join("mine/link")).unwrap();
    let before = stamp_files(&output.site);
    output.build(&[("a", "2")]).unwrap();
    let after = stamp_files(&output.site);
    for path in ["robots.txt", "mine/link"].map(|path| output.site.join(path)) {
        assert_eq!(after[&path], before[&path]);
    }
    assert_eq!(
        fs::read_link(output.site.join("mine/link")).unwrap(),
        Path::new("/etc/hostname")
    );
}

#[test]
fn conflicting_file_of_others_is_an_error_and_stays() {
    for (theirs, ours) in [("a", "a"), ("a", "a/b"), ("a/b", "a")] {
        let output = Output::new();
        output.build(&[("index.html", "1")]).unwrap();
        let theirs = output.site.join(theirs);
        fs::create_dir_all(theirs.parent().unwrap()).unwrap();
        fs::write(&theirs, "mine").unwrap();
        let error = output
            .build(&[("index.html", "2"), (ours, "ours")])
            .unwrap_err();
        let expected = theirs.canonicalize().unwrap();
        assert!(
            matches!(&error, StoreError::InTheWay { path, .. } if *path == expected),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&theirs).unwrap(), "mine");
        assert_eq!(output.read("index.html"), "1");
        assert_eq!(output.names_beside(), Vec::<String>::new());
    }
}

#[test]
fn folder_with_files_of_others_is_rejected() {
    let output = Output::new();
    fs::create_dir(&output.site).unwrap();
    output
        .build(&[("a", "1")])
        .expect("an empty folder can be filled");
    fs::remove_dir_all(output.site.join(".digest-press")).unwrap();
    let before = stamp_files(&output.site);
    assert!(matches!(
        output.build(&[("a", "2")]),
        Err(StoreError::NotOurs { .. })
    ));
    assert_eq!(stamp_files(&output.site), before);
    fs::write(output.site.join(".digest-press"), "").unwrap();
    assert!(output.build(&[("a", "2")]).is_err());
}

#[test]
fn invalid_and_duplicate_paths_are_rejected() {
    let output = Output::new();
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
        let error = output.build(&[(path, "x")]).unwrap_err();
        assert!(
            matches!(error, StoreError::InvalidPath { .. }),
            "{path:?}: {error}"
        );
    }
    assert!(matches!(
        output.build(&[("a", "1"), ("a", "1")]),
        Err(StoreError::DuplicatePath { .. })
    ));
    assert_eq!(output.names_beside(), Vec::<String>::new());
}

#[test]
fn links_in_the_site_are_not_followed() {
    let output = Output::new();
    let outside = output.root.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "1").unwrap();
    output.build(&[("a", "1"), ("f/a", "1")]).unwrap();
    // The link leads to the same bytes, but the site needs a file.
    fs::remove_file(output.site.join("a")).unwrap();
    symlink(outside.join("a"), output.site.join("a")).unwrap();
    assert_eq!(
        output.build(&[("a", "1"), ("f/a", "1")]).unwrap().written,
        ["a"]
    );
    assert!(
        fs::symlink_metadata(output.site.join("a"))
            .unwrap()
            .is_file()
    );

    fs::remove_dir_all(output.site.join("f")).unwrap();
    symlink(&outside, output.site.join("f")).unwrap();
    assert!(matches!(
        output.build(&[("a", "1"), ("f/a", "2")]),
        Err(StoreError::InTheWay { .. })
    ));
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "1");
}

#[test]
fn output_link_stays_and_its_target_is_replaced() {
    let output = Output::new();
    let real = output.root.path().join("real");
    fs::create_dir(&real).unwrap();
    symlink(&real, &output.site).unwrap();
    output.build(&[("a", "1")]).unwrap();
    output.build(&[("a", "2")]).unwrap();
    assert_eq!(fs::read_link(&output.site).unwrap(), real);
    assert_eq!(fs::read_to_string(real.join("a")).unwrap(), "2");
    fs::remove_dir_all(&real).unwrap();
    assert!(
        output.build(&[("a", "3")]).is_err(),
        "the link leads nowhere"
    );
}

#[test]
fn irreplaceable_folders_are_rejected() {
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
fn second_build_at_once_is_rejected() {
    let output = Output::new();
    let first = Store::begin(&output.site).unwrap();
    first.write("a", b"1", Effort::Quick).unwrap();
    assert!(matches!(
        output.build(&[("a", "2")]),
        Err(StoreError::Locked { .. })
    ));
    first.finish().unwrap();
    assert_eq!(output.read("a"), "1");
    output.build(&[("a", "2")]).unwrap();
}

#[test]
fn leftovers_of_a_killed_build_are_removed() {
    let output = Output::new();
    output.build(&[("a", "1")]).unwrap();
    let work = output.root.path().join(".site.digest-press");
    for folder in ["new", "old"] {
        fs::create_dir_all(work.join(folder)).unwrap();
        fs::write(work.join(folder).join("a"), "half").unwrap();
    }
    output.build(&[("a", "1")]).unwrap();
    assert_eq!(output.read("a"), "1");
    assert_eq!(output.names_beside(), Vec::<String>::new());
}

#[test]
fn rename_in_two_steps_recovers_the_old_site() {
    let output = Output::new();
    output.build(&[("a", "old")]).unwrap();
    let lock = Lock::acquire(&output.site).unwrap();
    fs::create_dir(lock.new_folder()).unwrap();
    fs::write(lock.new_folder().join("a"), "new").unwrap();
    swap::rename_in_two_steps(&lock.new_folder(), &output.site, &lock.old_folder()).unwrap();
    assert_eq!(output.read("a"), "new");

    // Killed between the two steps: only the old site is left, in the work folder.
    fs::rename(&output.site, lock.new_folder()).unwrap();
    swap::recover_old_site(&output.site, &lock).unwrap();
    assert_eq!(output.read("a"), "old");
    drop(lock);
    assert_eq!(output.names_beside(), Vec::<String>::new());

    // There is no new site: the old one is put back at once.
    let lock = Lock::acquire(&output.site).unwrap();
    swap::rename_in_two_steps(&lock.new_folder(), &output.site, &lock.old_folder()).unwrap_err();
    assert_eq!(output.read("a"), "old");
}

#[cfg(unix)]
#[test]
fn folder_permissions_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let output = Output::new();
    output.build(&[("a", "1")]).unwrap();
    fs::set_permissions(&output.site, fs::Permissions::from_mode(0o750)).unwrap();
    output.build(&[("a", "2")]).unwrap();
    assert_eq!(
        fs::metadata(&output.site).unwrap().permissions().mode() & 0o777,
        0o750
    );
}

#[test]
fn work_folder_is_removed_although_it_is_read_only() {
    use std::os::unix::fs::PermissionsExt;

    let output = Output::new();
    output.build(&[("a", "a")]).unwrap();
    let left = output.site.with_file_name(".site.digest-press/new/issues");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("b"), "b").unwrap();
    for folder in [left.as_path(), left.parent().unwrap()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    }
    output.build(&[("a", "c")]).unwrap();
    assert_eq!(output.read("a"), "c");
    assert_eq!(output.names_beside(), Vec::<String>::new());
}
