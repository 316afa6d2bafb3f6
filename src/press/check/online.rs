//! `check --links`: requests the pages that links lead to and reports the missing and moved ones.

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
use crate::check::CheckedFile;
use crate::check::link_addresses::is_public_url;
use crate::count::format_count;
use cache::Cache;
use client::LinkClient;
use hosts::fetch_statuses;
use link_status::LinkStatus;
use public_resolver::PublicResolver;

/// The limits that keep requests polite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestLimits {
    /// Maximum number of hosts at a time, with one request each.
    hosts: usize,
    /// Pause between two requests to a host.
    pause: Duration,
    /// Maximum time for a response.
    timeout: Duration,
    /// Maximum wait that a host may ask for with `Retry-After`.
    max_wait: Duration,
    /// Maximum time for a link, with its redirects, pauses and waits.
    link: Duration,
    /// Maximum time for all links.
    run: Duration,
}

impl RequestLimits {
    const DEFAULT: RequestLimits = RequestLimits {
        hosts: 8,
        pause: Duration::from_millis(500),
        timeout: Duration::from_secs(20),
        max_wait: Duration::from_secs(30),
        link: Duration::from_secs(60),
        run: Duration::from_secs(15 * 60),
    };
}

/// Checks the pages that files link to.
#[derive(Debug)]
pub(crate) struct OnlineChecker {
    client: LinkClient,
    /// The file that keeps results for a day.
    cache: PathBuf,
}

impl OnlineChecker {
    /// Creates a checker that caches results in `folder` and gives servers `publisher` as a
    /// contact.
    pub(crate) fn new(folder: &Path, publisher: Option<&SiteAddress>) -> OnlineChecker {
        let proxy = ureq::Proxy::try_from_env();
        let resolver = PublicResolver::new(proxy.as_ref());
        let client = LinkClient::new(resolver, proxy, RequestLimits::DEFAULT, publisher);
        OnlineChecker {
            client,
            cache: folder.join(CACHE),
        }
    }

    /// Adds diagnostics about the links of each file. Returns notes for the editor about the check
    /// itself.
    pub(crate) fn check(&self, files: &mut [CheckedFile]) -> Vec<String> {
        let (mut cache, note) = Cache::load(&self.cache, SystemTime::now());
        let mut notes = Vec::from_iter(note);
        let (known, missing): (Vec<_>, Vec<_>) =
            public_pages(files).partition(|page| cache.get(page).is_some());
        let requested = missing.len();
        notes.extend(self.cached_note(known.len()));
        let statuses = self.fetch(missing);
        if is_offline(&statuses) {
            notes.push(
                "no server answered, so no links were checked: is this computer online?".to_owned(),
            );
        } else {
            notes.extend(incomplete_note(requested, statuses.len()));
            for (page, status) in statuses {
                cache.insert(&page, status);
            }
            notes.extend(cache.save(&self.cache).err());
        }
        for file in files {
            let found = file
                .pages
                .iter()
                .filter_map(|(page, span)| cache.get(page)?.to_diagnostic(page, span.clone()));
            let found: Vec<_> = found.collect();
            file.add_diagnostics(found);
        }
        notes
    }

    /// Returns a note if some results are from an earlier check.
    fn cached_note(&self, known: usize) -> Option<String> {
        let (pages, file) = (format_count(known, "page"), self.cache.display());
        let note = || {
            format!(
                "checked in the last day and not again: {pages}; remove “{file}” to check again"
            )
        };
        (known > 0).then(note)
    }

    fn fetch(&self, pages: Vec<Url>) -> Vec<(Url, LinkStatus)> {
        // The bar draws only on a terminal.
        let bar = ProgressBar::new(pages.len() as u64).with_message("checking links");
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} ({eta} left)") {
            bar.set_style(style);
        }
        let statuses = fetch_statuses(&self.client, pages, &|| bar.inc(1));
        bar.finish_and_clear();
        statuses
    }
}

/// Returns a note if requests stopped before all pages were tried.
fn incomplete_note(requested: usize, answered: usize) -> Option<String> {
    let note = || {
        "not all links were checked, because many servers answered late or not at all: check again"
            .to_owned()
    };
    (answered < requested).then(note)
}

/// The cache file. It is beside the newsletters, so that it is moved and deleted with them.
const CACHE: &str = ".digest-press/links.json";

/// Returns the pages to request, each once, without those that other checks report.
fn public_pages(files: &[CheckedFile]) -> impl Iterator<Item = Url> {
    let pages = files
        .iter()
        .flat_map(|file| &file.pages)
        .map(|(page, _)| without_fragment(page));
    let pages: BTreeMap<String, Url> = pages.map(|page| (page.to_string(), page)).collect();
    pages.into_values().filter(is_public_url)
}

/// Returns the part of a URL that is sent to a server.
fn without_fragment(page: &Url) -> Url {
    let mut page = page.clone();
    page.set_fragment(None);
    page
}

/// Returns true if no host answered, and there are enough hosts to suspect this computer's network.
fn is_offline(statuses: &[(Url, LinkStatus)]) -> bool {
    let hosts: BTreeSet<_> = statuses.iter().map(|(page, _)| page.host_str()).collect();
    hosts.len() >= MIN_OFFLINE_HOSTS
        && statuses
            .iter()
            .all(|(_, status)| matches!(status, LinkStatus::Silent(_)))
}

const MIN_OFFLINE_HOSTS: usize = 3;

#[cfg(test)]
mod tests;
