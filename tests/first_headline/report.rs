//! The results as a table.

use std::fmt;
use std::fs;
use std::thread::available_parallelism;

use jiff::{Timestamp, tz::TimeZone};

use super::PageTimes;
use super::load_page::SLOWDOWN;
use super::network::Network;
use super::page_variant::PageKind;
use super::statistics::Quartiles;

/// When, where and how often the pages were measured.
pub(super) struct Conditions {
    browser: String,
    runs: u16,
    date: String,
    machine: String,
}

impl Conditions {
    /// The conditions of a run that begins now, with this version of Chromium.
    pub(super) fn new(browser: &str, runs: u16) -> Conditions {
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

/// Prints the times on one network in milliseconds, and how many times longer each page takes than
/// the fastest peer as its embedder pastes it, and than the fastest peer with preloads.
pub(super) fn print_table(network: &Network, results: &[PageTimes<'_>]) {
    let best = [false, true].map(|is_preloaded| find_best_peer(results, is_preloaded));
    println!(
        "\n{:<34}{:>6}{:>14}{:>24}{:>24}",
        network.describe(),
        "ms",
        "quartiles",
        format!("/ {}", best[0].page.label()),
        format!("/ {}", best[1].page.label()),
    );
    for result in results {
        let times = Quartiles::from_values(&result.times);
        let range = format!("{:.0}-{:.0}", times.first, times.third);
        let ratios = best.map(|best| format_ratio(&result.times, &best.times));
        println!(
            "{:<34}{:>6.0}{range:>14}{:>24}{:>24}",
            result.page.label(),
            times.median,
            ratios[0],
            ratios[1]
        );
    }
}

fn find_best_peer<'a, 'b>(results: &'b [PageTimes<'a>], is_preloaded: bool) -> &'b PageTimes<'a> {
    let median = |result: &&PageTimes<'_>| Quartiles::from_values(&result.times).median;
    results
        .iter()
        .filter(|result| result.page.kind == PageKind::Peer)
        .filter(|result| result.page.is_preloaded == is_preloaded)
        .min_by(|one, other| median(one).total_cmp(&median(other)))
        .expect("there are peers")
}

fn format_ratio(times: &[f64], others: &[f64]) -> String {
    let Quartiles {
        first,
        median,
        third,
    } = Quartiles::from_ratios(times, others);
    format!("{median:.2} ({first:.2}-{third:.2})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first_headline::page_variant::PageVariant;

    fn variant(name: &'static str, kind: PageKind, is_preloaded: bool) -> PageVariant {
        PageVariant {
            name,
            kind,
            is_preloaded,
            html: String::new(),
        }
    }

    #[test]
    fn best_peer_has_the_lowest_median_of_its_kind() {
        let pages = [
            variant("widget", PageKind::Widget, false),
            variant("slow", PageKind::Peer, false),
            variant("fast", PageKind::Peer, false),
            variant("preloaded", PageKind::Peer, true),
        ];
        // One slow run does not make a page slower than the other.
        let times = [[1.0; 3], [5.0, 5.0, 5.0], [4.0, 4.0, 90.0], [3.0; 3]];
        let results: Vec<_> = pages
            .iter()
            .zip(times)
            .map(|(page, times)| PageTimes {
                page,
                times: times.into(),
            })
            .collect();
        let best = [false, true].map(|kind| find_best_peer(&results, kind).page.name);
        assert_eq!(best, ["fast", "preloaded"]);
    }

    #[test]
    fn ratio_has_its_quartiles() {
        assert_eq!(
            format_ratio(&[2.0, 3.0, 4.0], &[2.0, 2.0, 2.0]),
            "1.50 (1.25-1.75)"
        );
    }
}
