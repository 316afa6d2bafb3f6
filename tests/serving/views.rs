//! What each view of an embedder's page requests from a site, and how many bytes the answers have.
//!
//! Which files a browser requests is tested in `tests/browser` (`latest.rs`, `first_view.rs`); here
//! are the answers of nginx to these requests.

use std::fs;

use checks::{Nginx, glue, wasm};

use crate::http_cache::{Exchange, HttpCache};
use crate::series::Series;

/// A way to embed `latest/issue.json`.
struct Way {
    name: &'static str,
    /// The files that may change with each issue or version.
    brief: &'static [&'static str],
    /// The one of them that holds the issue.
    issue: &'static str,
}

const WAYS: [Way; 3] = [
    Way {
        name: "series script",
        brief: &["series.js"],
        issue: "series.js",
    },
    Way {
        name: "loader",
        brief: &["digest.js", "latest/issue.json"],
        issue: "latest/issue.json",
    },
    Way {
        name: "pre-rendered",
        brief: &["digest.js", "latest/issue.json"],
        issue: "latest/issue.json",
    },
];

const DAY: u64 = 86400;

pub(crate) fn each_view_requests_only_what_the_reader_lacks() {
    let series = Series::new();
    let server = series.serve();
    let mut readers = WAYS.map(|way| Reader::new(way, &server));
    for reader in &mut readers {
        reader.check_first_view();
        reader.check_repeated_views();
    }
    series.publish("1.6", "September 30, 2022");
    for reader in &mut readers {
        reader.check_views_of_new_issue(&series);
    }
}

pub(crate) fn scripts_and_snippet_name_the_files_of_a_view() {
    let series = Series::new();
    for script in ["digest.js", "series.js"] {
        let text = fs::read_to_string(series.path(script)).unwrap();
        assert!(text.contains(&glue()) && text.contains(&wasm()), "{script}");
    }
    let snippet = fs::read_to_string(series.path("latest/snippet.html")).unwrap();
    let address = series.address();
    let mut sources = snippet.split(" src=\"").skip(1);
    for file in WAYS[2].brief {
        let source = sources.next().unwrap();
        assert!(source.starts_with(&format!("{address}{file}\"")), "{file}");
    }
}

/// A reader of one page, with the cache of the browser.
struct Reader<'a> {
    way: Way,
    cache: HttpCache<'a>,
}

impl<'a> Reader<'a> {
    fn new(way: Way, server: &'a Nginx) -> Reader<'a> {
        let cache = HttpCache::new(server);
        Reader { way, cache }
    }

    fn check_first_view(&mut self) {
        let first = self.view("first view", 0);
        let engine = [glue(), wasm()];
        let files = self.way.brief.iter().map(|file| (*file).to_owned());
        let files: Vec<_> = files.chain(engine).map(|file| path(&file)).collect();
        assert_eq!(paths(&first), files);
        assert!(first.iter().all(|exchange| exchange.status == 200));
    }

    fn check_repeated_views(&mut self) {
        assert_eq!(self.view("within five minutes", 299), []);
        let later = self.view("after five minutes", 300);
        self.assert_confirmed(&later, false);
        // Now the copies are too old to be used before they are confirmed.
        let much_later = self.view("after two days", 2 * DAY);
        self.assert_confirmed(&much_later, true);
    }

    /// The browser shows the copy that it has, unless that is older than a day, and the new issue in
    /// the next view.
    fn check_views_of_new_issue(&mut self, series: &Series) {
        let issue = path(self.way.issue);
        let old = self.cache.body(&issue).to_vec();
        let view = self.view("first after a new issue", 2 * DAY + 300);
        assert_eq!(paths(&view), self.brief_paths());
        for exchange in &view {
            let is_issue = exchange.path == issue;
            assert_eq!(exchange.status, if is_issue { 200 } else { 304 });
            assert!(!exchange.is_awaited, "{exchange:?}");
        }
        let new = fs::read(series.path(&format!("{}.br", self.way.issue))).unwrap();
        assert_ne!(old, new);
        assert_eq!(self.cache.body(&issue), new);
        assert_eq!(self.view("second after it", 2 * DAY + 301), []);
    }

    #[track_caller]
    fn assert_confirmed(&self, exchanges: &[Exchange], is_awaited: bool) {
        assert_eq!(paths(exchanges), self.brief_paths());
        for exchange in exchanges {
            assert_eq!(exchange.status, 304, "{exchange:?}");
            assert_eq!(exchange.is_awaited, is_awaited, "{exchange:?}");
        }
    }

    /// Requests the files of a view at this second, and prints the bytes of the answers.
    fn view(&mut self, name: &str, now: u64) -> Vec<Exchange> {
        let engine = [glue(), wasm()].map(|file| path(&file));
        let paths = self.brief_paths().into_iter().chain(engine);
        let exchanges: Vec<_> = paths
            .filter_map(|path| self.cache.get(&path, now))
            .collect();
        let bytes: usize = exchanges.iter().map(|exchange| exchange.bytes).sum();
        println!(
            "{:<14}{name:<26}{:>2} requests {bytes:>7} bytes",
            self.way.name,
            exchanges.len()
        );
        exchanges
    }

    fn brief_paths(&self) -> Vec<String> {
        self.way.brief.iter().map(|file| path(file)).collect()
    }
}

fn path(file: &str) -> String {
    format!("/{file}")
}

fn paths(exchanges: &[Exchange]) -> Vec<String> {
    let paths = exchanges.iter().map(|exchange| exchange.path.clone());
    paths.collect()
}
