//! A build that is ended at any moment leaves the old site or the new one, whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "This is test code.")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

/// How often it is ended.
const TIMES: u32 = 100;

/// Everything in a folder: the files with what is in them, and the folders.
type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

#[test]
fn a_build_that_is_ended_at_any_moment_leaves_a_whole_site() {
    let root = tempfile::tempdir().unwrap();
    let [one, other, site] = ["one", "other", "site"].map(|name| root.path().join(name));
    let widget = widget(root.path());
    newsletters(&one, 40, "at first");
    newsletters(&other, 30, "later");
    let build = |issues: &Path| command(issues, &site, &widget);
    let mut longest = Duration::ZERO;
    let whole = [&one, &other, &one].map(|issues| {
        let started = Instant::now();
        assert!(build(issues).status().unwrap().success());
        longest = longest.max(started.elapsed());
        tree(&site)
    });
    assert_ne!(whole[0], whole[1]);
    assert_eq!(whole[0], whole[2]);

    let mut random = Random(1);
    let mut left = [0, 0];
    let mut interrupted = 0;
    for time in 0..TIMES {
        let issues = if time % 2 == 0 { &other } else { &one };
        let mut process = build(issues).spawn().unwrap();
        sleep(longest.mul_f64(random.next()));
        process.kill().unwrap();
        interrupted += u32::from(!process.wait().unwrap().success());
        let found = tree(&site);
        let index = whole.iter().position(|whole| *whole == found);
        left[index.unwrap_or_else(|| panic!("time {time}: the site is neither of the two"))] += 1;
    }
    println!(
        "ended {interrupted} times of {TIMES}, which left the one site {} times and the other {}",
        left[0], left[1]
    );
    assert!(interrupted > TIMES / 2, "the builds are ended too late to show anything: {interrupted}");

    assert!(build(&one).status().unwrap().success());
    assert_eq!(tree(&site), whole[0]);
    let mut beside: Vec<_> =
        fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, ["one", "other", "site", "widget"]);
}

fn command(issues: &Path, site: &Path, widget: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_digest-press"));
    command.arg("build").arg(issues).arg("-o").arg(site).arg("--widget").arg(widget);
    command.args(["--site", "https://cdn.example/"]).stderr(Stdio::null());
    command
}

/// A folder that passes for the widget's, and takes no time.
fn widget(root: &Path) -> PathBuf {
    let folder = root.join("widget");
    fs::create_dir(&folder).unwrap();
    for name in ["digest.js", "digest-site.js", "digest-frame.js", "digest-frame-parent.js", "frame.html"] {
        fs::write(folder.join(name), name).unwrap();
    }
    folder
}

fn newsletters(folder: &Path, number: usize, text: &str) {
    fs::create_dir(folder).unwrap();
    // The issues of the other folder are not missed.
    let moved: String = (30..40).map(|number| format!("\"digest-1.{number}\" = \"\"\n")).collect();
    if number < 40 {
        fs::write(folder.join("press.toml"), format!("[moved]\n{moved}")).unwrap();
    }
    for number in 0..number {
        let newsletter = format!(
            "Digest\n\nVol: 1.{number}\n\nDate: March 11, 2022\n\nHeadlines:\n\n- Radar site completed\n\n\
             Details:\n\n- It was completed {text}.\n"
        );
        fs::write(folder.join(format!("{number}.md")), newsletter).unwrap();
    }
}

fn tree(folder: &Path) -> Tree {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .map(|entry| {
            let bytes = entry.file_type().is_file().then(|| fs::read(entry.path()).unwrap());
            (entry.into_path(), bytes)
        })
        .collect()
}

/// The same numbers from 0 to 1 on each run (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from((self.0 >> 32) as u32) / f64::from(u32::MAX)
    }
}
