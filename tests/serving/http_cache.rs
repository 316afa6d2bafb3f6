//! The HTTP cache of a reader's browser.

use std::collections::BTreeMap;

use checks::{Nginx, Reply};

/// What browsers accept.
const ENCODINGS: (&str, &str) = ("Accept-Encoding", "gzip, deflate, br, zstd");

/// A cache that follows RFC 9111 (`max-age`, validators) and RFC 5861 (`stale-while-revalidate`),
/// as far as the answers of a site need them. Its clock is set by the test.
pub(crate) struct HttpCache<'a> {
    server: &'a Nginx,
    entries: BTreeMap<String, Entry>,
}

struct Entry {
    reply: Reply,
    /// When the server sent or confirmed it, in seconds.
    confirmed: u64,
}

/// A request that left the browser, and its answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) path: String,
    pub(crate) status: u16,
    /// Of the answer, with its head.
    pub(crate) bytes: usize,
    /// False if the browser meanwhile uses the copy that it has.
    pub(crate) is_awaited: bool,
}

impl<'a> HttpCache<'a> {
    pub(crate) fn new(server: &'a Nginx) -> HttpCache<'a> {
        HttpCache {
            server,
            entries: BTreeMap::new(),
        }
    }

    /// Gets a file at this second. Returns the request that this takes, if any.
    pub(crate) fn get(&mut self, path: &str, now: u64) -> Option<Exchange> {
        let entry = self.entries.get(path);
        if entry.is_some_and(|entry| entry.is_fresh(now)) {
            return None;
        }
        let is_awaited = !entry.is_some_and(|entry| entry.is_usable(now));
        let mut headers = vec![ENCODINGS];
        headers.extend(entry.into_iter().flat_map(Entry::validators));
        let reply = self.server.get(path, &headers);
        let exchange = Exchange {
            path: path.to_owned(),
            status: reply.status,
            bytes: reply.size,
            is_awaited,
        };
        self.store(path, reply, now);
        Some(exchange)
    }

    /// Returns the bytes of the copy in the cache, compressed as they were sent.
    pub(crate) fn body(&self, path: &str) -> &[u8] {
        &self.entries[path].reply.body
    }

    fn store(&mut self, path: &str, mut reply: Reply, now: u64) {
        // A further header here would need a copy for each of its values.
        assert_eq!(reply.header("vary"), ["Accept-Encoding"], "{path}");
        if reply.status == 304 {
            // A confirmed copy gets the headers of the confirmation.
            reply.body = self.entries.remove(path).unwrap().reply.body;
        }
        let entry = Entry {
            reply,
            confirmed: now,
        };
        self.entries.insert(path.to_owned(), entry);
    }
}

impl Entry {
    fn is_fresh(&self, now: u64) -> bool {
        now - self.confirmed < self.seconds("max-age")
    }

    /// Returns true if the copy may be used while it is confirmed.
    fn is_usable(&self, now: u64) -> bool {
        let seconds = self.seconds("max-age") + self.seconds("stale-while-revalidate");
        now - self.confirmed < seconds
    }

    /// Returns the seconds of a directive in `Cache-Control`; 0 without it.
    fn seconds(&self, directive: &str) -> u64 {
        let value = self.reply.header("cache-control").concat();
        let mut directives = value.split(", ").filter_map(|part| part.split_once('='));
        directives
            .find(|(name, _)| *name == directive)
            .map_or(0, |(_, seconds)| seconds.parse().unwrap())
    }

    /// Returns the headers that ask for the file only if it has changed.
    fn validators(&self) -> [(&str, &str); 2] {
        let header = |name| self.reply.header(name)[0];
        [
            ("If-None-Match", header("etag")),
            ("If-Modified-Since", header("last-modified")),
        ]
    }
}
