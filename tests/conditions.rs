//! When, where and how often a benchmark in a browser measures.

use std::fmt;
use std::fs;
use std::thread::available_parallelism;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use crate::page::Page;

/// How many times slower the phone's processor is than the machine's.
const SLOWDOWN: u32 = 4;

/// Slows the processor of a window down, as a phone's is.
pub(crate) async fn slow_processor(page: &Page) {
    let slowdown = json!({ "rate": SLOWDOWN });
    page.run_in_devtools("Emulation.setCPUThrottlingRate", slowdown)
        .await;
}

/// Returns the version of Chromium that shows a page.
pub(crate) async fn read_version(page: &Page) -> String {
    let version = "return navigator.userAgent.match(/Chrome\\/(\\d+)/)[1]";
    let version = page.run(version).await;
    version.as_str().expect("Chromium says its version").into()
}

/// When, where and how often the pages were measured.
pub(crate) struct Conditions {
    browser: String,
    runs: u16,
    date: String,
    machine: String,
}

impl Conditions {
    /// The conditions of a run that begins now, with this version of Chromium.
    pub(crate) fn new(browser: &str, runs: u16) -> Conditions {
        let now = Timestamp::now().to_zoned(TimeZone::UTC);
        Conditions {
            browser: browser.to_owned(),
            runs,
            date: now.strftime("%-d %B %Y").to_string(),
            machine: describe_machine(),
        }
    }
}

impl fmt::Display for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conditions {
            browser,
            runs,
            date,
            machine,
        } = self;
        let runs = if *runs == 1 {
            "one run".to_owned()
        } else {
            format!("medians of {runs} runs")
        };
        write!(
            f,
            "{date}, Chromium {browser} on {machine}, processor slowed {SLOWDOWN} times, {runs}"
        )
    }
}

fn describe_machine() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, model)| model);
    let plural = if cores == 1 { "" } else { "s" };
    format!("{cores} core{plural} of {model}")
}
