use digest_issue::Run;

use super::markdown::{Block, Content, Item, Span};
use super::rich_text;
use crate::{Diagnostic, Rule};

/// The text of a bullet that holds one paragraph and nothing else; `place` names it in messages.
pub(crate) fn line(item: &Item<'_>, place: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Run> {
    let mut runs = Vec::new();
    for (index, block) in item.blocks.iter().enumerate() {
        match &block.content {
            Content::Paragraph(inlines) if index == 0 => {
                runs = rich_text::line(inlines, diagnostics)
            }
            _ => diagnostics.push(misplaced(block, place)),
        }
    }
    if runs.is_empty() {
        diagnostics.push(empty(item));
    }
    runs
}

/// The warning for bold, italics or code in a text that is shown in one style.
pub(crate) fn marks(span: Span, place: &str) -> Diagnostic {
    Diagnostic::warning(
        Rule::Marks,
        span,
        format!(
            "bold, italics and code marks are left out of {place}, which is shown in one style"
        ),
        "write it in plain text",
    )
}

/// The error for a bullet without text.
pub(crate) fn empty(item: &Item<'_>) -> Diagnostic {
    Diagnostic::error(
        Rule::EmptyBullet,
        item.span.clone(),
        "this bullet has no text",
        "write it, or remove the bullet",
    )
}

/// The error for a block that `place` has no place for.
pub(crate) fn misplaced(block: &Block<'_>, place: &str) -> Diagnostic {
    Diagnostic::unsupported(
        block.span.clone(),
        block.content.name(),
        place,
        "write what it says as a paragraph or a bullet of a detail, or remove it",
    )
}
