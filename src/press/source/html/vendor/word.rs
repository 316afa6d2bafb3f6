//! Pages saved by Word.

use scraper::ElementRef;

use super::{HtmlTarget, strip_number};
use crate::source::document::ItemMarker;
use crate::source::html::css;
use crate::source::html::list_numbers::ListItem;

/// The class of the title's paragraph.
pub(super) const TITLE_CLASS: &str = "MsoTitle";

/// The number of nodes before the marker of a list item, at most.
const MAX_MARKER_SEARCH: usize = 50;

/// Returns the list item that a paragraph stands for: `<p style='mso-list:l0 level1 lfo1'>`. Its
/// bullet or number is text in it.
pub(crate) fn find_list_item(paragraph: ElementRef<'_>) -> Option<ListItem> {
    let list = parse_mso_list(paragraph)?;
    let level: usize = list
        .iter()
        .find_map(|word| word.strip_prefix("level")?.parse().ok())?;
    // It is at the start; searching all of each of many nested paragraphs would take long.
    let inner = paragraph.descendants().take(MAX_MARKER_SEARCH);
    let mut inner = inner.filter_map(ElementRef::wrap);
    let marker = inner.find(|element| is_list_marker(*element));
    let marker = marker.map(|marker| marker.text().collect::<String>());
    let (marker, label) = parse_marker(marker.unwrap_or_default().trim());
    Some(ListItem {
        level: level.saturating_sub(1),
        marker,
        label,
    })
}

/// Returns the marker in Markdown, or the number as text if Markdown does not have it.
fn parse_marker(marker: &str) -> (ItemMarker, Option<String>) {
    let mut signs = marker.chars();
    let delimiter = signs.next_back();
    let value = signs.as_str().parse().ok();
    match (
        value.filter(|value| *value <= ItemMarker::MAX_NUMBER),
        delimiter,
    ) {
        (Some(value), Some(delimiter @ ('.' | ')'))) => {
            (ItemMarker::Number { value, delimiter }, None)
        }
        (_, Some('.' | ')' | '）' | '．' | '、')) => {
            (ItemMarker::Bullet, Some(format!("{marker} ")))
        }
        _ => (ItemMarker::Bullet, None),
    }
}

/// Returns true for the bullet or number of a list item: `<span style='mso-list:Ignore'>`.
pub(crate) fn is_list_marker(element: ElementRef<'_>) -> bool {
    parse_mso_list(element).is_some_and(|list| list == ["ignore"])
}

/// Recognises `#_ftn1`, `#_edn1` and `#_msocom_1`, and the anchors that lead back from there.
pub(super) fn parse_anchor(href: &str) -> Option<HtmlTarget> {
    let footnote = |prefix| strip_number(href, prefix).map(str::to_owned);
    // Footnotes and endnotes are numbered separately.
    let endnote = |prefix| strip_number(href, prefix).map(|number| format!("end{number}"));
    footnote("#_ftn")
        .or_else(|| endnote("#_edn"))
        .map(HtmlTarget::Note)
        .or_else(|| {
            footnote("#_ftnref")
                .or_else(|| endnote("#_ednref"))
                .map(HtmlTarget::NoteItself)
        })
        .or_else(|| strip_number(href, "#_msocom_").map(|_| HtmlTarget::Comment))
        .or_else(|| strip_number(href, "#_msoanchor_").map(|_| HtmlTarget::CommentItself))
}

fn parse_mso_list(element: ElementRef<'_>) -> Option<Vec<String>> {
    let declarations = css::parse_declarations(element.attr("style")?);
    declarations
        .into_iter()
        .find(|declaration| declaration.property == "mso-list")
        .map(|declaration| declaration.words)
}
