//! Simulates a million views an hour of a digest in the pages of 500 embedders. Counts what reaches
//! the origin, the server of the digest's site, with and without a CDN in front of it.

mod cdn;
mod file_copy;
mod origin;
mod popularity;
mod reader;
mod simulation;
mod site_file;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::press;
use cdn::Cdn;
use simulation::{Load, simulate};
use site_file::SiteFile;

/// Milliseconds since the begin of the simulation.
type Moment = u32;

const SECOND: Moment = 1000;
const MINUTE: Moment = 60 * SECOND;
const HOUR: Moment = 60 * MINUTE;

/// The pages of embedders.
const PAGES: usize = 500;
const VIEWS_PER_HOUR: u32 = 1_000_000;

/// The share of views by readers who have viewed the same page before.
const RETURNING: f64 = 0.5;

/// The caches of browsers and CDN are empty at first. This time fills them and is not counted.
const WARM_UP: Moment = HOUR;

/// When the new issue is there: in the midst of the five minutes for which the edges keep their copies, which all
/// begin with the simulation.
const PUBLISHED: Moment = 2 * HOUR + 32 * MINUTE;
const END: Moment = 4 * HOUR;

/// The data centres of the CDN, each with its own cache.
const EDGES: usize = 50;

/// The time until an edge has the origin's answer.
const ROUND_TRIP: Moment = 200;

/// The bytes of an answer without its body: nginx sends 440 to 530 of this site over HTTP/1.1.
const HEAD: u64 = 500;

const SEED: u64 = 1;

/// A way to embed the newest issue.
struct Form {
    name: &'static str,
    /// The files of a view beside the engine.
    files: &'static [&'static str],
    /// The one of them that changes with each issue.
    issue: &'static str,
}

const FORMS: [Form; 2] = [
    Form {
        name: "series.js",
        files: &["series.js"],
        issue: "series.js",
    },
    Form {
        name: "digest.js, issue.json",
        files: &["digest.js", "latest/issue.json"],
        issue: "latest/issue.json",
    },
];

/// A series with realistic newsletters.
const SERIES: &str = "tests/newsletters/timetable-weekly";

/// Builds a site with the files of `dist/`, and simulates its load for each form of embedding.
pub(super) fn run(sh: &Shell, out: &Path) -> Result<()> {
    let site = build_site(sh, out)?;
    print_assumptions();
    for form in FORMS {
        let files = form.load_files(&site)?;
        print_files(form.name, &files);
        print_load("no CDN", &simulate(&files, None));
        let cdn = |collapses| Some(Cdn::new(EDGES, collapses));
        print_load(
            &format!("CDN of {EDGES} edges"),
            &simulate(&files, cdn(true)),
        );
        print_load("without collapsing", &simulate(&files, cdn(false)));
    }
    Ok(())
}

fn build_site(sh: &Shell, out: &Path) -> Result<PathBuf> {
    ensure!(
        sh.path_exists("dist/digest.js"),
        "there is no dist/: run `cargo xtask dist` first"
    );
    let program = press::compile(sh, &[])?;
    let site = out.join("site");
    let build = cmd!(
        sh,
        "{program} build {SERIES} -o {site} --site https://cdn.example/ --widget dist"
    );
    // Warnings about the newsletters would only hide the table.
    build.quiet().ignore_stderr().run()?;
    Ok(site)
}

impl Form {
    fn load_files(&self, site: &Path) -> Result<Vec<SiteFile>> {
        let load = |name: &&str| SiteFile::load(site, name, *name == self.issue);
        let mut files: Vec<_> = self.files.iter().map(load).collect::<Result<_>>()?;
        for ending in ["js", "wasm"] {
            files.push(SiteFile::load_engine_file(site, ending)?);
        }
        Ok(files)
    }
}

fn print_assumptions() {
    let share = 100.0 * RETURNING;
    println!(
        "
Views: {VIEWS_PER_HOUR} an hour at random moments, on {PAGES} pages. The nth page has 1/n of the views
of the first. {share:.0} % of the views are by a reader who has viewed that page before, any of these
readers with the same probability. Each view uses the engine. Browsers keep copies for each page
apart, and remove none.
Time: {} hours. The first fills the caches and is not counted. The new issue is there after {} minutes.
CDN: a reader always gets the same edge. An edge uses its stale copy while it asks the origin, once
for all readers. The answer takes {ROUND_TRIP} ms. Browsers learn the age of the copy.
Bytes: bodies with brotli, and {HEAD} for the head of each answer. Seed {SEED}.",
        END / HOUR,
        PUBLISHED / MINUTE
    );
}

fn print_files(form: &str, files: &[SiteFile]) {
    println!("\n{form}");
    for file in files {
        let seconds = file.lifetime / SECOND;
        let lifetime = if file.lifetime < END {
            format!("fresh for {seconds} s")
        } else {
            "fresh to the end".to_owned()
        };
        println!("    {:<40}{:>7} bytes, {lifetime}", file.name, file.bytes);
    }
    println!(
        "{:<22}{:>12}{:>13}{:>10}{:>13}{:>22}",
        "origin", "requests/s", "peak minute", "KB/s", "peak minute", "old issue at most"
    );
}

fn print_load(name: &str, load: &Load) {
    let kilobytes = |bytes: f64| bytes / 1000.0;
    println!(
        "{name:<22}{:>12.2}{:>13.2}{:>10.1}{:>13.1}{:>20} s",
        load.mean.requests,
        load.peak.requests,
        kilobytes(load.mean.bytes),
        kilobytes(load.peak.bytes),
        load.old_issue / SECOND
    );
}
