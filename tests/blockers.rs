//! Ad blockers leave a digest alone: no filter of EasyList, of the lists for single languages, and of
//! AdGuard's against trackers, cookie notices and other annoyances matches the files, addresses and
//! markup of a site.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use checks::{dist, load_site, root, run_with_input};
use digest_press::SiteFile;
use scraper::{Html, Selector};
use serde::Deserialize;
use serde_json::json;

#[test]
fn no_filter_blocks_a_file() {
    let files = list_files();
    for name in ["digest.js", "frame.html", "issues/coast-watch-1.9/"] {
        assert!(files.iter().any(|file| file == name), "{name} in {files:?}");
    }
    let blocked = list_blocked(|url| url != ADVERTISEMENT);
    assert_eq!(blocked, Vec::<String>::new());
}

#[test]
fn a_filter_blocks_an_advertisement() {
    assert_eq!(list_blocked(|url| url == ADVERTISEMENT).len(), TYPES.len());
}

#[test]
fn no_filter_hides_a_part_of_a_digest() {
    let pages = FILES.iter().filter(|file| file.path.ends_with(".html"));
    let hidden: Vec<_> = pages
        .flat_map(|file| {
            let hidden = list_hidden(&String::from_utf8_lossy(&file.bytes));
            hidden
                .into_iter()
                .map(move |filter| format!("{}: {filter}", file.path))
        })
        .collect();
    assert_eq!(hidden, Vec::<String>::new());
}

#[test]
fn a_filter_hides_an_advertisement() {
    let html = "<main><div class=\"adsbygoogle-wrapper\"></div></main>";
    assert_eq!(list_hidden(html), ["##.adsbygoogle-wrapper"]);
}

const ADVERTISEMENT: &str = "https://ib.adnxs.com/seg?add=1";

/// How browsers request files.
const TYPES: [&str; 5] = ["script", "xhr", "sub_frame", "image", "main_frame"];

/// The files of a site, without the widget's.
static FILES: LazyLock<Vec<SiteFile>> = LazyLock::new(|| load_site("site/series".as_ref()));

/// Each address and type of request, and the filters that match.
static FOUND: LazyLock<(Vec<[String; 2]>, Filters)> = LazyLock::new(|| {
    let sites = ["https://cdn.example/", "https://publisher.example/digest/"];
    let files = list_files();
    let urls = sites
        .iter()
        .flat_map(|site| files.iter().map(move |file| format!("{site}{file}")));
    let urls = urls.chain([ADVERTISEMENT.to_owned()]);
    let requests: Vec<_> = urls
        .flat_map(|url| TYPES.map(|kind| [url.clone(), kind.to_owned()]))
        .collect();
    let filters = find_filters(&requests);
    (requests, filters)
});

#[derive(Deserialize)]
struct Filters {
    blocking: Vec<Option<String>>,
    hiding: Vec<String>,
}

fn list_files() -> Vec<String> {
    let own = FILES
        .iter()
        .map(|file| file.path.trim_end_matches("index.html").to_owned());
    let widget = fs::read_dir(dist()).unwrap();
    own.chain(widget.map(|entry| entry.unwrap().file_name().into_string().unwrap()))
        .collect()
}

/// Asks for filters that match requests of an embedder's page.
fn find_filters(requests: &[[String; 2]]) -> Filters {
    let requests: Vec<_> = requests
        .iter()
        .map(|[url, kind]| json!({ "url": url, "type": kind, "page": "https://embedder.example/" }))
        .collect();
    let mut node = Command::new("node");
    node.arg(root().join("tests/blockers/find_filters.cjs"));
    let output = run_with_input(&mut node, json!(requests).to_string().as_bytes());
    serde_json::from_slice(&output).unwrap()
}

/// Lists the blocked requests with these addresses, and the filter that blocks each.
fn list_blocked(is_asked: impl Fn(&str) -> bool) -> Vec<String> {
    let (requests, filters) = &*FOUND;
    let asked = requests
        .iter()
        .zip(&filters.blocking)
        .filter(|([url, _], _)| is_asked(url));
    asked
        .filter_map(|([url, kind], filter)| Some(format!("{kind} {url}: {}", filter.as_ref()?)))
        .collect()
}

/// Lists the filters that hide an element of a page.
///
/// A blocker's styles may apply inside shadow roots, so the content of a template counts too.
fn list_hidden(html: &str) -> Vec<&'static str> {
    let html = Html::parse_document(&html.replace("template", "div"));
    let hiding = SELECTORS.iter();
    let hiding = hiding.filter(|(_, selector)| html.select(selector).next().is_some());
    hiding.map(|(filter, _)| *filter).collect()
}

/// The filters that hide elements, with their selectors.
static SELECTORS: LazyLock<Vec<(&str, Selector)>> = LazyLock::new(|| {
    let filters = &FOUND.1.hiding;
    let selectors = filters.iter().filter_map(|filter| {
        let selector = Selector::parse(filter.strip_prefix("##")?).ok()?;
        Some((filter.as_str(), selector))
    });
    let selectors: Vec<_> = selectors.collect();
    // The others are selectors that only blockers know.
    assert!(selectors.len() > 20_000 && selectors.len() * 20 > filters.len() * 19);
    selectors
});
