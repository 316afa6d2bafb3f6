//! The results as a table.

use super::PageTimes;
use super::network::Network;
use super::page_variant::PageKind;
use crate::statistics::Quartiles;

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
