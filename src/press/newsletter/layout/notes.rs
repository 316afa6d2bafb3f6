//! The text above the first headline and below the last one.

use crate::Layout;
use crate::newsletter::markdown::{Content, MarkdownBlock};

/// Splits off the blocks above the first headline or section.
pub(super) fn split_intro<'b, 'a>(
    blocks: &'b [MarkdownBlock<'a>],
    layout: Layout,
) -> (&'b [MarkdownBlock<'a>], &'b [MarkdownBlock<'a>]) {
    let first = blocks
        .iter()
        .position(|block| begins_headlines(&block.content, layout));
    blocks.split_at(first.unwrap_or(0))
}

/// Splits off the blocks below the last line across the page, or below the last list if each bullet
/// is a headline. The line itself is in neither part.
pub(super) fn split_outro<'b, 'a>(
    blocks: &'b [MarkdownBlock<'a>],
    layout: Layout,
) -> (&'b [MarkdownBlock<'a>], &'b [MarkdownBlock<'a>]) {
    let last = blocks
        .iter()
        .rposition(|block| begins_headlines(&block.content, layout));
    let start = last.map_or(0, |last| last + 1);
    let is_rule = |block: &MarkdownBlock<'_>| matches!(block.content, Content::Rule);
    match blocks[start..].iter().rposition(is_rule) {
        Some(rule) => (&blocks[..start + rule], &blocks[start + rule + 1..]),
        None if has_headings(layout) => (blocks, &[]),
        // Text below a section's heading is that section's.
        None if blocks[..start].last().is_some_and(is_heading) => (blocks, &[]),
        None => blocks.split_at(start),
    }
}

fn begins_headlines(content: &Content<'_>, layout: Layout) -> bool {
    match content {
        Content::Heading(..) => true,
        Content::List(_) => !has_headings(layout),
        _ => false,
    }
}

/// Returns true if each headline is a heading.
fn has_headings(layout: Layout) -> bool {
    matches!(layout, Layout::Headings | Layout::Feed)
}

fn is_heading(block: &MarkdownBlock<'_>) -> bool {
    matches!(block.content, Content::Heading(..))
}
