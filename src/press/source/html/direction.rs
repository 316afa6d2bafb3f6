//! Writing directions that a page sets against the direction of the letters.

use scraper::ElementRef;

use crate::right_to_left::is_right_to_left;

/// The number of characters in which the first letter is sought.
const MAX_SEARCH: usize = 500;

/// Returns the words for the direction of an element, if its letters have the other one: an issue
/// shows them in theirs.
pub(crate) fn find_changed_direction(element: ElementRef<'_>) -> Option<&'static str> {
    // The direction of a table or row is the order of its cells.
    if matches!(element.value().name(), "table" | "tbody" | "tr") {
        return None;
    }
    let is_rtl = match element.attr("dir")?.to_ascii_lowercase().as_str() {
        "rtl" => true,
        "ltr" => false,
        _ => return None,
    };
    let characters = element.text().flat_map(str::chars).take(MAX_SEARCH);
    let mut letters = characters.filter(|character| character.is_alphabetic());
    let is_changed = is_right_to_left(letters.next()?) != is_rtl;
    is_changed.then_some(if is_rtl {
        "from right to left"
    } else {
        "from left to right"
    })
}
