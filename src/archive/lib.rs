//! The archive of a series in a reader's page: a list of the issues by year, and the search.
//!
//! `www/archive.js` loads this module when the reader asks for other issues. Drawings are data, as in
//! `issue.json`: an array of the tag, the attributes and the children. `www/first-view.js` builds them.
//!
//! ```js
//! const view = new ArchiveView(await (await fetch("archive.json")).json());
//! const { details } = await (await fetch("search.json")).json();
//! view.add_details(details);
//! const results = view.search("radar", "Within longer words:");
//! console.log(results.count, results.nodes);
//! ```

#![forbid(unsafe_code)]

mod browser_normalizer;
mod nodes;
mod results;
mod series_list;
mod years;

use digest_search::{Index, fold, split_terms};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser_normalizer::BrowserNormalizer;
use crate::results::{MAX_RESULTS, draw_results};
use crate::series_list::{SearchEntry, SeriesList};
use crate::years::draw_years;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The issues of a series, which can be listed and searched.
#[wasm_bindgen]
pub struct ArchiveView {
    list: SeriesList,
    /// One entry for each headline, newest first.
    entries: Vec<SearchEntry>,
    index: Index,
}

#[wasm_bindgen]
impl ArchiveView {
    /// Reads the content of `archive.json`. Until there are details, the search finds headlines.
    ///
    /// Throws the decoder's error.
    #[wasm_bindgen(constructor)]
    pub fn new(archive: JsValue) -> Result<ArchiveView, JsValue> {
        let list: SeriesList = serde_wasm_bindgen::from_value(archive)?;
        let entries = list.list_entries();
        Ok(ArchiveView {
            index: index_entries(&list, &entries),
            list,
            entries,
        })
    }

    /// Adds the details of `search.json`: one for each headline, in the order of `archive.json`.
    pub fn add_details(&mut self, details: Vec<String>) {
        for (entry, detail) in self.entries.iter_mut().zip(details) {
            entry.detail = detail;
        }
        self.index = index_entries(&self.list, &self.entries);
    }

    /// Draws the list of all issues, a `<details>` for each year.
    pub fn draw_years(&self) -> Array {
        draw_years(&self.list)
    }

    /// Searches all headlines and details. A headline is found if it holds every word of the query,
    /// or its detail does.
    ///
    /// `partial_label` stands before the year of results in which a word of the query is only a part
    /// of a longer one.
    pub fn search(&mut self, query: &str, partial_label: &str) -> SearchResults {
        let query = fold(query, &BrowserNormalizer);
        let hits = self.index.search(&query);
        let shown = hits.get(..MAX_RESULTS).unwrap_or(&hits);
        let terms = split_terms(&query);
        SearchResults {
            count: hits.len() as u32,
            limit: MAX_RESULTS as u32,
            nodes: draw_results(&self.list, &self.entries, shown, &terms, partial_label),
        }
    }
}

/// The results of a search.
#[wasm_bindgen]
pub struct SearchResults {
    /// The number of headlines found.
    #[wasm_bindgen(readonly)]
    pub count: u32,
    /// The maximum number of results drawn.
    #[wasm_bindgen(readonly)]
    pub limit: u32,
    /// The drawing: options of a listbox, in a group for each year.
    #[wasm_bindgen(readonly, getter_with_clone)]
    pub nodes: Array,
}

/// Indexes the headline and the detail of each entry.
fn index_entries(list: &SeriesList, entries: &[SearchEntry]) -> Index {
    let fold_entry = |entry: &SearchEntry| {
        let headline = list.headline(entry);
        fold(
            &format!("{} {}", headline.text, entry.detail),
            &BrowserNormalizer,
        )
    };
    let folded: Vec<_> = entries.iter().map(fold_entry).collect();
    Index::new(folded.join("\n"))
}
