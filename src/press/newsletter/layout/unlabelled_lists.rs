//! Errors for lists without labels. Markdown reads two such lists as one.

use crate::count::format_count;
use crate::diagnostic::line_number;
use crate::newsletter::markdown::{Content, List, ListItem, MarkdownBlock};
use crate::{Diagnostic, Rule};

const LABEL_HINT: &str =
    "each label is a separate paragraph (in Markdown, with an empty line above and below it)";

/// Returns the error for headlines and details without labels; `None` unless there are two lists,
/// or one that may be both.
pub(super) fn missing_labels_error(
    source: &str,
    lists: &[&MarkdownBlock<'_>],
) -> Option<Diagnostic> {
    let lists: Vec<_> = lists.iter().filter_map(|block| list_items(block)).collect();
    let (headlines, details, message) = match lists.as_slice() {
        [headlines, details] => (*headlines, *details, "there are two lists without labels"),
        [both] if both.len() > 1 => {
            let (headlines, details) = both.split_at(find_seam(source, both).unwrap_or(both.len()));
            (
                headlines,
                details,
                "this seems to be two lists, but there is no label between them",
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
        format!("write “Headlines:” above line {above} and “Details:” above {below}; {LABEL_HINT}");
    let error = Diagnostic::error(Rule::UnlabelledLists, first, message, remedy);
    Some(label_seam(error, headlines, details))
}

/// Returns the error for a list below “Headlines:” that seems to include the details.
pub(super) fn missing_details_error(source: &str, both: &[ListItem<'_>]) -> Option<Diagnostic> {
    let (headlines, details) = both.split_at(find_visible_seam(source, both)?);
    let (first, detail) = (headlines.first()?.span.clone(), details.first()?.span.start);
    let remedy = format!(
        "write “Details:” above line {}, if that is right; {LABEL_HINT}",
        line_number(source, detail)
    );
    let message = "this seems to be two lists, but “Details:” is missing";
    let error = Diagnostic::error(Rule::UnlabelledLists, first, message, remedy);
    Some(label_seam(error, headlines, details))
}

fn list_items<'a>(block: &'a MarkdownBlock<'_>) -> Option<&'a [ListItem<'a>]> {
    match &block.content {
        Content::List(List { items, .. }) => Some(items),
        _ => None,
    }
}

fn label_seam(
    error: Diagnostic,
    headlines: &[ListItem<'_>],
    details: &[ListItem<'_>],
) -> Diagnostic {
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

/// Returns the index at which a second list seems to begin, for messages only.
fn find_seam(source: &str, items: &[ListItem<'_>]) -> Option<usize> {
    let half = items.len().is_multiple_of(2).then_some(items.len() / 2);
    find_visible_seam(source, items).or(half)
}

/// Finds the seam by an empty line or by the lengths of the items.
fn find_visible_seam(source: &str, items: &[ListItem<'_>]) -> Option<usize> {
    find_lone_gap(source, items).or_else(|| find_growth(items))
}

/// Returns the only item with an empty line above it.
fn find_lone_gap(source: &str, items: &[ListItem<'_>]) -> Option<usize> {
    let mut gaps =
        (1..items.len()).filter(|index| is_below_empty_line(source, items[*index].span.start));
    gaps.next().filter(|_| gaps.next().is_none())
}

fn is_below_empty_line(source: &str, start: usize) -> bool {
    let above = source[..start].rsplit('\n').nth(1);
    above.is_some_and(|line| line.trim().is_empty())
}

/// Returns the item from which on all are much longer than all above; the widest step of several.
fn find_growth(items: &[ListItem<'_>]) -> Option<usize> {
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
