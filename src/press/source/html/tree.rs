use std::collections::HashMap;

use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

use crate::source::MAX_DEPTH;
use crate::{Diagnostic, Rule};

/// How much of a page is read before its depth is looked at: elements that are never closed take
/// the parser the square of their number to read.
const CHUNK: usize = 4096;

/// Parses a page as a browser does. Its elements nest no deeper than recursion may go.
pub(crate) fn parse(text: &str) -> Result<Html, Diagnostic> {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = html5ever::driver::parse_document(sink, html5ever::ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK));
        parser.process(StrTendril::from(chunk));
        if depth_of_end(&parser.tokenizer.sink.sink.0.borrow()) > MAX_DEPTH {
            return Err(too_deep());
        }
        rest = after;
    }
    let page = parser.finish();
    if depth(&page) > MAX_DEPTH {
        Err(too_deep())
    } else {
        Ok(page)
    }
}

/// How deep the place is nested that the parser has come to.
fn depth_of_end(page: &Html) -> usize {
    std::iter::successors(Some(page.tree.root()), |node| node.last_child()).count()
}

fn depth(page: &Html) -> usize {
    let mut depths = HashMap::new();
    for node in page.tree.root().descendants() {
        let parent = node
            .parent()
            .and_then(|parent| depths.get(&parent.id()).copied());
        depths.insert(node.id(), parent.map_or(0, |depth: usize| depth + 1));
    }
    depths.into_values().max().unwrap_or(0)
}

fn too_deep() -> Diagnostic {
    let message = format!(
        "the elements of this page nest more than {MAX_DEPTH} deep, as those of no real page do"
    );
    Diagnostic::without_span(
        Rule::Document,
        message,
        "save the page once more from the browser",
    )
}
