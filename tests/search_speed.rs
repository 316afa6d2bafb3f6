//! How long each keystroke of a search takes in a browser, in ten thousand headlines with their details:
//! the widget's search beside a plain scan in JavaScript, MiniSearch, FlexSearch and Pagefind.
//!
//! `cargo xtask bench search` sets `DIGEST_PEERS`, the folder of the peers' scripts.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use clap::Parser;
use fastrand::Rng;
use serde::Deserialize;
use serde_json::json;
use tempfile::TempDir;

use crate::browser_pool::BrowserPool;
use crate::browser_settings::BrowserSettings;
use crate::conditions::{Conditions, read_version};
use crate::context::TestContext;
use crate::dist::root;
use crate::issues::{list_headlines, list_series};
use crate::origin::Origin;
use crate::run_benchmark::run_benchmark;
use crate::statistics::Quartiles;
use crate::stub_response::StubResponse;

/// Measures searches as a reader types.
#[derive(Parser)]
struct Arguments {
    /// How many times each search is measured.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Cargo passes this to every benchmark.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

/// The number of headlines: forty years of a biweekly issue with ten.
const HEADLINES: usize = 10_000;

/// The number of queries. Each is typed letter by letter.
const QUERIES: usize = 40;

/// The searches: the name, and the script in the folder of peers. The others are compared with the
/// first one.
const SEARCHES: [(&str, &str); 5] = [
    ("plain scan", "search-scan.js"),
    ("the widget", "search-widget.js"),
    ("MiniSearch", "search-minisearch.js"),
    ("FlexSearch", "search-flexsearch.js"),
    ("Pagefind", "search-pagefind.js"),
];

/// What a page measures: milliseconds, and bytes.
#[derive(Deserialize)]
struct Measured {
    load: f64,
    keystrokes: Vec<f64>,
    index: Option<String>,
}

/// The runs of one search.
#[derive(Default)]
struct Runs {
    load: Vec<f64>,
    median: Vec<f64>,
    p95: Vec<f64>,
    max: Vec<f64>,
    index: Option<usize>,
}

/// Runs the benchmark with the arguments of the program.
pub fn bench_searches() {
    let arguments = Arguments::parse();
    let site = SearchedSite::build();
    run_benchmark(async |pool| bench_runs(pool, &site, arguments.runs).await);
}

async fn bench_runs(pool: &Arc<BrowserPool>, site: &SearchedSite, runs: u16) {
    let mut results: [Runs; SEARCHES.len()] = Default::default();
    let mut order: Vec<usize> = (0..SEARCHES.len()).collect();
    let mut rng = Rng::with_seed(1);
    let mut version = String::new();
    for _ in 0..runs {
        rng.shuffle(&mut order);
        for &search in &order {
            let (found, measured) = measure(pool, site, SEARCHES[search].1).await;
            results[search].add(measured);
            version = found;
        }
    }
    println!("{}", Conditions::new(&version, runs));
    site.print_sizes();
    print_table(&results);
}

/// Measures a search in a new window. Returns the browser's version too.
async fn measure(pool: &Arc<BrowserPool>, site: &SearchedSite, script: &str) -> (String, Measured) {
    let mut context = TestContext::set_up(Arc::clone(pool)).await;
    context.cdn = Origin::start_cdn(vec![site.folder.path().to_owned(), find_peers()]).await;
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>Search</title><script>{PREPARE}</script>"
    );
    // An isolated page has a clock that is precise enough.
    let page = StubResponse::html(&html)
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Embedder-Policy", "require-corp");
    context.cdn.respond("search.html", page);
    let page = context.open_browser(BrowserSettings::default()).await;
    page.open(&format!("{}/search.html", context.cdn.address()))
        .await;
    let version = read_version(&page).await;
    let measure = format!(
        "measure('{script}').then(arguments[0], (error) => arguments[0](`${{error.stack}}`))"
    );
    let measured = page.client().execute_async(&measure, vec![]).await;
    let measured = measured.unwrap_or_else(|error| panic!("the page did not end: {error}"));
    let measured = serde_json::from_value(measured.clone())
        .unwrap_or_else(|error| panic!("{script}: {error}: {measured}"));
    context.tear_down(true).await;
    (version, measured)
}

/// Defines `measure`, which types each query and returns the milliseconds of each keystroke. The
/// first query is not counted: functions are compiled in it.
const PREPARE: &str = "
    const measure = async (script) => {
        const [entries, queries] = await Promise.all(['entries.json', 'queries.json']
            .map(async (file) => (await fetch(file)).json()));
        const { load } = await import('/' + script);
        let start = performance.now();
        const search = await load(entries);
        const loaded = performance.now() - start;
        const keystrokes = [];
        let found = 0;
        for (const query of [queries[0], ...queries]) {
            const letters = [...query];
            for (let length = 1; length <= letters.length; length++) {
                const typed = letters.slice(0, length).join('');
                start = performance.now();
                const { count } = await search(typed);
                keystrokes.push(performance.now() - start);
                found += count > 0;
            }
        }
        if (!found) throw new Error('nothing was found');
        return {
            load: loaded,
            keystrokes: keystrokes.slice([...queries[0]].length),
            index: globalThis.indexSize?.(),
        };
    };";

