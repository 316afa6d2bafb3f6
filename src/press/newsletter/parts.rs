use digest_issue::Run;
use pulldown_cmark::{Event, Tag};

use super::document::Document;
use super::front_matter::Key;
use super::label::Label;
use super::lines::{label_of, text_of};
use super::markdown::{Block, Content, Inline, Span};
use super::{lines, rich_text, title};
use crate::{Diagnostic, Rule, Series, source};

/// The title, the labelled lines and the picture of a newsletter, as they were found.
pub(crate) struct Parts<'a> {
    pub(crate) title: Option<Text>,
    pub(crate) picture: Option<Picture<'a>>,
    /// In the order of the newsletter.
    labelled: Vec<Part>,
    /// The title that is known from elsewhere, which the newsletter may repeat.
    known_title: Option<&'a str>,
    /// The first setting above the newsletter's text.
    first_setting: Option<Span>,
}

/// A label with what belongs to it.
pub(crate) struct Part {
    pub(crate) label: Label,
    /// The text behind the label; its place is the whole line.
    pub(crate) value: Text,
}

/// A text that stands on one line.
pub(crate) struct Text {
    pub(crate) runs: Vec<Run>,
    pub(crate) span: Span,
}

/// An image in a paragraph of its own.
pub(crate) struct Picture<'a> {
    pub(crate) src: &'a str,
    pub(crate) title: &'a str,
    pub(crate) alt: String,
    pub(crate) span: Span,
}

impl<'a> Parts<'a> {
    pub(crate) fn new(document: &'a Document<'_>, series: &'a Series) -> Parts<'a> {
        let front_title = document
            .front
            .find(Key::Title)
            .map(|field| field.value.as_str());
        Parts {
            title: None,
            picture: None,
            labelled: Vec::new(),
            known_title: series.title.as_deref().or(front_title),
            first_setting: document.front.first().map(|field| field.span.clone()),
        }
    }

    /// The parts above the first block that is none of them, and the blocks from there on.
    pub(crate) fn above<'b>(
        document: &'a Document<'b>,
        series: &'a Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Parts<'a>, &'a [Block<'b>]) {
        let mut parts = Parts::new(document, series);
        let mut rest = document.blocks.as_slice();
        while let Some((block, after)) = rest.split_first().filter(|(block, _)| parts.takes(block))
        {
            parts.add(block, diagnostics);
            rest = after;
        }
        (parts, rest)
    }

    /// Adds a block if it is a title, a line with a label or a picture; otherwise that is an error.
    pub(crate) fn add(&mut self, block: &'a Block<'_>, diagnostics: &mut Vec<Diagnostic>) {
        match &block.content {
            Content::Paragraph(inlines) | Content::Heading(_, inlines) => match picture(inlines) {
                Some(picture) => self.add_picture(picture, diagnostics),
                None => split_at_labels(inlines)
                    .into_iter()
                    .for_each(|lines| self.add_text(lines, block, diagnostics)),
            },
            Content::List(_) => diagnostics.push(unlabelled(block, block.span.clone())),
            Content::Other(name) => diagnostics.push(Diagnostic::unsupported(
                block.span.clone(),
                name,
                "this part of the newsletter",
                "write what it says as a paragraph or a bullet of a detail, or remove it",
            )),
        }
    }

    /// The first part with this label.
    pub(crate) fn find(&self, label: Label) -> Option<&Part> {
        self.labelled.iter().find(|part| part.label == label)
    }

    /// The label that was added last.
    pub(crate) fn last(&self) -> Option<&Part> {
        self.labelled.last()
    }

    /// The first line that was understood, or the start of the file: where a missing part belongs.
    pub(crate) fn first_line(&self) -> Span {
        let first = self
            .title
            .as_ref()
            .or(self.labelled.first().map(|part| &part.value));
        let first = self.first_setting.as_ref().or(first.map(|text| &text.span));
        first.cloned().unwrap_or(0..0)
    }

    /// Whether a block begins with one of the parts that every layout has.
    fn takes(&self, block: &Block<'_>) -> bool {
        let (Content::Paragraph(inlines) | Content::Heading(_, inlines)) = &block.content else {
            return false;
        };
        let is_title = || {
            split_at_labels(inlines)
                .first()
                .is_some_and(|lines| self.is_title(&text_of(lines)))
        };
        match label_of(inlines) {
            Some((label, _)) => !label.has_list(),
            None => picture(inlines).is_some() || is_title(),
        }
    }

    /// Whether a text without a label is the title: the first one, or what repeats the known one.
    fn is_title(&self, text: &str) -> bool {
        let is_first = self.title.is_none() && self.labelled.is_empty() && self.picture.is_none();
        is_first
            && self
                .known_title
                .is_none_or(|known| title::repeats(text, known))
    }

    fn add_text(
        &mut self,
        lines: &[Inline<'_>],
        block: &Block<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let runs = rich_text::line(lines, diagnostics);
        let span = span_of(lines).unwrap_or(block.span.clone());
        let text = rich_text::text(&runs);
        match label_of(lines) {
            Some((label, start)) => {
                self.add_part(
                    label,
                    Text {
                        runs: rich_text::skip(&runs, start),
                        span,
                    },
                    diagnostics,
                );
            }
            // Such as an image in a text: that was named already.
            None if runs.is_empty() => {}
            None if self.is_title(&text) => self.title = Some(Text { runs, span }),
            None => diagnostics.push(unlabelled(block, span)),
        }
    }

    fn add_part(&mut self, label: Label, value: Text, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(first) = self.find(label) {
            let message = format!("“{}” is there twice", label.as_written());
            let twice =
                Diagnostic::error(Rule::Twice, value.span.clone(), message, "keep one of them");
            diagnostics.push(twice.with_label(first.value.span.clone(), "the first one"));
        }
        self.labelled.push(Part { label, value });
    }

    fn add_picture(&mut self, picture: Picture<'a>, diagnostics: &mut Vec<Diagnostic>) {
        match &self.picture {
            None => self.picture = Some(picture),
            Some(_) if source::is_part(picture.src) => {
                diagnostics.push(rich_text::image_left_out(picture.span));
            }
            Some(first) => {
                let message = "this is a second image, and an issue has one";
                let twice =
                    Diagnostic::error(Rule::Twice, picture.span, message, "keep one of them");
                diagnostics.push(twice.with_label(first.span.clone(), "the first one"));
            }
        }
    }
}

