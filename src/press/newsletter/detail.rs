use std::mem;

use digest_issue::{Block, Run};

use super::markdown::{self, Content, Item, List};
use super::{bullet, rich_text};
use crate::{Diagnostic, Rule};

/// The blocks of one detail: paragraphs, and lists one level deep.
pub(crate) fn read(item: &Item<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    let blocks = read_blocks(&item.blocks, diagnostics);
    if blocks.is_empty() {
        diagnostics.push(bullet::empty(item));
    }
    blocks
}

/// The same without an error if there are none.
pub(crate) fn read_blocks(
    blocks: &[markdown::Block<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    blocks
        .iter()
        .flat_map(|block| read_block(block, diagnostics))
        .collect()
}

/// A block of a detail as paragraphs or a list.
pub(crate) fn read_block(
    block: &markdown::Block<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    match &block.content {
        Content::Paragraph(inlines) => rich_text::paragraphs(inlines, diagnostics)
            .into_iter()
            .map(Block::Paragraph)
            .collect(),
        Content::List(list) => {
            let mut bullets = Vec::new();
            add_bullets(list, &mut bullets, diagnostics);
            diagnostics.extend(list_in(list).map(nesting));
            vec![Block::List(bullets)]
        }
        _ => {
            diagnostics.push(bullet::misplaced(block, "a detail"));
            Vec::new()
        }
    }
}

/// Adds the bullets of a list. An issue's lists have one level, so those of a list within follow its bullet.
fn add_bullets(list: &List<'_>, bullets: &mut Vec<Vec<Run>>, diagnostics: &mut Vec<Diagnostic>) {
    for (item, index) in list.items.iter().zip(0..) {
        let before = bullets.len();
        // An issue has no numbered lists either.
        let number = list
            .first
            .map(|first| vec![Run::plain(format!("{}.", first + index))]);
        let mut paragraphs = Vec::new();
        for block in &item.blocks {
            match &block.content {
                Content::Paragraph(inlines) => {
                    paragraphs.extend(rich_text::paragraphs(inlines, diagnostics))
                }
                Content::List(inner) => {
                    add_bullet(&mut paragraphs, bullets);
                    add_bullets(inner, bullets, diagnostics);
                }
                _ => diagnostics.push(bullet::misplaced(block, "a nested bullet")),
            }
        }
        add_bullet(&mut paragraphs, bullets);
        match (number, bullets.get_mut(before)) {
            (Some(number), Some(first)) => *first = rich_text::joined(&[number, mem::take(first)]),
            (None, Some(_)) => {}
            (_, None) => diagnostics.push(bullet::empty(item)),
        }
    }
}

/// Adds a bullet, which has one paragraph, so that several become one.
fn add_bullet(paragraphs: &mut Vec<Vec<Run>>, bullets: &mut Vec<Vec<Run>>) {
    if !paragraphs.is_empty() {
        bullets.push(rich_text::joined(&mem::take(paragraphs)));
    }
}

/// The first list that is in a list.
fn list_in<'l, 'a>(list: &'l List<'a>) -> Option<&'l markdown::Block<'a>> {
    let mut blocks = list.items.iter().flat_map(|item| &item.blocks);
    blocks.find(|block| matches!(block.content, Content::List(_)))
}

fn nesting(list: &markdown::Block<'_>) -> Diagnostic {
    Diagnostic::warning(
        Rule::Nesting,
        list.span.clone(),
        "bullets inside a bullet are shown as those of the list around them",
        "write it without a list in a list if readers may mistake it",
    )
}
