//! The parts of a newsletter outside its details: title, labelled lines and image.

use digest_issue::{Block, Image};
use pulldown_cmark::{Event, Tag};

use super::title;
use crate::image_source::ImageSource;
use crate::newsletter::front_matter::FrontMatterKey;
use crate::newsletter::label::Label;
use crate::newsletter::markdown::lines::{find_label, find_line_starts, inline_text};
use crate::newsletter::markdown::{Content, Inline, MarkdownBlock, span_inlines};
use crate::newsletter::rich_text::{self, RichText, run_text, skip_text};
use crate::newsletter::structure::Newsletter;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, Series};

/// The title, the labelled lines and the image of a newsletter, before they are checked.
pub(crate) struct LabelledParts<'a> {
    pub(crate) title: Option<RichText>,
    pub(crate) image: Option<LoneImage>,
    /// In the order of the newsletter.
    labelled: Vec<LabelledPart>,
    /// The title from the settings, which the text may repeat.
    known_title: Option<&'a str>,
    /// The first setting of the front matter.
    first_setting: Option<Span>,
}

/// A label with its value.
pub(crate) struct LabelledPart {
    pub(crate) label: Label,
    /// The text behind the label, with the span of the whole line.
    pub(crate) value: RichText,
}

/// An image in a paragraph of its own.
pub(crate) struct LoneImage {
    pub(crate) image: Image,
    pub(crate) span: Span,
}

