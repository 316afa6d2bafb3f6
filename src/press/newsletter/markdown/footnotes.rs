//! Numbers footnotes in the order in which the text refers to them.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag};

use super::tree::Inline;

/// Replaces the labels of footnotes by numbers from 1. Notes that the text does not refer to come
/// last.
pub(super) fn number_footnotes(inlines: &mut [Inline<'_>]) {
    let mut numbers = HashMap::new();
    for inline in inlines.iter() {
        if let Event::FootnoteReference(label) = &inline.event {
            add_number(label, &mut numbers);
        }
    }
    for inline in inlines {
        if let Event::FootnoteReference(label) | Event::Start(Tag::FootnoteDefinition(label)) =
            &mut inline.event
        {
            *label = CowStr::from(add_number(label, &mut numbers).to_string());
        }
    }
}

/// Returns the number of a label. Labels do not differ by case.
fn add_number(label: &str, numbers: &mut HashMap<String, usize>) -> usize {
    let next = numbers.len() + 1;
    *numbers.entry(label.to_lowercase()).or_insert(next)
}
