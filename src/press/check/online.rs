//! Whether the pages that links lead to are there, asked over the network.

mod cache;
mod client;
mod hosts;
mod link_status;
mod public_resolver;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use indicatif::{ProgressBar, ProgressStyle};
use url::Url;

use crate::SiteAddress;
use crate::check::{CheckedFile, link_addresses};
use crate::count::format_count;
use cache::Cache;
use client::LinkClient;
use link_status::LinkStatus;

/// How politely servers are asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    /// How many hosts are asked at once; each of them one thing at a time.
    at_once: usize,
    /// How long a host is left alone after each answer.
    pause: Duration,
    /// How long an answer may take, all in all.
    patience: Duration,
    /// How long a host that says when to come again may make us wait.
    longest_wait: Duration,
}

impl Manners {
    const GOOD: Manners = Manners {
        at_once: 8,
        pause: Duration::from_millis(500),
        patience: Duration::from_secs(20),
        longest_wait: Duration::from_secs(30),
    };
}

/// Asks for the pages that files link to.
#[derive(Debug)]
pub(crate) struct OnlineChecker {
    asker: LinkClient,
    /// Where the answers are kept for a day.
    cache: PathBuf,
}

impl OnlineChecker {
    /// Keeps the answers in `folder`, so that to check again asks nobody again. Servers are told the address
    /// of the newsletter's site, `publisher`.
    pub(crate) fn new(folder: &Path, publisher: Option<&SiteAddress>) -> OnlineChecker {
        let proxy = ureq::Proxy::try_from_env();
        let asker = LinkClient::new(
            public_resolver::PublicResolver::default(),
            proxy,
            Manners::GOOD,
            publisher,
        );
        OnlineChecker {
            asker,
            cache: folder.join(CACHE),
        }
    }

    /// Adds to each file what the network says about its links. Returns what the editor should know
    /// beside that.
    pub(crate) fn check(&self, files: &mut [CheckedFile]) -> Vec<String> {
        let (mut cache, note) = Cache::read(&self.cache, SystemTime::now());
        let mut notes = Vec::from_iter(note);
        let (known, missing): (Vec<_>, Vec<_>) =
            pages(files).partition(|page| cache.get(page).is_some());
        let asked = missing.len();
        notes.extend(self.not_asked(known.len()));
        let answers = self.ask(missing);
        if is_offline(&answers) {
            notes.push(
                "no host answers, so the links were not checked: is this computer online?"
                    .to_owned(),
            );
        } else {
            notes.extend(cut_short(asked, answers.len()));
            for (page, answer) in answers {
                cache.insert(&page, answer);
            }
            notes.extend(cache.write(&self.cache).err());
        }
        for file in files {
            let said = file
                .pages
                .iter()
                .filter_map(|(page, span)| cache.get(page)?.said(page, span.clone()));
            let said: Vec<_> = said.collect();
            file.say(said);
        }
        notes
    }

    /// The note that answers are older than this check.
    fn not_asked(&self, known: usize) -> Option<String> {
        let (pages, file) = (format_count(known, "page"), self.cache.display());
        let note = || {
            format!(
                "not asked for again, with an answer of the last day: {pages}; remove “{file}” to ask"
            )
        };
        (known > 0).then(note)
    }

    fn ask(&self, pages: Vec<Url>) -> Vec<(Url, LinkStatus)> {
        // On a terminal only: elsewhere it draws nothing.
        let bar = ProgressBar::new(pages.len() as u64).with_message("asking for the links");
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} ({eta} left)") {
            bar.set_style(style);
        }
        let answers = hosts::ask(&self.asker, pages, &|| bar.inc(1));
        bar.finish_and_clear();
        answers
    }
}

/// The note that the network came back while the last hosts were asked.
fn cut_short(asked: usize, answered: usize) -> Option<String> {
    let note = || {
        "not all links were asked for, since many hosts did not answer: check them again".to_owned()
    };
    (answered < asked).then(note)
}

/// Beside the newsletters, so that it goes where they go and away with them.
const CACHE: &str = ".digest-press/links.json";

/// The pages to ask for, each once: what is wrong with the others was said without a network.
fn pages(files: &[CheckedFile]) -> impl Iterator<Item = Url> {
    let pages = files
        .iter()
        .flat_map(|file| &file.pages)
        .map(|(page, _)| without_fragment(page));
    let pages: BTreeMap<String, Url> = pages.map(|page| (page.to_string(), page)).collect();
    pages.into_values().filter(link_addresses::is_public)
}

/// The address that a server is asked for.
fn without_fragment(page: &Url) -> Url {
    let mut page = page.clone();
    page.set_fragment(None);
    page
}

/// Whether it is rather this computer that is silent than all the others: a few of them at least.
fn is_offline(answers: &[(Url, LinkStatus)]) -> bool {
    let hosts: BTreeSet<_> = answers.iter().map(|(page, _)| page.host_str()).collect();
    hosts.len() >= ENOUGH_HOSTS
        && answers
            .iter()
            .all(|(_, answer)| matches!(answer, LinkStatus::Silent(_)))
}

const ENOUGH_HOSTS: usize = 3;

#[cfg(test)]
mod tests;
