//! The results of a search as the options of a listbox.

use digest_search::{ExcerptPiece, Hit, find_matches, make_excerpt, split_pieces};
use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::browser_normalizer::BrowserNormalizer;
use crate::nodes::{element, time};
use crate::series_list::{SearchEntry, SeriesList};

/// The maximum number of results drawn: nobody reads more, and drawing them would delay the typing.
pub(crate) const MAX_RESULTS: usize = 60;

/// The maximum number of characters shown of a detail: about two lines.
const MAX_EXCERPT: usize = 160;

/// Draws the options in groups: by year, and results with whole words before those with parts of words.
pub(crate) fn draw_results(
    list: &SeriesList,
    entries: &[SearchEntry],
    hits: &[Hit],
    terms: &[&str],
    partial_label: &str,
) -> Array {
    let results: Vec<_> = hits
        .iter()
        .enumerate()
        .filter_map(|(index, hit)| {
            let entry = entries.get(hit.entry as usize)?;
            Some(SearchResult { index, hit, entry })
        })
        .collect();
    let has_whole_words = hits.first().is_some_and(|hit| hit.is_whole_word);
    let label = |result: &SearchResult<'_>| {
        let year = list.issues[result.entry.issue].year();
        if has_whole_words && !result.hit.is_whole_word {
            format!("{partial_label} {year}")
        } else {
            year.to_owned()
        }
    };
    let groups = results.chunk_by(|one, other| label(one) == label(other));
    groups
        .filter_map(|group| {
            let options = group.iter().map(|result| result.draw(list, terms));
            Some(draw_group(
                group.first()?.index,
                &label(group.first()?),
                options,
            ))
        })
        .collect()
}

/// A hit, and its place in the list.
struct SearchResult<'a> {
    index: usize,
    hit: &'a Hit,
    entry: &'a SearchEntry,
}

impl SearchResult<'_> {
    fn draw(&self, list: &SeriesList, terms: &[&str]) -> JsValue {
        let issue = &list.issues[self.entry.issue];
        let headline = list.headline(self.entry);
        let [id, href] = [
            format!("digest-result-{}", self.index),
            format!("{}#{}", issue.page, headline.id),
        ];
        let attributes = [
            ("part", "result"),
            ("role", "option"),
            ("id", &id),
            ("href", &href),
            ("tabindex", "-1"),
            ("lang", &issue.lang),
            ("dir", "auto"),
        ];
        let mut children = vec![
            draw_headline(&headline.text, terms),
            draw_excerpt(&self.entry.detail, terms),
        ];
        if issue.is_named_by_date() {
            children.push(element(
                "span",
                &[("part", "result-issue")],
                [time(&issue.date)],
            ));
        } else {
            let name = format!("{}, ", issue.name);
            let content = [name.into(), time(&issue.date)];
            children.push(element("span", &[("part", "result-issue")], content));
        }
        element("a", &attributes, children)
    }
}

fn draw_group(index: usize, label: &str, options: impl Iterator<Item = JsValue>) -> JsValue {
    let id = format!("digest-results-{index}");
    let attributes = [
        ("part", "result-year"),
        ("role", "presentation"),
        ("id", &id),
    ];
    let label = element("div", &attributes, [label.into()]);
    let attributes = [("role", "group"), ("aria-labelledby", &*id)];
    element("div", &attributes, [label].into_iter().chain(options))
}

fn draw_headline(text: &str, terms: &[&str]) -> JsValue {
    let matches = find_matches(text, terms, &BrowserNormalizer);
    draw_pieces("result-headline", split_pieces(text, &matches))
}

fn draw_excerpt(text: &str, terms: &[&str]) -> JsValue {
    let matches = find_matches(text, terms, &BrowserNormalizer);
    draw_pieces("result-detail", make_excerpt(text, &matches, MAX_EXCERPT))
}

fn draw_pieces(part: &str, pieces: Vec<ExcerptPiece>) -> JsValue {
    let pieces = pieces.into_iter().map(|piece| {
        let text = JsValue::from(piece.text);
        if piece.is_match {
            element("mark", &[], [text])
        } else {
            text
        }
    });
    element("span", &[("part", part)], pieces)
}
