//! The image of an issue and its credit: from the front matter, or from a paragraph and a label.

use digest_issue::{Credit, Image, Run, Src};

use super::MastheadReader;
use super::labelled_parts::{MarkdownImage, second_image_error};
use crate::budget::Budget;
use crate::image_source::WordParts;
use crate::newsletter::front_matter::{FrontMatterField, FrontMatterKey};
use crate::newsletter::label::Label;
use crate::newsletter::markdown::{self, Content, MarkdownBlock};
use crate::newsletter::rich_text::{self, RichText, dropped_title_warning, encode_address};
use crate::source_map::Span;
use crate::{Diagnostic, Rule};
use url::{ParseError, Url};

impl MastheadReader<'_, '_> {
    /// Reads the image, its credit, or both.
    pub(super) fn read_image(&mut self) -> Option<Image> {
        self.check_alt();
        let credit = self.read_credit();
        let (src, alt) = self.read_src_and_alt().unzip();
        (src.is_some() || credit.is_some()).then(|| Image {
            src,
            alt,
            credit,
            ..Image::default()
        })
    }

    fn read_src_and_alt(&mut self) -> Option<(Src, String)> {
        let (src, alt, span) = match (
            self.front_matter.find(FrontMatterKey::Image),
            &self.parts.image,
        ) {
            (None, None) => return None,
            (None, Some(image)) => self.read_markdown_image(image),
            (Some(field), None) => {
                let alt = self
                    .front_matter
                    .find(FrontMatterKey::Alt)
                    .map_or("", |alt| &alt.value);
                (field.value.as_str(), alt.to_owned(), field.span.clone())
            }
            (Some(field), Some(image)) => {
                let error = second_image_error(image.span.clone(), field.span.clone());
                self.diagnostics.push(error);
                return None;
            }
        };
        let src = Src::new(encode_address(src));
        if !is_usable(&src) {
            self.diagnostics.push(Diagnostic::error(
                Rule::UnusableLink,
                span.clone(),
                "this image cannot be used: its address is neither a file name nor a web address",
                "write the name of its file, as in “radar.jpg”, or an address that \
                 starts with https://",
            ));
        }
        if alt.is_empty() {
            self.diagnostics.push(Diagnostic::warning(
                Rule::ImageText,
                span,
                "this image has no description",
                "add an alternative text that says what it shows \
                 (in Markdown “![The radar site at dusk](radar.jpg)”)",
            ));
        }
        Some((src, alt))
    }

    /// Reports a description without an image: it would be lost.
    fn check_alt(&mut self) {
        let alt = self
            .front_matter
            .find(FrontMatterKey::Alt)
            .filter(|_| self.front_matter.find(FrontMatterKey::Image).is_none());
        if let Some(alt) = alt {
            self.diagnostics.push(Diagnostic::error(
                Rule::NoPlace,
                alt.span.clone(),
                "this describes an image, but there is no setting for the image itself",
                "add a line “image: radar.jpg”, or remove this one",
            ));
        }
    }

    fn read_markdown_image<'a>(&mut self, image: &MarkdownImage<'a>) -> (&'a str, String, Span) {
        if !image.title.is_empty() {
            self.diagnostics
                .push(dropped_title_warning("image", image.title, &image.span));
        }
        let alt = RichText {
            runs: rich_text::read_line(image.alt, self.diagnostics),
            span: image.span.clone(),
        };
        let alt = alt.to_plain_text("the alternative text", self.diagnostics);
        (image.src.as_str(), alt, image.span.clone())
    }

    fn read_credit(&mut self) -> Option<Credit> {
        let field = self.front_matter.find(FrontMatterKey::Credit);
        let Some(part) = self.find_valued_part(Label::ImageSource) else {
            let value = self.parse_field(field?);
            return Some(self.new_credit(&value));
        };
        if let Some(field) = field {
            let message = "the image's source appears twice";
            let error = Diagnostic::error(
                Rule::Twice,
                part.value.span.clone(),
                message,
                "keep one of them",
            );
            self.diagnostics
                .push(error.with_label(field.span.clone(), "the first one"));
        }
        Some(self.new_credit(&part.value))
    }

    /// Parses the links and marks in a setting.
    fn parse_field(&mut self, field: &FrontMatterField) -> RichText {
        let mut found = Vec::new();
        let references = self.series.references.as_ref();
        let blocks = markdown::parse_blocks(
            &field.value,
            0,
            references,
            &WordParts::default(),
            &mut Budget::default(),
            &mut found,
        );
        let runs = match blocks.as_slice() {
            [
                MarkdownBlock {
                    content: Content::Paragraph(inlines),
                    ..
                },
            ] => rich_text::read_line(inlines, &mut found),
            _ => vec![Run::plain(&field.value)],
        };
        // The span is the whole setting: escapes in YAML and TOML shift the offsets in its value.
        let at_field = |diagnostic| Diagnostic {
            spans: vec![field.labeled_span()],
            ..diagnostic
        };
        self.diagnostics.extend(
            found
                .into_iter()
                .filter(|found| found.file.is_none())
                .map(at_field),
        );
        RichText {
            runs,
            span: field.span.clone(),
        }
    }

    /// The link, if there is one, may be on any part of the text.
    fn new_credit(&mut self, value: &RichText) -> Credit {
        let mut hrefs: Vec<_> = value
            .runs
            .iter()
            .filter_map(|run| run.href.clone())
            .collect();
        hrefs.dedup();
        if hrefs.len() > 1 {
            self.diagnostics.push(Diagnostic::error(
                Rule::SeveralLinks,
                value.span.clone(),
                "the image's source has several links, but can keep only one",
                "keep the link to where the image was published",
            ));
        }
        Credit {
            text: value.to_unmarked_text("the image's source", self.diagnostics),
            href: hrefs.pop(),
        }
    }
}

/// Returns true for the name of a file, and for a web address that a browser can read.
fn is_usable(src: &Src) -> bool {
    let is_readable = |url: &str| match Url::parse(url) {
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
        Ok(_) => true,
    };
    src.safe_url().is_some_and(is_readable)
}
