use digest_issue::{Credit, Image, Run, Src};

use super::{Reader, unmarked};
use crate::newsletter::front_matter::{Field, Key};
use crate::newsletter::label::Label;
use crate::newsletter::markdown::{self, Block, Content, Span};
use crate::newsletter::parts::{Picture, Text};
use crate::newsletter::{link, rich_text};
use crate::{Diagnostic, Rule};

impl Reader<'_, '_> {
    /// The picture of the issue, its credit, or both.
    pub(super) fn image(&mut self) -> Option<Image> {
        self.check_alt();
        let credit = self.credit();
        let (src, alt) = self.picture().unzip();
        (src.is_some() || credit.is_some()).then(|| Image {
            src,
            alt,
            credit,
            ..Image::default()
        })
    }

    /// Where the picture is, and what it shows.
    fn picture(&mut self) -> Option<(Src, String)> {
        let (src, alt, span) = match (self.front.find(Key::Image), &self.parts.picture) {
            (None, None) => return None,
            (None, Some(picture)) => self.in_text(picture),
            (Some(field), None) => {
                let alt = self.front.find(Key::Alt).map_or("", |alt| &alt.value);
                (field.value.as_str(), alt.to_owned(), field.span.clone())
            }
            (Some(field), Some(picture)) => {
                let message = "this is a second image, and an issue has one";
                let twice = Diagnostic::error(
                    Rule::Twice,
                    picture.span.clone(),
                    message,
                    "keep one of them",
                );
                self.diagnostics
                    .push(twice.with_label(field.span.clone(), "the first one"));
                return None;
            }
        };
        let src = Src::new(link::encode(src));
        if src.safe_url().is_none() {
            self.diagnostics.push(Diagnostic::error(
                Rule::UnusableLink,
                span.clone(),
                "this image cannot be used: its address is neither a file's name nor an address on the web",
                "write the name of its file, as in “radar.jpg”, or an address that starts with https://",
            ));
        }
        if alt.is_empty() {
            self.diagnostics.push(Diagnostic::warning(
                Rule::ImageText,
                span,
                "this image has no description",
                "give it an alternative text that says what it shows (in Markdown “![The radar site at dusk](radar.jpg)”)",
            ));
        }
        Some((src, alt))
    }

    /// A description of no image would be lost.
    fn check_alt(&mut self) {
        let alt = self
            .front
            .find(Key::Alt)
            .filter(|_| self.front.find(Key::Image).is_none());
        if let Some(alt) = alt {
            self.diagnostics.push(Diagnostic::error(
                Rule::NoPlace,
                alt.span.clone(),
                "this describes an image, but no image is named beside it",
                "name its file in a line “image: radar.jpg”, or remove this line",
            ));
        }
    }

    fn in_text<'a>(&mut self, picture: &'a Picture<'_>) -> (&'a str, String, Span) {
        if !picture.title.is_empty() {
            self.diagnostics.push(rich_text::title_left_out(
                "image",
                picture.title,
                &picture.span,
            ));
        }
        (picture.src, picture.alt.clone(), picture.span.clone())
    }

    fn credit(&mut self) -> Option<Credit> {
        let field = self.front.find(Key::Credit);
        let Some(part) = self.valued(Label::ImageSource) else {
            let value = self.rich(field?);
            return Some(self.credit_of(&value));
        };
        if let Some(field) = field {
            let message = "the image's source is there twice";
            let twice = Diagnostic::error(
                Rule::Twice,
                part.value.span.clone(),
                message,
                "keep one of them",
            );
            self.diagnostics
                .push(twice.with_label(field.span.clone(), "the first one"));
        }
        Some(self.credit_of(&part.value))
    }

    /// A setting with the links and marks in it.
    fn rich(&mut self, field: &Field) -> Text {
        let mut found = Vec::new();
        let blocks = markdown::read(&field.value, 0, self.series.references.as_ref(), &mut found);
        let runs = match blocks.as_slice() {
            [
                Block {
                    content: Content::Paragraph(inlines),
                    ..
                },
            ] => rich_text::line(inlines, &mut found),
            _ => vec![Run::plain(&field.value)],
        };
        // A setting is shown whole, since its value may be written otherwise than it reads.
        let at_field = |diagnostic| Diagnostic {
            spans: vec![field.place()],
            ..diagnostic
        };
        self.diagnostics.extend(
            found
                .into_iter()
                .filter(|found| found.file.is_none())
                .map(at_field),
        );
        Text {
            runs,
            span: field.span.clone(),
        }
    }

    /// Whose picture it is; the link, if there is one, may be on any part of the text.
    fn credit_of(&mut self, value: &Text) -> Credit {
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
            text: unmarked(value, "the image's source", self.diagnostics),
            href: hrefs.pop(),
        }
    }
}
