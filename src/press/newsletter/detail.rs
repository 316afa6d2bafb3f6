use digest_issue::Block;

use super::markdown::{self, Content, Item, List};
use super::{bullet, rich_text};
use crate::Diagnostic;

/// The blocks of one detail: paragraphs, and lists one level deep.
pub(crate) fn read(item: &Item<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    let blocks: Vec<_> = item.blocks.iter().flat_map(|block| read_block(block, diagnostics)).collect();
    if blocks.is_empty() {
        diagnostics.push(bullet::empty(item));
    }
    blocks
}

fn read_block(block: &markdown::Block<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    match &block.content {
        Content::Paragraph(inlines) => {
            rich_text::paragraphs(inlines, diagnostics).into_iter().map(Block::Paragraph).collect()
        }
        Content::List(List { numbered: false, items }) => {
            let bullets = items.iter().map(|item| bullet::line(item, "a nested bullet", diagnostics));
            vec![Block::List(bullets.collect())]
        }
        _ => {
            diagnostics.push(bullet::misplaced(block, "a detail"));
            Vec::new()
        }
    }
}
