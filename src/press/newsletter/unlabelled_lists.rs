//! Two lists without labels between them, which Markdown reads as one list.

use super::markdown::{Block, Content, Item, List};
use crate::count::format_count;
use crate::diagnostic::line_number;
use crate::{Diagnostic, Rule};

const APART: &str =
    "each label is a paragraph of its own (in Markdown, with an empty line above and below it)";

/// The error for lists of headlines and details that both have no label; `None` if these are neither one
/// list that may be both, nor two.
pub(crate) fn without_labels(source: &str, lists: &[&Block<'_>]) -> Option<Diagnostic> {
    let lists: Vec<_> = lists.iter().filter_map(|block| items(block)).collect();
    let (headlines, details, message) = match lists.as_slice() {
        [headlines, details] => (
            *headlines,
            *details,
            "there are two lists, and no label says what they are",
        ),
        [both] if both.len() > 1 => {
            let (headlines, details) = both.split_at(seam(source, both).unwrap_or(both.len()));
            (
                headlines,
                details,
                "this seems to be two lists, but no label says where the second one begins",
            )
        }
        _ => return None,
    };
    let first = headlines.first()?.span.clone();
    let above = line_number(source, first.start);
    let below = match details.first() {
        Some(detail) => format!(
            "line {}, if that is right",
            line_number(source, detail.span.start)
        ),
        None => "the first of the details".to_owned(),
    };
    let remedy =
        format!("write “Headlines:” above line {above} and “Details:” above {below}; {APART}");
    let error = Diagnostic::error(Rule::UnlabelledLists, first, message, remedy);
    Some(with_seam(error, headlines, details))
}

/// The error for a list below “Headlines:” that the details seem to be in, too.
pub(crate) fn without_details(source: &str, both: &[Item<'_>]) -> Option<Diagnostic> {
    let (headlines, details) = both.split_at(visible_seam(source, both)?);
    let (first, detail) = (headlines.first()?.span.clone(), details.first()?.span.start);
    let remedy = format!(
        "write “Details:” above line {}, if that is right; {APART}",
        line_number(source, detail)
    );
    let message = "this seems to be two lists, but “Details:” is missing";
    let error = Diagnostic::error(Rule::UnlabelledLists, first, message, remedy);
    Some(with_seam(error, headlines, details))
}

fn items<'a>(block: &'a Block<'_>) -> Option<&'a [Item<'a>]> {
    match &block.content {
        Content::List(List { items, .. }) => Some(items),
        _ => None,
    }
}

fn with_seam(error: Diagnostic, headlines: &[Item<'_>], details: &[Item<'_>]) -> Diagnostic {
    let Some(first) = details.first() else {
        return error;
    };
    let above = format_count(headlines.len(), "bullet");
    let label = format!(
        "the details seem to begin here: {above} above, {} from here on",
        details.len()
    );
    error.with_label(first.span.clone(), label)
}

/// Where in a list a second one seems to begin: nothing is paired by it, it is only shown.
fn seam(source: &str, items: &[Item<'_>]) -> Option<usize> {
    let half = items.len().is_multiple_of(2).then_some(items.len() / 2);
    visible_seam(source, items).or(half)
}

/// The same where the items themselves show it, and not their number alone.
fn visible_seam(source: &str, items: &[Item<'_>]) -> Option<usize> {
    only_gap(source, items).or_else(|| growth(items))
}

/// The one item with an empty line above it.
fn only_gap(source: &str, items: &[Item<'_>]) -> Option<usize> {
    let mut gaps =
        (1..items.len()).filter(|index| is_below_empty_line(source, items[*index].span.start));
    gaps.next().filter(|_| gaps.next().is_none())
}

fn is_below_empty_line(source: &str, start: usize) -> bool {
    let above = source[..start].rsplit('\n').nth(1);
    above.is_some_and(|line| line.trim().is_empty())
}

/// Where all items are longer than all that are above: the widest step, if there are several.
fn growth(items: &[Item<'_>]) -> Option<usize> {
    let lengths: Vec<_> = items.iter().map(|item| item.span.len()).collect();
    let mut shortest_below = lengths.clone();
    for index in (1..lengths.len()).rev() {
        shortest_below[index - 1] = shortest_below[index - 1].min(shortest_below[index]);
    }
    let mut longest_above = 0;
    let mut steps = Vec::new();
    for (index, length) in lengths.iter().enumerate() {
        if index > 0 && shortest_below[index] > 2 * longest_above {
            steps.push((shortest_below[index] - longest_above, index));
        }
        longest_above = longest_above.max(*length);
    }
    steps.into_iter().max().map(|(_, index)| index)
}