impl<'a> LabelledParts<'a> {
    pub(crate) fn new(newsletter: &'a Newsletter<'_>, series: &'a Series) -> LabelledParts<'a> {
        let front_matter = &newsletter.front_matter;
        let front_title = front_matter
            .find(FrontMatterKey::Title)
            .map(|field| field.value.as_str());
        LabelledParts {
            title: None,
            image: None,
            labelled: Vec::new(),
            known_title: series.title.as_deref().or(front_title),
            first_setting: front_matter.first().map(|field| field.span.clone()),
        }
    }

    /// Splits the newsletter's blocks at the first one that is no labelled part. A second image
    /// begins the text.
    pub(crate) fn split<'b>(
        newsletter: &'a Newsletter<'b>,
        series: &'a Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (LabelledParts<'a>, &'a [MarkdownBlock<'b>]) {
        let mut parts = LabelledParts::new(newsletter, series);
        let mut rest = newsletter.blocks.as_slice();
        while let Some((block, after)) = rest.split_first() {
            if parts.begins_text(block, after.first()) {
                break;
            } else if parts.accepts(block) {
                parts.add(block, diagnostics);
            } else if parts.is_other_title(block, after.first()) {
                diagnostics.push(parts.unplaced_text_error(block, block.span.clone()));
            } else {
                break;
            }
            rest = after;
        }
        (parts, rest)
    }

    /// Adds a title, a line with a label or an image; any other block is an error.
    pub(crate) fn add(&mut self, block: &'a MarkdownBlock<'_>, diagnostics: &mut Vec<Diagnostic>) {
        match &block.content {
            Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
                match find_lone_image(inlines) {
                    Some(start) => self.add_image(inlines, start, diagnostics),
                    None => split_at_labels(inlines)
                        .into_iter()
                        .for_each(|lines| self.add_text(lines, block, diagnostics)),
                }
            }
            Content::List(_) => diagnostics.push(unlabelled_error(block, block.span.clone())),
            content => diagnostics.push(Diagnostic::unsupported(
                block.span.clone(),
                content.name(),
                "this part of the newsletter",
                "write it as a paragraph or a bullet of a detail, or remove it",
            )),
        }
    }

    /// Returns the first part with this label.
    pub(crate) fn find(&self, label: Label) -> Option<&LabelledPart> {
        self.labelled.iter().find(|part| part.label == label)
    }

    /// Returns the part that was added last.
    pub(crate) fn last(&self) -> Option<&LabelledPart> {
        self.labelled.last()
    }

    /// Returns the span of the first part, or the start of the file: errors about missing parts are
    /// shown there.
    pub(crate) fn first_line(&self) -> Span {
        let first = self
            .title
            .as_ref()
            .or(self.labelled.first().map(|part| &part.value));
        let first = self.first_setting.as_ref().or(first.map(|text| &text.span));
        first.cloned().unwrap_or(0..0)
    }

    /// Returns the error for a label that is missing.
    pub(crate) fn missing_label_error(&self, label: Label) -> Diagnostic {
        Diagnostic::error(
            Rule::MissingPart,
            self.first_line(),
            format!("“{}” is missing", label.as_written()),
            format!("add {}", label.example()),
        )
    }

    /// Returns true if a block begins with one of the parts that every layout has.
    fn accepts(&self, block: &MarkdownBlock<'_>) -> bool {
        let (Content::Paragraph(inlines) | Content::Heading(_, inlines)) = &block.content else {
            return false;
        };
        let is_title = || {
            split_at_labels(inlines)
                .first()
                .is_some_and(|lines| self.is_title(&inline_text(lines)))
        };
        is_labelled_or_image(block) || find_label(inlines).is_none() && is_title()
    }

    /// Returns true for a second image, unless a label or the title is below it.
    fn begins_text(&self, block: &MarkdownBlock<'_>, next: Option<&MarkdownBlock<'_>>) -> bool {
        let is_image = |block: &MarkdownBlock<'_>| match &block.content {
            Content::Paragraph(inlines) => find_lone_image(inlines).is_some(),
            _ => false,
        };
        let is_part = |next: &MarkdownBlock<'_>| !is_image(next) && self.accepts(next);
        self.image.is_some() && is_image(block) && !next.is_some_and(is_part)
    }

    /// Returns true if a text without a label is the title: it is the first text, and repeats the
    /// known title if there is one.
    fn is_title(&self, text: &str) -> bool {
        self.is_empty()
            && self
                .known_title
                .is_none_or(|known| title::repeats_title(text, known))
    }

    fn is_empty(&self) -> bool {
        self.title.is_none() && self.labelled.is_empty() && self.image.is_none()
    }

    /// Returns true for a text in the place of the title: first, and above a label or an image.
    fn is_other_title(&self, block: &MarkdownBlock<'_>, next: Option<&MarkdownBlock<'_>>) -> bool {
        let is_text = matches!(block.content, Content::Paragraph(_) | Content::Heading(..));
        self.is_empty()
            && is_text
            && self.known_title.is_some()
            && next.is_some_and(is_labelled_or_image)
    }

    /// Returns the error for a text without a label. The first one may be a title that differs from
    /// the known one.
    fn unplaced_text_error(&self, block: &MarkdownBlock<'_>, span: Span) -> Diagnostic {
        let mut error = unlabelled_error(block, span);
        if let Some(known) = self.known_title.filter(|_| self.is_empty()) {
            error.message += &format!(", and not “{known}”, the title of the issue");
            error.remedy = format!(
                "if it is the title, write “{known}”, or change `title` in {} or in the settings \
                 at the top of the file; otherwise {}",
                Series::FILE,
                error.remedy
            );
        }
        error
    }

    fn add_text(
        &mut self,
        lines: &[Inline<'_>],
        block: &MarkdownBlock<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let runs = rich_text::read_line(lines, diagnostics);
        let span = span_inlines(lines).unwrap_or(block.span.clone());
        match find_label(lines) {
            Some((label, start)) => {
                let runs = skip_text(&runs, start);
                self.add_part(label, RichText { runs, span }, diagnostics);
            }
            // Such as an image in a text, which has its error already.
            None if runs.is_empty() => {}
            None if self.is_title(&run_text(&runs)) => self.title = Some(RichText { runs, span }),
            None => diagnostics.push(self.unplaced_text_error(block, span)),
        }
    }

    fn add_part(&mut self, label: Label, value: RichText, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(first) = self.find(label) {
            let message = format!("“{}” appears twice", label.as_written());
            let error =
                Diagnostic::error(Rule::Twice, value.span.clone(), message, "keep one of them");
            diagnostics.push(error.with_label(first.value.span.clone(), "the first one"));
        }
        self.labelled.push(LabelledPart { label, value });
    }

    fn add_image(
        &mut self,
        inlines: &[Inline<'_>],
        start: &Inline<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let span = start.span.clone();
        match &self.image {
            None => {
                let blocks = rich_text::read_blocks(inlines, diagnostics);
                if let [Block::Image(image)] = &blocks[..] {
                    let image = image.clone();
                    self.image = Some(LoneImage { image, span });
                }
            }
            Some(_) if start.image.as_ref().is_some_and(ImageSource::is_word_part) => {
                diagnostics.push(omitted_image_warning(span));
            }
            Some(first) => diagnostics.push(second_image_error(span, first.span.clone())),
        }
    }
}

impl LabelledPart {
    /// Returns the error for a label that is there, but whose value is wrong.
    pub(crate) fn invalid_value_error(&self, reason: &str) -> Diagnostic {
        Diagnostic::error(
            Rule::MissingPart,
            self.value.span.clone(),
            format!("“{}” {reason}", self.label.as_written()),
            format!("write {}", self.label.example()),
        )
    }
}

fn is_labelled_or_image(block: &MarkdownBlock<'_>) -> bool {
    let (Content::Paragraph(inlines) | Content::Heading(_, inlines)) = &block.content else {
        return false;
    };
    match find_label(inlines) {
        Some((label, _)) => !label.has_list(),
        None => find_lone_image(inlines).is_some(),
    }
}

/// Returns the start of the image if there is nothing else in the paragraph but a link around it.
fn find_lone_image<'s, 'a>(inlines: &'s [Inline<'a>]) -> Option<&'s Inline<'a>> {
    let (first, rest) = inlines.split_first()?;
    let (last, inner) = rest.split_last()?;
    if matches!(first.event, Event::Start(Tag::Link { .. })) && first.span == last.span {
        return find_lone_image(inner);
    }
    first.image.as_ref()?;
    // The content of an image has spans inside the image's span.
    let is_alone =
        last.span == first.span && inner.iter().all(|inline| inline.span.end <= first.span.end);
    is_alone.then_some(first)
}