impl Runs {
    fn add(&mut self, mut measured: Measured) {
        measured.keystrokes.sort_by(f64::total_cmp);
        let times = &measured.keystrokes;
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        self.load.push(measured.load);
        self.median.push(at(0.5));
        self.p95.push(at(0.95));
        self.max.push(at(1.0));
        self.index = measured
            .index
            .map(|index| compress(index.as_bytes()))
            .or(self.index);
    }
}

/// Prints the medians of all runs, and the ratio of the 95th percentile to that of the plain scan.
fn print_table(results: &[Runs; SEARCHES.len()]) {
    println!(
        "\n{:<12}{:>10}{:>10}{:>10}{:>10}{:>22}{:>16}",
        "", "median", "p95", "max", "load", "p95 ratio", "index (brotli)"
    );
    for ((name, _), runs) in SEARCHES.iter().zip(results) {
        let median = |values: &[f64]| Quartiles::from_values(values).median;
        let ratio = Quartiles::from_ratios(&runs.p95, &results[0].p95);
        println!(
            "{name:<12}{:>7.2} ms{:>7.2} ms{:>7.2} ms{:>7.0} ms{:>22}{:>16}",
            median(&runs.median),
            median(&runs.p95),
            median(&runs.max),
            median(&runs.load),
            format!(
                "{:.2} ({:.2}-{:.2})",
                ratio.median, ratio.first, ratio.third
            ),
            runs.index.map_or("-".to_owned(), |bytes| bytes.to_string()),
        );
    }
}

/// The texts, the queries, and the index of Pagefind.
struct SearchedSite {
    folder: TempDir,
    entries: Vec<[String; 2]>,
}

impl SearchedSite {
    fn build() -> SearchedSite {
        let site = SearchedSite {
            folder: tempfile::tempdir().expect("there is a temporary folder"),
            entries: make_entries(),
        };
        let queries = make_queries(&site.entries);
        site.write("entries.json", &json!(site.entries).to_string());
        site.write("queries.json", &json!(queries).to_string());
        site.index_with_pagefind();
        site
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.folder.path().join(name);
        fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }

    fn index_with_pagefind(&self) {
        let status = Command::new("node")
            .arg(root().join("tests/peers/search/build-pagefind.js"))
            .arg(self.folder.path().join("entries.json"))
            .arg(self.folder.path().join("pagefind"))
            .status();
        let status = status.unwrap_or_else(|error| panic!("node did not start: {error}"));
        assert!(status.success(), "Pagefind's index was not built");
    }

    /// Prints what a reader downloads to search: the details, and all texts for comparison.
    fn print_sizes(&self) {
        let texts: String = self
            .entries
            .iter()
            .map(|entry| entry.join("\n") + "\n")
            .collect();
        let details: Vec<&str> = self.entries.iter().map(|[_, detail]| &**detail).collect();
        let search = json!({ "format": 1, "version": "0123456789abcdef", "details": details });
        let pagefind = sum_files(&self.folder.path().join("pagefind"));
        println!(
            "{} headlines with details: {} bytes after brotli; search.json {}; Pagefind's files {pagefind}",
            self.entries.len(),
            compress(texts.as_bytes()),
            compress(search.to_string().as_bytes()),
        );
    }
}

/// Makes the entries of real newsletters. If they are too few, they are repeated with the words of
/// their details in another order.
fn make_entries() -> Vec<[String; 2]> {
    let series = list_series();
    let lists = series
        .iter()
        .map(|[newsletters, settings]| list_headlines(newsletters, settings));
    let originals: Vec<_> = lists.flatten().collect();
    let mut rng = Rng::with_seed(1);
    let mut entries = originals.clone();
    while entries.len() < HEADLINES {
        let [headline, detail] = &originals[rng.usize(..originals.len())];
        let mut words: Vec<_> = detail.split(' ').collect();
        rng.shuffle(&mut words);
        entries.push([headline.clone(), words.join(" ")]);
    }
    entries.truncate(HEADLINES);
    println!("{} headlines of {} series", originals.len(), series.len());
    entries
}

/// Takes two words in a row of random entries: one in four is of a text without spaces, if there is one.
fn make_queries(entries: &[[String; 2]]) -> Vec<String> {
    let mut rng = Rng::with_seed(2);
    let mut queries = Vec::new();
    while queries.len() < QUERIES {
        let text = entries[rng.usize(..entries.len())].join(" ");
        let words: Vec<_> = text.split(' ').filter(|word| word.len() > 2).collect();
        let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) else {
            continue;
        };
        let first = rng.usize(..last);
        let query = format!("{} {}", words[first], words[first + 1]);
        queries.push(query.chars().take(24).collect());
    }
    queries
}

fn find_peers() -> PathBuf {
    let peers = env::var_os("DIGEST_PEERS");
    peers
        .expect("DIGEST_PEERS is not set: run `cargo xtask bench search`")
        .into()
}

fn sum_files(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = files.filter_map(|entry| entry.metadata().ok().filter(|data| data.is_file()));
    files.map(|data| data.len()).sum()
}

/// Returns the size after brotli at its best quality.
fn compress(mut bytes: &[u8]) -> usize {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters).unwrap();
    compressed.len()
}