/// The picture, if there is nothing else in the paragraph.
fn picture<'a>(inlines: &'a [Inline<'_>]) -> Option<Picture<'a>> {
    let (first, rest) = inlines.split_first()?;
    let Event::Start(Tag::Image {
        dest_url, title, ..
    }) = &first.event
    else {
        return None;
    };
    // Whatever is inside of an image has its place, and so is before the image's end.
    let is_alone = rest.last().is_some_and(|last| last.span == first.span)
        && rest.iter().all(|inline| inline.span.end <= first.span.end);
    is_alone.then(|| Picture {
        src: dest_url,
        title,
        alt: text_of(rest),
        span: first.span.clone(),
    })
}

/// A paragraph as several ones where a line begins with a label, since editors write labels on
/// neighbouring lines, which are one paragraph to Markdown.
fn split_at_labels<'s, 'a>(inlines: &'s [Inline<'a>]) -> Vec<&'s [Inline<'a>]> {
    let mut pieces = Vec::new();
    let (mut start, mut label) = (0, label_of(inlines).map(|(label, _)| label));
    for line in lines::starts(inlines).into_iter().skip(1) {
        let next = label_of(&inlines[line..]).map(|(label, _)| label);
        if next.is_some() || label.is_some_and(Label::has_one_line) {
            pieces.push(&inlines[start..line]);
            (start, label) = (line, next);
        }
    }
    pieces.push(&inlines[start..]);
    pieces
}

fn span_of(inlines: &[Inline<'_>]) -> Option<Span> {
    Some(inlines.first()?.span.start..inlines.last()?.span.end)
}

/// The error for a text or list below the title that no label says the meaning of.
pub(crate) fn unlabelled(block: &Block<'_>, span: Span) -> Diagnostic {
    let labels = Label::ALL.map(Label::as_written).join(" ");
    let message = format!(
        "this is {} without a label that says what it is",
        block.content.name()
    );
    Diagnostic::error(
        Rule::NoPlace,
        span,
        message,
        format!("put it into a detail, or remove it; the labels are: {labels}"),
    )
}
