//! Details: the blocks below or beside a headline.

use digest_issue::{self as issue, Block, Run, Table};

use super::bullet;
use crate::Diagnostic;
use crate::newsletter::markdown::{Content, Inline, List, ListItem, MarkdownBlock};
use crate::newsletter::rich_text::{self, join_paragraphs, read_line};

/// Reads the detail in a bullet. An empty one is an error.
pub(super) fn read_detail(item: &ListItem<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    let before = diagnostics.len();
    let blocks = read_blocks(&item.blocks, diagnostics);
    // Otherwise its content has no place here, which is said.
    if blocks.is_empty() && diagnostics.len() == before {
        diagnostics.push(bullet::empty_error(item));
    }
    blocks
}

/// Reads the blocks of a detail.
pub(super) fn read_blocks(
    blocks: &[MarkdownBlock<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    blocks
        .iter()
        .flat_map(|block| read_block(block, diagnostics))
        .collect()
}

/// Reads a block of a detail. A paragraph with hard line breaks or pictures is several blocks.
pub(super) fn read_block(
    block: &MarkdownBlock<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let read = match &block.content {
        Content::Paragraph(inlines) => {
            return rich_text::read_blocks(inlines, diagnostics);
        }
        Content::Heading(_, inlines) => {
            let runs = read_line(inlines, diagnostics);
            (!runs.is_empty()).then_some(Block::Heading(runs))
        }
        Content::List(list) => {
            let list = read_list(list, diagnostics);
            (!list.items.is_empty()).then_some(Block::List(list))
        }
        Content::Quote(blocks) => {
            let blocks = read_blocks(blocks, diagnostics);
            (!blocks.is_empty()).then_some(Block::Quote(blocks))
        }
        Content::Footnote { number, blocks } => {
            return read_footnote(*number, blocks, diagnostics);
        }
        Content::Code(code) => {
            let is_blank = code.trim().is_empty();
            (!is_blank).then(|| Block::Preformatted(vec![Run::plain(code)]))
        }
        Content::Table { head, rows } => Some(Block::Table(Table {
            head: read_row(head, diagnostics),
            rows: rows.iter().map(|row| read_row(row, diagnostics)).collect(),
        })),
        Content::Rule | Content::Other(_) => {
            diagnostics.push(bullet::misplaced_error(block, "a detail"));
            None
        }
    };
    read.into_iter().collect()
}

/// Reads a footnote: its raised number, and its text.
fn read_footnote(
    number: usize,
    blocks: &[MarkdownBlock<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let number = vec![Run {
        sup: true,
        ..Run::plain(number.to_string())
    }];
    let mut blocks = read_blocks(blocks, diagnostics);
    match blocks.first_mut() {
        Some(Block::Paragraph(runs)) => *runs = join_paragraphs(&[number, runs.clone()]),
        _ => blocks.insert(0, Block::Paragraph(number)),
    }
    blocks
}

fn read_list(List { first, items }: &List<'_>, diagnostics: &mut Vec<Diagnostic>) -> issue::List {
    let items = items.iter().map(|item| read_detail(item, diagnostics));
    issue::List {
        items: items.filter(|item| !item.is_empty()).collect(),
        // Markdown has numbers of at most nine digits.
        start: first.and_then(|first| u32::try_from(first).ok()),
    }
}

fn read_row(cells: &[Vec<Inline<'_>>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Run>> {
    cells
        .iter()
        .map(|cell| read_line(cell, diagnostics))
        .collect()
}
