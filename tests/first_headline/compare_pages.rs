//! Checks that all pages show the same digest, with panels that open: a page that did less would
//! not be a fair peer.

use std::sync::Arc;

use serde_json::Value;

use super::load_page::PageLoad;
use super::measured_site::MeasuredSite;
use super::page_variant::{PageKind, PageVariant};
use crate::browser_pool::BrowserPool;
use crate::conditions::read_version;
use crate::page::Page;

/// Loads each page once at full speed and compares its digest with that in plain HTML. Returns the
/// browser's version.
///
/// It also warms the browser up: its first loads are slower.
pub(super) async fn compare_pages(
    pool: &Arc<BrowserPool>,
    site: &MeasuredSite,
    variants: &[PageVariant],
) -> String {
    let mut found: Option<(Value, String)> = None;
    // The last page is plain HTML.
    for variant in variants.iter().rev() {
        let load = PageLoad::prepare(pool, site, variant).await;
        load.navigate().await;
        match &found {
            Some((texts, _)) => expect_texts(&load.page, variant, texts).await,
            None => {
                found = Some((
                    load.page.run(&script(TEXTS)).await,
                    read_version(&load.page).await,
                ));
            }
        }
        if variant.kind != PageKind::PlainHtml {
            expect_panels_to_open(&load.page, variant).await;
        }
        load.end().await;
    }
    found.expect("there are pages").1
}

/// Defines `all`, which finds the pieces of the digest.
const PRELUDE: &str = "
    const hosts = [...document.querySelectorAll('*')];
    const root = hosts.map(host => host.shadowRoot).find(Boolean) ?? document;
    const all = part => [...root.querySelectorAll(`[part=${part}]`)];";

/// The texts by part, without white space, which depends on how a page is made.
const TEXTS: &str = "
    const parts = ['title', 'volume', 'date', 'headline', 'detail', 'source'];
    return parts.map(part => all(part).map(piece => piece.textContent.replace(/\\s+/g, '')))";

async fn expect_texts(page: &Page, variant: &PageVariant, texts: &Value) {
    let what = format!("the digest in “{}”", variant.label());
    page.expect(&what, &script(TEXTS), texts.clone()).await;
}

/// The button opens every panel, and then closes it.
async fn expect_panels_to_open(page: &Page, variant: &PageVariant) {
    for open in [true, false] {
        page.run(&script("all('open-all')[0].click()")).await;
        let what = format!("open panels in “{}”: {open}", variant.label());
        let panels = format!("return all('panel').every(panel => panel.open === {open})");
        page.expect(&what, &script(&panels), true).await;
    }
}

fn script(body: &str) -> String {
    format!("{PRELUDE}{body}")
}
