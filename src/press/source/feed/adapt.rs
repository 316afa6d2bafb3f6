//! Adapts the text of an entry to its place: below a headline, beside other entries.

use url::Url;

use super::losses::{CONTROL, Losses, RULE};
use crate::source::document::{Document, DocumentBlock, DocumentPiece, Role, is_blank};

/// Makes the headings of a text those of a detail, and leaves out what no detail can have.
pub(super) fn adapt_detail(document: &mut Document, losses: &mut Losses) {
    for block in &mut document.blocks {
        if let DocumentBlock::Paragraph(Role::Heading(level), _) = block {
            *level += 1;
        }
    }
    clean_document(document, losses);
}

/// Makes the headings of a text paragraphs: a heading would begin the entries.
pub(super) fn adapt_description(document: &mut Document, losses: &mut Losses) {
    for block in &mut document.blocks {
        if let DocumentBlock::Paragraph(role @ Role::Heading(_), _) = block {
            *role = Role::Text;
        }
    }
    clean_document(document, losses);
}

/// Removes control characters, which no reader sees.
pub(super) fn remove_controls<'p>(
    pieces: impl IntoIterator<Item = &'p mut DocumentPiece>,
    losses: &mut Losses,
) {
    for piece in pieces {
        let text = match piece {
            DocumentPiece::Text(run) => &mut run.text,
            DocumentPiece::Image { alt, .. } => alt,
            _ => continue,
        };
        text.retain(|sign| {
            let is_kept = !sign.is_control() || sign.is_whitespace();
            if !is_kept {
                losses.add(CONTROL, &format!("U+{:04X}", u32::from(sign)));
            }
            is_kept
        });
        *text = text.replace(char::is_control, " ");
    }
}

/// Returns the pieces of a block.
pub(super) fn block_pieces(block: &mut DocumentBlock) -> Vec<&mut DocumentPiece> {
    match block {
        DocumentBlock::Paragraph(_, pieces) => pieces.iter_mut().collect(),
        DocumentBlock::Table(rows) => rows.iter_mut().flatten().flatten().collect(),
        DocumentBlock::Rule => Vec::new(),
    }
}

fn clean_document(document: &mut Document, losses: &mut Losses) {
    document.blocks.retain(|block| {
        let is_rule = matches!(block, DocumentBlock::Rule);
        if is_rule {
            losses.add(RULE, "");
        }
        !is_rule
    });
    let blocks = document.blocks.iter_mut();
    for block in blocks.chain(document.notes.iter_mut().flatten()) {
        remove_controls(block_pieces(block), losses);
        block_pieces(block)
            .into_iter()
            .for_each(omit_relative_image);
    }
    remove_empty_items(&mut document.blocks);
}

/// Leaves out an image whose address is not complete: beside the issue there is no such file.
fn omit_relative_image(piece: &mut DocumentPiece) {
    if let DocumentPiece::Image { alt, src } = piece
        && Url::parse(src.as_str()).is_err()
    {
        let text = if alt.is_empty() { src.as_str() } else { alt };
        *piece = DocumentPiece::omission("an image without a complete address", text);
    }
}

/// Removes the markers of list items with nothing in them.
fn remove_empty_items(blocks: &mut [DocumentBlock]) {
    // The level that the block below is inside of, or on.
    let mut below = None;
    for block in blocks.iter_mut().rev() {
        let DocumentBlock::Paragraph(role, pieces) = block else {
            below = None;
            continue;
        };
        match *role {
            Role::Item { level, .. }
                if is_blank(pieces) && below.is_none_or(|below| below <= level) =>
            {
                *role = Role::Text;
            }
            Role::Item { level, .. } => below = Some(level),
            Role::Continued { level } if !is_blank(pieces) => below = Some(level + 1),
            _ if is_blank(pieces) => {}
            _ => below = None,
        }
    }
}
