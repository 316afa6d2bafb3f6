//! Pictures, and those that nobody sees: trackers, spacers, hidden ones.

use scraper::ElementRef;

use super::HtmlReader;
use crate::image_source::ImageSource;
use crate::shorten::shorten;
use crate::source::document::DocumentPiece;
use crate::source::html::style::{ElementStyle, parse_pixels};
use crate::tracker::is_tracking_picture;

/// The number of invisible pictures that the warning names, at most.
const MAX_NAMED: usize = 5;

impl<'a> HtmlReader<'a, '_> {
    pub(super) fn push_image(&mut self, element: ElementRef<'a>, style: ElementStyle) {
        let src = element.attr("src").map(|src| self.resolve_address(src));
        let is_tracker = src.as_deref().is_some_and(is_tracking_picture);
        if is_tracker || is_too_small(element, style) {
            return self.leave_out_picture(element);
        }
        let alt = element.attr("alt").unwrap_or_default();
        let src = src.as_deref().and_then(ImageSource::from_address);
        self.push(DocumentPiece::image(alt, src));
    }

    /// Leaves out an element that readers do not see, with the pictures in it.
    pub(super) fn leave_out_hidden(&mut self, element: ElementRef<'a>) {
        self.leave_out("hidden text", element);
        for inner in element.descendants().filter_map(ElementRef::wrap) {
            if inner.value().name() == "img" {
                self.leave_out_picture(inner);
            }
        }
    }

    fn leave_out_picture(&mut self, picture: ElementRef<'a>) {
        let words = |name| picture.attr(name).filter(|value| !value.trim().is_empty());
        let name = words("alt").or(words("src")).unwrap_or_default();
        self.invisible_pictures.push(shorten(name));
    }

    /// Warns once: a page may have hundreds of spacers.
    pub(super) fn warn_about_pictures(&mut self) {
        let count = self.invisible_pictures.len();
        let mut names = std::mem::take(&mut self.invisible_pictures);
        names.sort_unstable();
        names.dedup();
        let more = names.len().saturating_sub(MAX_NAMED);
        names.truncate(MAX_NAMED);
        let names: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
        let mut names = names.join(", ");
        if more > 0 {
            names.push_str(&format!(" and {more} more"));
        }
        match count {
            0 => {}
            1 => self.warn(format!(
                "a picture that readers do not see, such as a tracking pixel, is left out: {names}"
            )),
            _ => self.warn(format!(
                "{count} pictures that readers do not see, such as tracking pixels, are left out: {names}"
            )),
        }
    }
}

/// Returns true for a picture that is at most one pixel wide or high.
fn is_too_small(picture: ElementRef<'_>, style: ElementStyle) -> bool {
    [("width", style.width), ("height", style.height)]
        .into_iter()
        .any(|(name, length)| {
            let attribute = || {
                picture
                    .attr(name)
                    .and_then(|value| parse_pixels(value.trim()))
            };
            length
                .unwrap_or_else(attribute)
                .is_some_and(|pixels| pixels <= 1.0)
        })
}
