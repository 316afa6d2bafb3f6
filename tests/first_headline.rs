//! How long a reader with a slow phone waits for the first headline: the widget in the ways to embed
//! it, beside the same digest made with JavaScript, Lit and Preact, and in plain HTML.
//!
//! `cargo xtask bench first-headline` sets `DIGEST_PEERS`, the folder of the peers' scripts.

mod compare_pages;
mod load_page;
mod measured_site;
mod network;
mod page_variant;
mod picture;
mod report;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use fastrand::Rng;

use crate::browser_pool::BrowserPool;
use crate::conditions::Conditions;
use crate::run_benchmark::run_benchmark;
use compare_pages::compare_pages;
use load_page::measure_load;
use measured_site::MeasuredSite;
use network::{NETWORKS, Network};
use page_variant::{PageVariant, list_variants};
use picture::draw_picture;
use report::print_table;

/// Measures the time from navigation to the first headline.
#[derive(Parser)]
struct Arguments {
    /// How many times each page is loaded on each network.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Also draw the medians as an SVG file.
    #[arg(long)]
    picture: Option<PathBuf>,
    /// Cargo passes this to every benchmark.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

/// The times of one page in milliseconds, one for each run.
struct PageTimes<'a> {
    page: &'a PageVariant,
    times: Vec<f64>,
}

impl PageTimes<'_> {
    fn new(page: &PageVariant) -> PageTimes<'_> {
        PageTimes {
            page,
            times: Vec::new(),
        }
    }
}

/// Runs the benchmark with the arguments of the program.
pub fn bench_first_headline() {
    let arguments = Arguments::parse();
    let site = MeasuredSite::build();
    let pages = list_variants(&site);
    run_benchmark(async |pool| bench_pages(&arguments, pool, &site, &pages).await);
}

async fn bench_pages(
    arguments: &Arguments,
    pool: &Arc<BrowserPool>,
    site: &MeasuredSite,
    pages: &[PageVariant],
) {
    let browser = compare_pages(pool, site, pages).await;
    let conditions = Conditions::new(&browser, arguments.runs);
    println!("{conditions}");
    let mut results = Vec::new();
    for network in &NETWORKS {
        let times = measure_pages(pool, site, pages, network, arguments.runs).await;
        print_table(network, &times);
        results.push((network, times));
    }
    if let Some(file) = &arguments.picture {
        let picture = draw_picture(&conditions, &results);
        fs::write(file, picture).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// Measures each page `runs` times. Each run has an order of its own, so that other load on the
/// machine slows no page more often than another.
async fn measure_pages<'a>(
    pool: &Arc<BrowserPool>,
    site: &MeasuredSite,
    pages: &'a [PageVariant],
    network: &Network,
    runs: u16,
) -> Vec<PageTimes<'a>> {
    let mut results: Vec<_> = pages.iter().map(PageTimes::new).collect();
    let mut order: Vec<usize> = (0..pages.len()).collect();
    let mut rng = Rng::with_seed(1);
    for _ in 0..runs {
        rng.shuffle(&mut order);
        for &index in &order {
            let time = measure_load(pool, site, &pages[index], network).await;
            results[index].times.push(time);
        }
    }
    results
}
