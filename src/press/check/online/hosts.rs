//! Requests pages of several hosts in parallel, and stops early if nothing answers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use url::Url;

use super::client::LinkClient;
use super::link_status::LinkStatus;

/// After this many pages in a row without a response, the other pages of the host are skipped.
const MAX_SILENT_PAGES: usize = 2;

/// If this many hosts were tried and none responded, the other hosts are skipped.
const MAX_SILENT_HOSTS: usize = 8;

/// Requests the pages of several hosts at a time, and of each host one after the other.
///
/// Calls `on_done` after each page. Stops early, with fewer results, if the network seems down or
/// the time is over.
pub(crate) fn fetch_statuses(
    client: &LinkClient,
    pages: Vec<Url>,
    on_done: &(impl Fn() + Sync),
) -> Vec<(Url, LinkStatus)> {
    let queue = Mutex::new(group_by_host(pages));
    let statuses = Mutex::new(Vec::new());
    let network = Network::default();
    thread::scope(|scope| {
        for _ in 0..client.limits.hosts {
            scope.spawn(|| {
                while let Some(pages) =
                    pop(&queue).filter(|_| network.seems_up() && !client.is_over())
                {
                    let found = fetch_host(client, pages, on_done);
                    network.record(&found);
                    statuses
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend(found);
                }
            });
        }
    });
    statuses
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

fn fetch_host(client: &LinkClient, pages: Vec<Url>, on_done: &impl Fn()) -> Vec<(Url, LinkStatus)> {
    let mut statuses: Vec<(Url, LinkStatus)> = Vec::new();
    for page in pages {
        if client.is_over() {
            break;
        }
        let last = statuses.last_chunk::<MAX_SILENT_PAGES>();
        let silent = last.filter(|last| last.iter().all(|(_, status)| is_silent(status)));
        let status = match silent {
            Some([(_, status), ..]) => status.clone(),
            None => client.fetch_status(&page),
        };
        statuses.push((page, status));
        on_done();
    }
    statuses
}

/// Records which hosts respond, to find out if this computer is offline.
#[derive(Debug, Default)]
struct Network {
    has_answer: AtomicBool,
    silent_hosts: AtomicUsize,
}

impl Network {
    fn record(&self, statuses: &[(Url, LinkStatus)]) {
        if statuses.iter().all(|(_, status)| is_silent(status)) {
            self.silent_hosts.fetch_add(1, Ordering::Relaxed);
        } else {
            self.has_answer.store(true, Ordering::Relaxed);
        }
    }

    fn seems_up(&self) -> bool {
        self.has_answer.load(Ordering::Relaxed)
            || self.silent_hosts.load(Ordering::Relaxed) < MAX_SILENT_HOSTS
    }
}

fn is_silent(status: &LinkStatus) -> bool {
    matches!(status, LinkStatus::Silent(_))
}

/// Groups pages by host. The host with the most pages is last and requested first.
fn group_by_host(pages: Vec<Url>) -> Vec<Vec<Url>> {
    let mut hosts: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    for page in pages {
        hosts
            .entry(page.host_str().unwrap_or_default().to_owned())
            .or_default()
            .push(page);
    }
    let mut hosts: Vec<_> = hosts.into_values().collect();
    hosts.sort_by_key(Vec::len);
    hosts
}

fn pop<T>(queue: &Mutex<Vec<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).pop()
}
