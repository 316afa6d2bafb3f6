//! The lines of a paragraph, which is one text to Markdown.

use pulldown_cmark::Event;

use super::label::Label;
use super::markdown::Inline;

/// The indices at which lines begin, outside of marks and links.
pub(crate) fn starts(inlines: &[Inline<'_>]) -> Vec<usize> {
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

/// The label that the first line begins with, and where in its text the value begins.
pub(crate) fn label_of(inlines: &[Inline<'_>]) -> Option<(Label, usize)> {
    let length = inlines.iter().position(is_break).unwrap_or(inlines.len());
    Label::at_start_of(&text_of(&inlines[..length]))
}

/// The text without marks, as it will be shown.
pub(crate) fn text_of(inlines: &[Inline<'_>]) -> String {
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

pub(crate) fn is_break(inline: &Inline<'_>) -> bool {
    matches!(inline.event, Event::SoftBreak | Event::HardBreak)
}
