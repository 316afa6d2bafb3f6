//! Parses a page into a tree of limited depth.

use std::collections::HashMap;

use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

use crate::source::MAX_DEPTH;
use crate::{Diagnostic, Rule};

/// The bytes parsed between checks of the depth. Elements that are never closed take the parser
/// quadratic time.
const CHUNK: usize = 4096;

/// Parses a page as a browser does and limits its depth, since the reader is recursive.
pub(crate) fn parse(text: &str) -> Result<Html, Diagnostic> {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = html5ever::driver::parse_document(sink, html5ever::ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK));
        parser.process(StrTendril::from(chunk));
        if depth_of_last_node(&parser.tokenizer.sink.sink.0.borrow()) > MAX_DEPTH {
            return Err(too_deep_error());
        }
        rest = after;
    }
    let page = parser.finish();
    if max_depth(&page) > MAX_DEPTH {
        Err(too_deep_error())
    } else {
        Ok(page)
    }
}

/// Returns the depth of the node that the parser is in.
fn depth_of_last_node(page: &Html) -> usize {
    std::iter::successors(Some(page.tree.root()), |node| node.last_child()).count()
}

fn max_depth(page: &Html) -> usize {
    let mut depths = HashMap::new();
    for node in page.tree.root().descendants() {
        let parent = node
            .parent()
            .and_then(|parent| depths.get(&parent.id()).copied());
        depths.insert(node.id(), parent.map_or(0, |depth: usize| depth + 1));
    }
    depths.into_values().max().unwrap_or(0)
}

fn too_deep_error() -> Diagnostic {
    let message = format!("this page nests elements more than {MAX_DEPTH} deep");
    Diagnostic::without_span(
        Rule::Document,
        message,
        "save the page again from the browser",
    )
}
