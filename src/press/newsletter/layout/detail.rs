//! Details: paragraphs, and lists of one level.

use std::mem;

use digest_issue::{Block, Run};

use super::bullet;
use crate::newsletter::markdown::{Content, List, ListItem, MarkdownBlock};
use crate::newsletter::rich_text::{join_paragraphs, read_paragraphs};
use crate::{Diagnostic, Rule};

/// Reads the detail in a bullet. An empty one is an error.
pub(super) fn read_detail(item: &ListItem<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    let blocks = read_blocks(&item.blocks, diagnostics);
    if blocks.is_empty() {
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

/// Reads a block of a detail as paragraphs or a list.
pub(super) fn read_block(
    block: &MarkdownBlock<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    match &block.content {
        Content::Paragraph(inlines) => read_paragraphs(inlines, diagnostics)
            .into_iter()
            .map(Block::Paragraph)
            .collect(),
        Content::List(list) => {
            let mut bullets = Vec::new();
            add_bullets(list, &mut bullets, diagnostics);
            diagnostics.extend(find_nested_list(list).map(nesting_warning));
            vec![Block::List(bullets)]
        }
        _ => {
            diagnostics.push(bullet::misplaced_error(block, "a detail"));
            Vec::new()
        }
    }
}

/// Adds the bullets of a list. Lists of an issue have one level, so the bullets of a nested list
/// follow their parent.
fn add_bullets(list: &List<'_>, bullets: &mut Vec<Vec<Run>>, diagnostics: &mut Vec<Diagnostic>) {
    for (item, index) in list.items.iter().zip(0..) {
        let before = bullets.len();
        // An issue has no numbered lists, so the number becomes text.
        let number = list
            .first
            .map(|first| vec![Run::plain(format!("{}.", first + index))]);
        let mut paragraphs = Vec::new();
        for block in &item.blocks {
            match &block.content {
                Content::Paragraph(inlines) => {
                    paragraphs.extend(read_paragraphs(inlines, diagnostics));
                }
                Content::List(inner) => {
                    add_bullet(&mut paragraphs, bullets);
                    add_bullets(inner, bullets, diagnostics);
                }
                _ => diagnostics.push(bullet::misplaced_error(block, "a nested bullet")),
            }
        }
        add_bullet(&mut paragraphs, bullets);
        match (number, bullets.get_mut(before)) {
            (Some(number), Some(first)) => *first = join_paragraphs(&[number, mem::take(first)]),
            (None, Some(_)) => {}
            (_, None) => diagnostics.push(bullet::empty_error(item)),
        }
    }
}

/// Adds the paragraphs as one bullet, which has only one paragraph.
fn add_bullet(paragraphs: &mut Vec<Vec<Run>>, bullets: &mut Vec<Vec<Run>>) {
    if !paragraphs.is_empty() {
        bullets.push(join_paragraphs(&mem::take(paragraphs)));
    }
}

/// Returns the first list inside a list.
fn find_nested_list<'l, 'a>(list: &'l List<'a>) -> Option<&'l MarkdownBlock<'a>> {
    let mut blocks = list.items.iter().flat_map(|item| &item.blocks);
    blocks.find(|block| matches!(block.content, Content::List(_)))
}

fn nesting_warning(list: &MarkdownBlock<'_>) -> Diagnostic {
    Diagnostic::warning(
        Rule::Nesting,
        list.span.clone(),
        "nested bullets are shown as bullets of the outer list",
        "write one flat list if readers could misunderstand it",
    )
}
