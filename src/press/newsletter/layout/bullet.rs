//! Bullets of one paragraph, and errors about bullets.

use digest_issue::Run;

use crate::newsletter::markdown::{Content, ListItem, MarkdownBlock};
use crate::newsletter::rich_text;
use crate::{Diagnostic, Rule};

/// Reads a bullet with one paragraph and nothing else; `place` is its name in messages.
pub(super) fn read_line(
    item: &ListItem<'_>,
    place: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Run> {
    let before = diagnostics.len();
    let mut runs = Vec::new();
    for (index, block) in item.blocks.iter().enumerate() {
        match &block.content {
            Content::Paragraph(inlines) if index == 0 => {
                runs = rich_text::read_line(inlines, diagnostics);
            }
            _ => diagnostics.push(misplaced_error(block, place)),
        }
    }
    // Otherwise its content has no place here, which is said.
    if runs.is_empty() && diagnostics.len() == before {
        diagnostics.push(empty_error(item));
    }
    runs
}

/// Returns the error for a bullet without text.
pub(super) fn empty_error(item: &ListItem<'_>) -> Diagnostic {
    Diagnostic::error(
        Rule::EmptyBullet,
        item.span.clone(),
        "this bullet has no text",
        "add text, or remove the bullet",
    )
}

/// Returns the error for a block that has no place in `place`.
pub(super) fn misplaced_error(block: &MarkdownBlock<'_>, place: &str) -> Diagnostic {
    Diagnostic::unsupported(
        block.span.clone(),
        block.content.name(),
        place,
        "write it as a paragraph or a bullet of a detail, or remove it",
    )
}
