//! Feeds: JSON Feed, RSS and Atom.

mod adapt;
mod json_feed;
mod losses;
mod model;
mod text;
mod vocabulary;
mod write_feed;
mod xml_feed;
mod xml_tree;

use super::document::Document;
use super::{UnreadableSource, decode};
use crate::budget::Budget;
use crate::{Diagnostic, Rule};
use losses::ENTITY;
use model::Feed;

/// A feed as a document: each entry is a heading of level 1, with its text below it.
pub(crate) struct FeedDocument {
    pub(crate) document: Document,
    pub(crate) entries: FeedEntries,
}

/// The ids of the entries and the presence of a date, which the Markdown of a feed does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FeedEntries {
    /// The entries' own ids, or else their addresses, in their order.
    pub(crate) ids: Vec<String>,
    /// True if the feed or one of its entries has a date.
    pub(crate) has_date: bool,
}

/// Reads a feed from the bytes of its file. Its root element, or its version in JSON, decides the
/// format.
///
/// # Errors
///
/// If the file is not a complete feed in the encoding that it declares, has no entries, or exceeds
/// the budget.
pub(crate) fn read(bytes: &[u8], budget: &mut Budget) -> Result<FeedDocument, UnreadableSource> {
    let text = decode::decode(bytes, find_label)?;
    let read = read_text(text.trim_start_matches('\u{feff}'), budget);
    read.map_err(|diagnostic| UnreadableSource {
        // Spans are in the text as it was decoded.
        text: text.into_owned(),
        diagnostic,
    })
}

fn read_text(text: &str, budget: &mut Budget) -> Result<FeedDocument, Diagnostic> {
    let feed = match text.trim_start().chars().next() {
        Some('{' | '[') => json_feed::read(text, budget)?,
        _ => read_xml(text, budget)?,
    };
    budget.check()?;
    write_feed::write(feed, budget)
}

fn read_xml(text: &str, budget: &mut Budget) -> Result<Feed, Diagnostic> {
    let file = xml_tree::parse(text, budget)?;
    let mut feed = xml_feed::read(&file.root).ok_or_else(|| no_feed_error(&file.root.name))?;
    for _ in 0..file.entities {
        feed.losses.add(ENTITY, "");
    }
    Ok(feed)
}

/// Returns the encoding in the XML declaration.
fn find_label(bytes: &[u8]) -> Option<String> {
    /// The declaration is the first line.
    const MAX_LENGTH: usize = 256;
    let start = String::from_utf8_lossy(bytes.get(..MAX_LENGTH).unwrap_or(bytes)).into_owned();
    let (_, declaration) = start.split_once("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|sign| "\"'".contains(*sign))?;
    value[1..].split(quote).next().map(str::to_owned)
}

fn no_feed_error(name: &str) -> Diagnostic {
    let remedy = match name {
        "html" | "HTML" => "if it is a newsletter, name the file with the ending .html",
        _ => "use a JSON Feed, RSS or Atom",
    };
    let message =
        format!("this XML file is no feed: expected <rss>, <feed> or <rdf:RDF>, found <{name}>");
    Diagnostic::without_span(Rule::Document, message, remedy)
}
