//! Pictures in a text: the address, the description and the link around them.

use digest_issue::{Href, Image, Run, Src};
use pulldown_cmark::{Event, Tag};
use url::{ParseError, Url};

use super::{LinkTarget, encode_address};
use crate::image_source::ImageSource;
use crate::source_map::Span;
use crate::tracker::is_tracking_picture;
use crate::{Diagnostic, Rule};

/// A picture whose description is being read.
pub(super) struct OpenPicture {
    src: Src,
    alt: String,
    caption: String,
    span: Span,
}

impl OpenPicture {
    /// Opens a picture. Its title in Markdown is the caption.
    ///
    /// # Errors
    ///
    /// If no issue can show it.
    pub(super) fn open(
        source: &ImageSource,
        caption: &str,
        span: &Span,
    ) -> Result<OpenPicture, Diagnostic> {
        if is_tracking_picture(source.as_str()) {
            return Err(tracker_warning(span.clone()));
        }
        let src = Src::new(encode_address(source.as_str()));
        if !is_usable_src(&src) {
            return Err(Diagnostic::unsupported(
                span.clone(),
                "an image whose address is neither a file name nor a web address",
                "an issue",
                "write the name of its file, as in “radar.jpg”, or an address that \
                 starts with https://",
            ));
        }
        Ok(OpenPicture {
            src,
            alt: String::new(),
            caption: caption.to_owned(),
            span: span.clone(),
        })
    }

    /// Adds a part of the description. It shows no marks.
    ///
    /// # Errors
    ///
    /// If it is a link or a picture, whose address would be lost.
    pub(super) fn add_alt(&mut self, event: &Event<'_>, span: &Span) -> Result<(), Diagnostic> {
        match event {
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let LinkTarget::Usable(_) = LinkTarget::parse(dest_url) {
                    return Err(linked_alt_error(span.clone()));
                }
            }
            Event::Start(Tag::Image { .. }) => {
                return Err(super::unsupported_error("an image", span));
            }
            _ => {}
        }
        Ok(())
    }

    /// Returns the picture, which links to `href`.
    pub(super) fn close(self, href: Option<Href>, diagnostics: &mut Vec<Diagnostic>) -> Image {
        let mut alt = self.alt.trim().to_owned();
        if alt.is_empty() {
            diagnostics.push(missing_alt_warning(self.span));
            // A link needs a name.
            let domain = href.as_ref().and_then(Href::domain);
            alt = domain.unwrap_or_default().to_owned();
        }
        let caption = Some(self.caption).filter(|caption| !caption.trim().is_empty());
        Image {
            src: Some(self.src),
            alt: Some(alt),
            href,
            caption: caption.into_iter().map(Run::plain).collect(),
            ..Image::default()
        }
    }
}

/// Returns true for the name of a file, and for a web address that a browser can read.
pub(crate) fn is_usable_src(src: &Src) -> bool {
    let is_readable = |url: &str| match Url::parse(url) {
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
        Ok(_) => true,
    };
    src.safe_url().is_some_and(is_readable)
}

/// Returns the warning for a picture without a description.
pub(crate) fn missing_alt_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::ImageText,
        span,
        "this image has no description",
        "add an alternative text that says what it shows \
         (in Markdown “![The radar site at dusk](radar.jpg)”)",
    )
}

fn linked_alt_error(span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::LinkInPlainText,
        span,
        "there is a link in the alternative text, which must be plain text",
        "move it into a detail, or remove it",
    )
}

fn tracker_warning(span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::LeftOut,
        span,
        "this picture counts the readers who load it: it is left out",
        "remove it",
    )
}
