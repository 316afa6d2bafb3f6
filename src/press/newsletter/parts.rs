use digest_issue::Run;
use pulldown_cmark::Event;

use super::label::Label;
use super::markdown::{Block, Content, Inline, Item, List, Span};
use super::{bullet, rich_text};
use crate::{Diagnostic, Rule};

/// The parts of a newsletter, as they were found.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub(crate) title: Option<Text>,
    /// In the order of the newsletter.
    labelled: Vec<Part<'a>>,
}

/// A label with what belongs to it.
pub(crate) struct Part<'a> {
    pub(crate) label: Label,
    /// The text behind the label; its place is the whole line.
    pub(crate) value: Text,
    /// The items of the list below the label.
    pub(crate) items: &'a [Item<'a>],
}

/// A text that stands on one line.
pub(crate) struct Text {
    pub(crate) runs: Vec<Run>,
    pub(crate) span: Span,
}

impl<'a> Parts<'a> {
    /// Sorts the blocks of a document into the parts, and refuses those that are none.
    pub(crate) fn sort(blocks: &'a [Block<'a>], diagnostics: &mut Vec<Diagnostic>) -> Parts<'a> {
        let mut parts = Parts::default();
        for block in blocks {
            match (&block.content, parts.list_to_come()) {
                (Content::Paragraph(inlines) | Content::Heading(inlines), _) => {
                    for lines in split_at_labels(inlines) {
                        parts.add_text(lines, block, diagnostics);
                    }
                }
                (Content::List(List { items, .. }), Some(part)) => part.items = items,
                (Content::List(_), None) => diagnostics.push(unlabelled(block, block.span.clone())),
                (Content::Other(_), _) => {
                    diagnostics.push(bullet::misplaced(block, "this part of the newsletter"));
                }
            }
        }
        parts
    }

    /// The first part with this label.
    pub(crate) fn find(&self, label: Label) -> Option<&Part<'a>> {
        self.labelled.iter().find(|part| part.label == label)
    }

    /// The first line that was understood, or the start of the file: where a missing part belongs.
    pub(crate) fn first_line(&self) -> Span {
        let first = self.title.as_ref().or(self.labelled.first().map(|part| &part.value));
        first.map_or(0..0, |text| text.span.clone())
    }

    fn list_to_come(&mut self) -> Option<&mut Part<'a>> {
        self.labelled.last_mut().filter(|part| part.label.has_list() && part.items.is_empty())
    }

    fn add_text(&mut self, lines: &[Inline<'_>], block: &Block<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let runs = rich_text::line(lines, diagnostics);
        let span = span_of(lines).unwrap_or(block.span.clone());
        match Label::at_start_of(&rich_text::text(&runs)) {
            Some(label) => {
                let runs = rich_text::skip(&runs, label.as_written().len());
                self.add_part(label, Text { runs, span }, diagnostics);
            }
            // Such as a lone image: that was named already.
            None if runs.is_empty() => {}
            None if self.title.is_none() && self.labelled.is_empty() => {
                self.title = Some(Text { runs, span });
            }
            None => diagnostics.push(unlabelled(block, span)),
        }
    }

    fn add_part(&mut self, label: Label, value: Text, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(first) = self.find(label) {
            let message = format!("“{}” is there twice", label.as_written());
            let twice = Diagnostic::error(Rule::Twice, value.span.clone(), message, "keep one of them");
            diagnostics.push(twice.and(first.value.span.clone(), "the first one"));
        }
        self.labelled.push(Part { label, value, items: &[] });
    }
}

/// A paragraph as several ones where a line begins with a label, since editors write labels on
/// neighbouring lines, which are one paragraph to Markdown.
fn split_at_labels<'s, 'a>(inlines: &'s [Inline<'a>]) -> Vec<&'s [Inline<'a>]> {
    let mut pieces = Vec::new();
    let mut rest = inlines;
    while let Some((piece, after)) = label_after_break(rest).and_then(|index| rest.split_at_checked(index)) {
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// The index of the first label that stands at the start of a line, outside of marks and links.
fn label_after_break(inlines: &[Inline<'_>]) -> Option<usize> {
    let mut open = 0;
    let mut after_break = false;
    inlines.iter().position(|inline| {
        let is_label = matches!(&inline.event, Event::Text(text) if Label::at_start_of(text).is_some());
        let found = after_break && open == 0 && is_label;
        after_break = matches!(inline.event, Event::SoftBreak | Event::HardBreak);
        match inline.event {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            _ => {}
        }
        found
    })
}

fn span_of(inlines: &[Inline<'_>]) -> Option<Span> {
    Some(inlines.first()?.span.start..inlines.last()?.span.end)
}

/// The error for a text or list below the title that no label says the meaning of.
fn unlabelled(block: &Block<'_>, span: Span) -> Diagnostic {
    let labels = Label::ALL.map(Label::as_written).join(" ");
    let message = format!("this is {} without a label that says what it is", block.content.name());
    Diagnostic::error(
        Rule::NoPlace,
        span,
        message,
        format!("put it into a detail, or remove it; the labels are: {labels}"),
    )
}
