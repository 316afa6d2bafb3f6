//! Sources of the images in a newsletter: addresses, or parts of its Word document.

use std::collections::BTreeSet;

use digest_issue::Src;
use percent_encoding::percent_decode_str;

/// The source of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ImageSource {
    /// A file name or an address on the web.
    Address(String),
    /// A part of the Word document, such as `word/media/image1.png`.
    WordPart(String),
}

impl ImageSource {
    /// Returns `None` for an image without an address, or with its data in it.
    pub(crate) fn from_address(address: &str) -> Option<ImageSource> {
        let is_missing = address.is_empty() || address.starts_with("data:");
        (!is_missing).then(|| ImageSource::Address(address.to_owned()))
    }

    /// Returns the address in Markdown, where a part of the document is written by its name.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            ImageSource::Address(address) => address,
            ImageSource::WordPart(name) => name,
        }
    }

    pub(crate) fn is_word_part(&self) -> bool {
        matches!(self, ImageSource::WordPart(_))
    }
}

/// The images inside a Word document that its text shows, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordParts {
    names: BTreeSet<String>,
}

impl WordParts {
    pub(crate) fn insert(&mut self, name: impl Into<String>) {
        self.names.insert(name.into());
    }

    /// Returns true if an issue's image is one of them.
    pub(crate) fn contains_image(&self, src: &Src) -> bool {
        let name = |url| percent_decode_str(url).decode_utf8_lossy();
        src.safe_url()
            .is_some_and(|url| self.names.contains(&*name(url)))
    }

    /// Returns the source of the image with this address in the document's Markdown.
    pub(crate) fn find_source(&self, address: &str) -> ImageSource {
        if self.names.contains(address) {
            ImageSource::WordPart(address.to_owned())
        } else {
            ImageSource::Address(address.to_owned())
        }
    }
}
