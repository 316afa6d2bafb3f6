use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use url::Url;

use super::client::LinkClient;
use super::link_status::LinkStatus;

/// After so many pages in a row without an answer, a host is not asked for the rest.
const MAX_SILENT_PAGES: usize = 2;

/// After so many hosts without an answer, and none with one, the others are not asked either.
const MAX_SILENT_HOSTS: usize = 8;

/// The answers for pages, of several hosts at once, and of each host one after the other; `told` is called
/// for each of them. No host is asked any more once it looks as if there was no network.
pub(crate) fn ask(
    asker: &LinkClient,
    pages: Vec<Url>,
    told: &(impl Fn() + Sync),
) -> Vec<(Url, LinkStatus)> {
    let queue = Mutex::new(by_host(pages));
    let answers = Mutex::new(Vec::new());
    let network = Network::default();
    thread::scope(|scope| {
        for _ in 0..asker.manners.at_once {
            scope.spawn(|| {
                while let Some(pages) = pop(&queue).filter(|_| network.seems_there()) {
                    let found = ask_host(asker, pages, told);
                    network.note(&found);
                    answers
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend(found);
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn ask_host(asker: &LinkClient, pages: Vec<Url>, told: &impl Fn()) -> Vec<(Url, LinkStatus)> {
    let mut answers: Vec<(Url, LinkStatus)> = Vec::new();
    for page in pages {
        let last = answers.last_chunk::<MAX_SILENT_PAGES>();
        let silent = last.filter(|last| last.iter().all(|(_, answer)| is_silent(answer)));
        let answer = match silent {
            Some([(_, answer), ..]) => answer.clone(),
            None => asker.ask(&page),
        };
        answers.push((page, answer));
        told();
    }
    answers
}

/// Whether any host answers.
#[derive(Debug, Default)]
struct Network {
    heard: AtomicBool,
    silent: AtomicUsize,
}

impl Network {
    fn note(&self, answers: &[(Url, LinkStatus)]) {
        if answers.iter().all(|(_, answer)| is_silent(answer)) {
            self.silent.fetch_add(1, Ordering::Relaxed);
        } else {
            self.heard.store(true, Ordering::Relaxed);
        }
    }

    fn seems_there(&self) -> bool {
        self.heard.load(Ordering::Relaxed) || self.silent.load(Ordering::Relaxed) < MAX_SILENT_HOSTS
    }
}

fn is_silent(answer: &LinkStatus) -> bool {
    matches!(answer, LinkStatus::Silent(_))
}

/// The pages of each host; the host with the most is the last, which is asked first.
fn by_host(pages: Vec<Url>) -> Vec<Vec<Url>> {
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
