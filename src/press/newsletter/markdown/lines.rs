//! Lines of a paragraph: Markdown reads neighbouring lines as one text.

use pulldown_cmark::Event;

use super::tree::Inline;
use crate::newsletter::label::Label;

/// Returns the indices at which lines begin, outside of marks and links.
pub(crate) fn find_line_starts(inlines: &[Inline<'_>]) -> Vec<usize> {
    let mut open = 0;
    let mut starts = vec![0];
    for (index, inline) in inlines.iter().enumerate() {
        match inline.event {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::SoftBreak | Event::HardBreak if open == 0 => starts.push(index + 1),
            _ => {}
        }
    }
    starts
}

/// Returns the label at the start of the first line, and the offset of its value in the line's
/// text.
pub(crate) fn find_label(inlines: &[Inline<'_>]) -> Option<(Label, usize)> {
    let length = inlines.iter().position(is_break).unwrap_or(inlines.len());
    Label::find_at_start(&inline_text(&inlines[..length]))
}

/// Returns the text without marks, as readers see it.
pub(crate) fn inline_text(inlines: &[Inline<'_>]) -> String {
    let text = inlines.iter().map(|inline| match &inline.event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    text.collect::<String>()
        .replace('\t', " ")
        .trim()
        .to_owned()
}

pub(super) fn is_break(inline: &Inline<'_>) -> bool {
    matches!(inline.event, Event::SoftBreak | Event::HardBreak)
}