/// Splits a paragraph where a line begins with a label: editors write labels on neighbouring lines,
/// which are one paragraph in Markdown.
fn split_at_labels<'s, 'a>(inlines: &'s [Inline<'a>]) -> Vec<&'s [Inline<'a>]> {
    let mut pieces = Vec::new();
    let (mut start, mut label) = (0, find_label(inlines).map(|(label, _)| label));
    for line in find_line_starts(inlines).into_iter().skip(1) {
        let next = find_label(&inlines[line..]).map(|(label, _)| label);
        if next.is_some() || label.is_some_and(Label::has_one_line) {
            pieces.push(&inlines[start..line]);
            (start, label) = (line, next);
        }
    }
    pieces.push(&inlines[start..]);
    pieces
}

/// Returns the warning for an image inside a Word document: it may be a logo or an ornament, which
/// is no reason to refuse a newsletter.
fn omitted_image_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "this image has no place in an issue: it is left out",
        "the image of an issue is in a separate paragraph above the headlines",
    )
}

/// Returns the error for a second image.
pub(super) fn second_image_error(span: Span, first: Span) -> Diagnostic {
    let message = "this is a second image, and an issue has one";
    Diagnostic::error(Rule::Twice, span, message, "keep one of them")
        .with_label(first, "the first one")
}

/// Returns the error for a text or list whose meaning no label says.
pub(crate) fn unlabelled_error(block: &MarkdownBlock<'_>, span: Span) -> Diagnostic {
    let labels = Label::ALL.map(Label::as_written).join(" ");
    let message = format!("this is {} without a label", block.content.name());
    Diagnostic::error(
        Rule::NoPlace,
        span,
        message,
        format!("move it into a detail, or remove it; the labels are: {labels}"),
    )
}
