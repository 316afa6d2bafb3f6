//! A build that is killed leaves a complete site.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{fs, iter};

use crate::{Workspace, newsletter};

/// The number of builds to kill.
const TIMES: u32 = 100;

#[test]
fn killed_build_leaves_the_old_or_the_new_site() {
    let workspace = Workspace::in_memory();
    for number in 0..20 {
        workspace.write(
            &format!("one/{number}.md"),
            &newsletter(&format!("1.{number}"), "Radar", "It was built."),
        );
    }
    for number in 0..15 {
        workspace.write(
            &format!("other/{number}.md"),
            &newsletter(&format!("1.{number}"), "Radar", "It is built."),
        );
    }
    // The second series withdraws the issues that it does not have.
    let moved = (15..20).map(|number| format!("\"digest-1.{number}\" = \"\"\n"));
    workspace.write(
        "other/press.toml",
        &iter::once("[moved]\n".to_owned())
            .chain(moved)
            .collect::<String>(),
    );

    let mut longest = Duration::ZERO;
    let whole = ["one", "other", "one"].map(|issues| {
        let started = Instant::now();
        assert!(
            workspace
                .build_command(issues)
                .output()
                .unwrap()
                .status
                .success()
        );
        longest = longest.max(started.elapsed());
        workspace.site_tree()
    });
    assert_ne!(whole[0], whole[1]);
    assert_eq!(whole[0], whole[2]);

    let mut random = Random(1);
    let mut left = [0, 0];
    let mut ended = 0;
    for time in 0..TIMES {
        let issues = if time % 2 == 0 { "other" } else { "one" };
        let mut build = workspace
            .build_command(issues)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(longest.mul_f64(random.next()));
        build.kill().unwrap();
        ended += u32::from(!build.wait().unwrap().success());
        let site = workspace.site_tree();
        let found = whole[..2].iter().position(|whole| *whole == site);
        left[found.unwrap_or_else(|| panic!("time {time}: the site is neither of the two"))] += 1;
    }
    println!(
        "ended {ended} times of {TIMES}; the site was the one {} times, the other {}",
        left[0], left[1]
    );
    assert!(
        ended >= TIMES / 4,
        "only {ended} builds were ended before they were done"
    );
    assert!(
        left.iter().all(|times| *times > 0),
        "no build got as far as to change the site"
    );

    assert!(
        workspace
            .build_command("one")
            .output()
            .unwrap()
            .status
            .success()
    );
    assert_eq!(workspace.site_tree(), whole[0]);
    let beside = fs::read_dir(workspace.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut beside: Vec<_> = beside.collect();
    beside.sort();
    assert_eq!(beside, ["one", "other", "site", "widget"]);
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
