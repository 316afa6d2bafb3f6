//! A build that is killed leaves a complete site.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{fs, iter};

use crate::{Workspace, newsletter};

/// The least number of builds. At least a quarter of it must be killed before they are done.
const BUILDS: u32 = 100;

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

    let mut build_time = Duration::ZERO;
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
        build_time = build_time.max(started.elapsed());
        workspace.site_tree()
    });
    assert_ne!(whole[0], whole[1]);
    assert_eq!(whole[0], whole[2]);

    let mut random = Random(1);
    let mut left = [0, 0];
    let mut killed = 0;
    let mut builds = 0;
    while builds < BUILDS || killed < BUILDS / 4 || left.contains(&0) {
        assert!(
            builds < 10 * BUILDS,
            "{killed} of {builds} builds were killed; the site was the one {} times, the other {}",
            left[0],
            left[1]
        );
        let issues = if builds % 2 == 0 { "other" } else { "one" };
        let mut build = workspace
            .build_command(issues)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(build_time.mul_f64(random.next()));
        build.kill().unwrap();
        let is_killed = !build.wait().unwrap().success();
        killed += u32::from(is_killed);
        // Follows the speed of a busy machine, so that about four of five builds are killed.
        build_time = build_time.mul_f64(if is_killed { 1.05 } else { 0.8 });
        let site = workspace.site_tree();
        let found = whole[..2].iter().position(|whole| *whole == site);
        let found =
            found.unwrap_or_else(|| panic!("build {builds}: the site is neither of the two"));
        left[found] += 1;
        builds += 1;
    }

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
