//! How the work for a digest grows with its issue: drawing it, opening all panels and closing them,
//! beside the same digest in plain JavaScript.
//!
//! `cargo xtask bench large` sets `DIGEST_PEERS`, the folder of the peer's script.

use std::env;
use std::sync::Arc;

use clap::Parser;
use digest_press::Lang;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::browser_pool::BrowserPool;
use crate::browser_settings::BrowserSettings;
use crate::conditions::{Conditions, read_version, slow_processor};
use crate::context::TestContext;
use crate::dist::{dist, seed};
use crate::origin::Origin;
use crate::run_benchmark::run_benchmark;
use crate::series::site_from_issues;
use crate::statistics::Quartiles;
use crate::stub_response::StubResponse;

/// Measures digests with many headlines.
#[derive(Parser)]
struct Arguments {
    /// How many times each digest is measured.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Cargo passes this to every benchmark.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

const SIZES: [usize; 3] = [500, 2000, 5000];

/// What is measured, in its order.
const STEPS: [&str; 3] = ["draw", "open all", "close all"];

/// A digest: its name, script and element, and whether its issue has a first view. The first one is
/// the peer.
const DIGESTS: [(&str, &str, &str, bool); 3] = [
    ("JavaScript", "plain.js", "plain-digest", false),
    ("first view", "digest.js", "digest-widget", true),
    ("engine", "digest.js", "digest-widget", false),
];

/// Runs the benchmark with the arguments of the program.
pub fn bench_large_issues() {
    let arguments = Arguments::parse();
    run_benchmark(async |pool| bench_sizes(pool, arguments.runs).await);
}

async fn bench_sizes(pool: &Arc<BrowserPool>, runs: u16) {
    let mut rng = Rng::with_seed(1);
    for (index, size) in SIZES.into_iter().enumerate() {
        let issue = make_issue(size);
        let mut times: [Vec<[f64; 3]>; DIGESTS.len()] = Default::default();
        let mut order = [0, 1, 2];
        let mut version = String::new();
        for _ in 0..runs {
            rng.shuffle(&mut order);
            for digest in order {
                let (found, measured) = measure(pool, digest, &issue).await;
                times[digest].push(measured);
                version = found;
            }
        }
        if index == 0 {
            println!("{}", Conditions::new(&version, runs));
        }
        print_table(size, &times);
    }
}

/// Makes an issue with its first view.
fn make_issue(size: usize) -> Value {
    let mut issue = seed();
    let detail = json!([["The site on the coast was completed after nine years."]]);
    let headline = |index| json!({ "id": format!("h{index}"), "text": "Radar site completed", "detail": detail });
    issue["headlines"] = (0..size).map(headline).collect();
    let issue = serde_json::from_value(issue).expect("it is an issue");
    let files = site_from_issues("Digest", &Lang::new("en"), &[issue]);
    let file = files.iter().find(|file| file.path == "latest/issue.json");
    let file = file.expect("the site has it");
    serde_json::from_slice(&file.bytes).expect("it is JSON")
}

/// Measures the steps of a digest in a new window. Returns the browser's version too.
async fn measure(pool: &Arc<BrowserPool>, digest: usize, issue: &Value) -> (String, [f64; 3]) {
    let (_, script, element, has_view) = DIGESTS[digest];
    let mut context = TestContext::set_up(Arc::clone(pool)).await;
    let peers = env::var_os("DIGEST_PEERS");
    let peers = peers.expect("DIGEST_PEERS is not set: run `cargo xtask bench large`");
    context.cdn = Origin::start_cdn(vec![dist(), peers.into()]).await;
    let mut issue = issue.clone();
    if !has_view {
        issue
            .as_object_mut()
            .expect("it is an object")
            .remove("view");
    }
    let mut small = issue.clone();
    small["headlines"] = json!([]);
    for (path, issue) in [("/large.json", &issue), ("/small.json", &small)] {
        let response = StubResponse::json(&issue.to_string());
        context.cdn.respond(path, response.uncached());
    }
    let cdn = context.cdn.address().to_owned();
    let html = format!(
        "<!doctype html><meta charset=utf-8><script>{PREPARE}</script>
         <script type=module src={cdn}/{script}></script>"
    );
    context
        .embedder
        .respond("large.html", StubResponse::html(&html));
    let page = context
        .visit_with(BrowserSettings::default(), "large.html")
        .await;
    let version = read_version(&page).await;
    slow_processor(&page).await;
    let measure =
        format!("measure('{element}', '{cdn}', {has_view}).then(arguments[0], arguments[0])");
    let times = page.client().execute_async(&measure, vec![]).await;
    let times = times.unwrap_or_else(|error| panic!("the page did not end: {error}"));
    let times = serde_json::from_value(times.clone());
    let times = times.unwrap_or_else(|error| panic!("the page measured nothing: {error}"));
    context.tear_down(true).await;
    (version, times)
}

/// Defines `measure`, which returns the milliseconds of each step, with the paint that follows it.
///
/// Before, it draws an issue without headlines: so the engine has started, unless the issue has a first
/// view. Then the engine does not start, because the reader saves data.
const PREPARE: &str = "
    Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });
    const paint = () => new Promise((done) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(null);
    }));
    const until = async (condition) => {
        while (!condition()) await new Promise((done) => requestAnimationFrame(done));
        await paint();
    };
    const measure = async (name, cdn, hasView) => {
        await customElements.whenDefined(name);
        const show = async (file, count) => {
            const host = document.createElement(name);
            host.setAttribute('src', `${cdn}/${file}`);
            document.body.append(host);
            const root = host.shadowRoot;
            await until(() => root.querySelector('[part=issue]') &&
                root.querySelectorAll('[part=headline]').length >= count);
            return host;
        };
        const text = await (await fetch(`${cdn}/large.json`)).text();
        const { headlines: { length } } = JSON.parse(text);
        if (!hasView) (await show('small.json', 0)).remove();
        const times = [];
        const time = async (action) => {
            const start = performance.now();
            await action();
            times.push(performance.now() - start);
        };
        let host;
        await time(async () => { host = await show('large.json', length) });
        const button = host.shadowRoot.querySelector('[part=open-all]');
        for (const open of [true, false])
            await time(async () => {
                button.click();
                await paint();
                await until(() => host.shadowRoot.querySelectorAll('[open]').length === (open ? length : 0));
            });
        return times;
    }";

/// Prints the medians of each step, and how many times longer it takes than the peer's.
fn print_table(size: usize, times: &[Vec<[f64; 3]>; DIGESTS.len()]) {
    println!(
        "\n{:<18}{:>28}{:>28}{:>28}",
        format!("{size} headlines"),
        STEPS[0],
        STEPS[1],
        STEPS[2]
    );
    for (digest, runs) in DIGESTS.iter().zip(times) {
        let cells = (0..STEPS.len()).map(|step| {
            let [own, peers] = [runs, &times[0]].map(|runs| column(runs, step));
            let ratio = Quartiles::from_ratios(&own, &peers);
            format!(
                "{:.0} ms, {:.2} ({:.2}-{:.2})",
                Quartiles::from_values(&own).median,
                ratio.median,
                ratio.first,
                ratio.third
            )
        });
        let cells: String = cells.map(|cell| format!("{cell:>28}")).collect();
        println!("{:<18}{cells}", digest.0);
    }
}

fn column(runs: &[[f64; 3]], step: usize) -> Vec<f64> {
    runs.iter().map(|times| times[step]).collect()
}
