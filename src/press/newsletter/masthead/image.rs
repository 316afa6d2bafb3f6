//! The image of an issue and its credit: from the front matter, or from a paragraph and a label.

use digest_issue::{Credit, Image, Run, Src};

use super::MastheadReader;
use super::labelled_parts::second_image_error;
use crate::budget::Budget;
use crate::image_source::WordParts;
use crate::newsletter::front_matter::{FrontMatterField, FrontMatterKey};
use crate::newsletter::label::Label;
use crate::newsletter::markdown::{self, Content, MarkdownBlock};
use crate::newsletter::rich_text::{
    self, RichText, encode_address, is_usable_src, missing_alt_warning,
};
use crate::source_map::Span;
use crate::{Diagnostic, Rule};

impl MastheadReader<'_, '_> {
    /// Reads the image, its credit, or both.
    pub(super) fn read_image(&mut self) -> Option<Image> {
        self.check_alt();
        let credit = self.read_credit();
        let picture = self.read_picture();
        (picture.is_some() || credit.is_some()).then(|| Image {
            credit,
            ..picture.unwrap_or_default()
        })
    }

    /// Reads the image without its credit.
    fn read_picture(&mut self) -> Option<Image> {
        match (
            self.front_matter.find(FrontMatterKey::Image),
            &self.parts.image,
        ) {
            (None, None) => None,
            (None, Some(image)) => Some(image.image.clone()),
            (Some(field), None) => {
                let alt = self.front_matter.find(FrontMatterKey::Alt);
                let alt = alt.map_or("", |alt| &alt.value);
                Some(new_image(&field.value, alt, &field.span, self.diagnostics))
            }
            (Some(field), Some(image)) => {
                let error = second_image_error(image.span.clone(), field.span.clone());
                self.diagnostics.push(error);
                None
            }
        }
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

/// Creates the image that the settings name.
fn new_image(src: &str, alt: &str, span: &Span, diagnostics: &mut Vec<Diagnostic>) -> Image {
    let src = Src::new(encode_address(src));
    if !is_usable_src(&src) {
        diagnostics.push(Diagnostic::error(
            Rule::UnusableLink,
            span.clone(),
            "this image cannot be used: its address is neither a file name nor a web address",
            "write the name of its file, as in “radar.jpg”, or an address that \
             starts with https://",
        ));
    }
    if alt.is_empty() {
        diagnostics.push(missing_alt_warning(span.clone()));
    }
    Image {
        src: Some(src),
        alt: Some(alt.to_owned()),
        ..Image::default()
    }
}
