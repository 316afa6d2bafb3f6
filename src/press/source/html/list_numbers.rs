//! Counts the items of a list as a browser does.

use scraper::ElementRef;

use super::list_notation::{BULLET, DECIMAL, ListNotation};
use super::style::ElementStyle;
use crate::source::document::ItemMarker;
use crate::source::number_format::format_number;

/// A list item: its level, from 0, and what is before it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ListItem {
    pub(crate) level: usize,
    pub(crate) marker: ItemMarker,
    /// A number that Markdown does not have, with the space behind it: `a. `.
    pub(crate) label: Option<String>,
}

/// The numbers of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListNumbers {
    pub(crate) next: i64,
    step: i64,
    notation: ListNotation,
}

impl Default for ListNumbers {
    fn default() -> ListNumbers {
        ListNumbers {
            next: 1,
            step: 1,
            notation: BULLET,
        }
    }
}

impl ListNumbers {
    /// The numbers of a `<ul>` or `<ol>` before its first item.
    pub(crate) fn new(list: ElementRef<'_>, style: ElementStyle) -> ListNumbers {
        let is_ordered = list.value().name() == "ol";
        let is_reversed = is_ordered && list.attr("reversed").is_some();
        let usual = if is_ordered { DECIMAL } else { BULLET };
        ListNumbers {
            next: parse_integer(list.attr("start"))
                .unwrap_or_else(|| if is_reversed { count_items(list) } else { 1 }),
            step: if is_reversed { -1 } else { 1 },
            notation: find_notation(list, style).unwrap_or(usual),
        }
    }

    /// Replaces the notation of a list whose program writes its numbers itself.
    pub(crate) fn with_notation(self, notation: ListNotation) -> ListNumbers {
        ListNumbers { notation, ..self }
    }

    /// Counts an item and returns what is before it.
    pub(crate) fn count_item(
        &mut self,
        item: ElementRef<'_>,
        style: ElementStyle,
        level: usize,
    ) -> ListItem {
        let number = parse_integer(item.attr("value")).unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let notation = find_notation(item, style).unwrap_or(self.notation);
        let (marker, label) = write_marker(number, notation);
        ListItem {
            level,
            marker,
            label,
        }
    }
}

fn write_marker(number: i64, notation: ListNotation) -> (ItemMarker, Option<String>) {
    let value = usize::try_from(number).ok();
    match value.filter(|value| *value <= ItemMarker::MAX_NUMBER) {
        _ if notation == BULLET => (ItemMarker::Bullet, None),
        Some(value) if notation == DECIMAL => {
            let delimiter = '.';
            (ItemMarker::Number { value, delimiter }, None)
        }
        value => {
            // A notation that does not have the number is replaced by digits.
            let text = value
                .filter(|value| *value > 0)
                .and_then(|value| format_number(notation.0, value))
                .unwrap_or_else(|| number.to_string());
            (ItemMarker::Bullet, Some(format!("{text}. ")))
        }
    }
}

/// Returns the notation that a list or an item sets for itself.
fn find_notation(element: ElementRef<'_>, style: ElementStyle) -> Option<ListNotation> {
    let attribute = || element.attr("type").and_then(ListNotation::parse_type);
    style.list_notation.or_else(attribute)
}

/// Parses a number as HTML does: what follows its digits is ignored.
fn parse_integer(value: Option<&str>) -> Option<i64> {
    let value = value?.trim_ascii_start();
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let end = digits.find(|character: char| !character.is_ascii_digit());
    let sign = value.len() - digits.len();
    value
        .get(..sign + end.unwrap_or(digits.len()))?
        .parse()
        .ok()
}

fn count_items(list: ElementRef<'_>) -> i64 {
    let items = list.children().filter_map(ElementRef::wrap);
    let count = items.filter(|item| item.value().name() == "li").count();
    i64::try_from(count).unwrap_or(i64::MAX)
}
