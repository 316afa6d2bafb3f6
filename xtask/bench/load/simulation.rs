//! The views of all readers, one after the other.

use fastrand::Rng;

use super::cdn::Cdn;
use super::origin::{Origin, Traffic};
use super::popularity::Popularity;
use super::reader::Reader;
use super::site_file::SiteFile;
use super::{
    EDGES, END, HOUR, MINUTE, Moment, PAGES, PUBLISHED, RETURNING, SECOND, SEED, VIEWS_PER_HOUR,
    WARM_UP,
};

/// The load of the origin.
#[derive(Debug, PartialEq)]
pub(super) struct Load {
    pub(super) mean: Rate,
    /// In the minute with the most requests, and in the one with the most bytes.
    pub(super) peak: Rate,
    /// How long after a new issue a reader without any copy could still get the old one.
    pub(super) old_issue: Moment,
}

/// Requests and bytes in a second.
#[derive(Debug, PartialEq)]
pub(super) struct Rate {
    pub(super) requests: f64,
    pub(super) bytes: f64,
}

/// Simulates views of a digest that consists of these files.
pub(super) fn simulate(files: &[SiteFile], mut cdn: Option<Cdn>) -> Load {
    let mut random = Rng::with_seed(SEED);
    let popularity = Popularity::new(PAGES);
    let mut pages: Vec<Vec<Reader>> = (0..PAGES).map(|_| Vec::new()).collect();
    let mut origin = Origin::new(files);
    let mut old_issue = 0;
    let mut clock = 0.0;
    loop {
        clock += wait_for_view(&mut random);
        let now = clock as Moment;
        if now >= END {
            break;
        }
        let page = &mut pages[popularity.pick(&mut random)];
        let reader = pick_reader(page, &mut random);
        let got_old_issue = page[reader].view(files, now, &mut cdn, &mut origin);
        if got_old_issue {
            old_issue = now.saturating_sub(PUBLISHED);
        }
    }
    Load::new(&origin.minutes()[(WARM_UP / MINUTE) as usize..], old_issue)
}

/// Returns the milliseconds until the next view. The views are independent of each other, so the
/// times between them have an exponential distribution.
fn wait_for_view(random: &mut Rng) -> f64 {
    let mean = f64::from(HOUR) / f64::from(VIEWS_PER_HOUR);
    -mean * (1.0 - random.f64()).ln()
}

/// Returns the index of a random reader, who may be new.
fn pick_reader(readers: &mut Vec<Reader>, random: &mut Rng) -> usize {
    let returns = random.f64() < RETURNING;
    if returns && !readers.is_empty() {
        return random.usize(..readers.len());
    }
    readers.push(Reader::new(random.usize(..EDGES)));
    readers.len() - 1
}

impl Load {
    fn new(minutes: &[Traffic], old_issue: Moment) -> Load {
        let requests = || minutes.iter().map(|minute| minute.requests);
        let bytes = || minutes.iter().map(|minute| minute.bytes);
        let [most_requests, most_bytes] = [requests().max(), bytes().max()];
        Load {
            mean: Rate::new(requests().sum(), bytes().sum(), minutes.len()),
            peak: Rate::new(most_requests.unwrap_or(0), most_bytes.unwrap_or(0), 1),
            old_issue,
        }
    }
}

impl Rate {
    fn new(requests: u64, bytes: u64, minutes: usize) -> Rate {
        let seconds = minutes as f64 * f64::from(MINUTE / SECOND);
        Rate {
            requests: requests as f64 / seconds,
            bytes: bytes as f64 / seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_is_per_second_and_peaks_are_single_minutes() {
        let traffic = |requests, bytes| Traffic { requests, bytes };
        let load = Load::new(&[traffic(60, 0), traffic(0, 600), traffic(0, 0)], 5);
        let rate = |requests, bytes| Rate { requests, bytes };
        let mean = rate(60.0 / 180.0, 600.0 / 180.0);
        let peak = rate(1.0, 10.0);
        assert_eq!(
            load,
            Load {
                mean,
                peak,
                old_issue: 5
            }
        );
    }

    #[test]
    fn same_seed_gives_the_same_views_at_the_wanted_rate() {
        let sum = || {
            let mut random = Rng::with_seed(SEED);
            (0..100_000)
                .map(|_| wait_for_view(&mut random))
                .sum::<f64>()
        };
        let hours = sum() / f64::from(HOUR);
        assert!((hours - 0.1).abs() < 0.001, "{hours}");
        assert_eq!(sum().to_bits(), sum().to_bits());
    }

    #[test]
    fn half_of_the_readers_return() {
        let mut random = Rng::with_seed(SEED);
        let mut readers = Vec::new();
        for _ in 0..10_000 {
            pick_reader(&mut readers, &mut random);
        }
        assert!((4800..5200).contains(&readers.len()), "{}", readers.len());
    }
}
