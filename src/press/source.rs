//! Reads a newsletter file, which is Markdown, a Word document, a web page or a feed, as Markdown.

mod decode;
mod document;
mod docx;
mod feed;
mod html;
mod inline;
mod markdown;
mod number_format;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::budget::Budget;
use crate::contained_folder::ContainedFolder;
use crate::file::{self, FileError, MAX_BYTES};
use crate::image_source::WordParts;
use crate::{DateFrom, Diagnostic, Layout, Rule, Series, Severity, Unplaced, VolumeFrom, utf8};

pub(crate) use feed::FeedEntries;

/// The text of a newsletter, in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// The text that the spans of diagnostics refer to.
    pub(crate) text: String,
    /// Warnings about content of the file that is not in the text, in the order of the text.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The images of the Word document that the text shows.
    pub(crate) word_parts: WordParts,
    /// True if the file is not Markdown, so its line numbers differ.
    pub(crate) converted: bool,
    /// The entries of the feed, if the file is one.
    pub(crate) feed: Option<FeedEntries>,
}

/// The error for a file that could not be read as a newsletter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnreadableSource {
    /// The text that the diagnostic's span refers to, or empty.
    pub(crate) text: String,
    pub(crate) diagnostic: Diagnostic,
}

/// The type of a file, by its extension.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SourceKind {
    Markdown,
    /// Markdown too, but in a folder it may be any note.
    Text,
    Word,
    WebPage,
    /// JSON Feed, RSS or Atom. In a folder such a file may be anything.
    Feed,
}

/// Maximum size of a web page or feed, which may contain styles, scripts and images.
const MAX_PAGE: u64 = 16 * 1024 * 1024;

/// Maximum size of a Word document, which may contain original photos.
const MAX_DOCUMENT: u64 = 64 * 1024 * 1024;

/// Maximum depth of elements; real files stay far below.
const MAX_DEPTH: usize = 200;

impl Source {
    /// Reads a newsletter. Its extension decides the type.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not of the type of its extension, or is too large, packed or
    /// unpacked.
    pub(crate) fn load(path: &Path) -> Result<Source, UnreadableSource> {
        Source::load_with(path, |max| file::read_up_to(path, max))
    }

    /// Reads a newsletter that was found in a folder.
    ///
    /// # Errors
    ///
    /// As [`Source::load`], or if it is outside the folder.
    pub(crate) fn load_in(
        folder: &ContainedFolder,
        path: &Path,
    ) -> Result<Source, UnreadableSource> {
        Source::load_with(path, |max| folder.read(path, max))
    }

    fn load_with(
        path: &Path,
        read: impl Fn(u64) -> Result<Vec<u8>, FileError>,
    ) -> Result<Source, UnreadableSource> {
        let mut budget = Budget::default();
        let source = match SourceKind::from_path(path) {
            Some(SourceKind::Markdown | SourceKind::Text) => Source::from_bytes(&read(MAX_BYTES)?)?,
            Some(SourceKind::Word) => {
                let bytes = read(MAX_DOCUMENT)?;
                markdown::write_document(docx::read(bytes, &mut budget)?, &mut budget)?
            }
            Some(SourceKind::WebPage) => {
                let bytes = read(MAX_PAGE)?;
                markdown::write_document(html::read(&bytes, &mut budget)?, &mut budget)?
            }
            Some(SourceKind::Feed) => {
                let feed::FeedDocument { document, entries } =
                    feed::read(&read(MAX_PAGE)?, &mut budget)?;
                Source {
                    feed: Some(entries),
                    ..markdown::write_document(document, &mut budget)?
                }
            }
            None => return Err(unsupported_type_error(path).into()),
        };
        if source.text.len() as u64 > MAX_BYTES {
            return Err(FileError::TooLarge {
                path: path.to_owned(),
                max: MAX_BYTES,
            }
            .into());
        }
        Ok(source)
    }

    /// Reads a Markdown file's bytes, which must be in UTF-8.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Source, UnreadableSource> {
        match utf8::decode(bytes) {
            Ok(text) => Ok(Source {
                text: text.to_owned(),
                ..Source::default()
            }),
            Err(diagnostic) => Err(UnreadableSource {
                text: String::from_utf8_lossy(bytes).into_owned(),
                diagnostic,
            }),
        }
    }

    /// Returns the settings to read the text with. A feed has its own layout, and all that it has and
    /// an issue has no place for is left out: nobody wrote it for an issue.
    pub(crate) fn adapt_series<'s>(&self, series: &'s Series) -> Cow<'s, Series> {
        let Some(feed) = &self.feed else {
            return Cow::Borrowed(series);
        };
        let date = if feed.has_date {
            DateFrom::Label
        } else {
            series.date
        };
        Cow::Owned(Series {
            layout: Layout::Feed,
            heading: 1,
            date,
            volume: VolumeFrom::Date,
            unplaced: Unplaced::LeaveOut,
            ignore: Vec::new(),
            references: None,
            ..series.clone()
        })
    }

    /// Returns the path to show with line numbers, which differ from those of a converted file.
    pub(crate) fn display_path(&self, path: &Path) -> PathBuf {
        if self.converted {
            format!("{} (as Markdown)", path.display()).into()
        } else {
            path.to_owned()
        }
    }
}

/// Reads at most `max + 1` bytes of a picture inside the Word document at `path`, by its address in
/// the text.
///
/// # Errors
///
/// If the picture does not exist or the document cannot be read.
pub(crate) fn read_embedded_picture(
    path: &Path,
    address: &str,
    max: u64,
) -> Result<Vec<u8>, Diagnostic> {
    docx::read_picture(file::read_up_to(path, MAX_DOCUMENT)?, address, max)
}

/// Returns true if a file in an issues folder is a newsletter, by its extension.
pub(crate) fn is_newsletter(path: &Path) -> bool {
    let kind = SourceKind::from_path(path);
    kind.is_some_and(|kind| !matches!(kind, SourceKind::Text | SourceKind::Feed))
}

/// Returns true for a document that may be a newsletter in a format that is not read.
pub(crate) fn is_unread_document(path: &Path) -> bool {
    let extension = extension(path);
    OTHER_DOCUMENTS.contains(&extension.as_str())
        || matches!(extension.as_str(), "pdf" | "rss" | "atom")
}

/// The warning about a document in a folder that is not read.
pub(crate) fn unread_document_warning(path: &Path) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..unsupported_type_error(path)
    }
}

/// The extensions of documents that word processors can save as Word documents.
const OTHER_DOCUMENTS: [&str; 6] = ["doc", "docm", "odt", "pages", "rtf", "wps"];

impl SourceKind {
    fn from_path(path: &Path) -> Option<SourceKind> {
        Some(match extension(path).as_str() {
            "md" | "markdown" => SourceKind::Markdown,
            "txt" => SourceKind::Text,
            "docx" => SourceKind::Word,
            "html" | "htm" => SourceKind::WebPage,
            "xml" | "rss" | "atom" | "rdf" | "json" => SourceKind::Feed,
            _ => return None,
        })
    }
}

/// Returns the extension in lower case, or an empty string.
fn extension(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
}

/// The error for a file that cannot be read as a newsletter, by its extension.
pub(crate) fn unsupported_type_error(path: &Path) -> Diagnostic {
    let remedy = match extension(path).as_str() {
        document if OTHER_DOCUMENTS.contains(&document) => {
            "save it from the word processor as a Word document (.docx)"
        }
        "mht" | "mhtml" => "save the page again as “Web Page, HTML only” (.html)",
        "pdf" => "use the document that the PDF was made from",
        "rss" | "atom" => "convert the feed to an issue with `digest-press import`",
        "zip" => "unpack it and use the .html file inside",
        _ => {
            "use Markdown (.md, .markdown, .txt), Word (.docx), a web page (.html, .htm) or a feed \
             (.xml, .rss, .atom, .json)"
        }
    };
    let message = format!(
        "“{}” is not of a file type that can be read as a newsletter",
        path.display()
    );
    Diagnostic::without_span(Rule::Document, message, remedy)
}

impl From<Diagnostic> for UnreadableSource {
    fn from(diagnostic: Diagnostic) -> UnreadableSource {
        UnreadableSource {
            text: String::new(),
            diagnostic,
        }
    }
}

impl From<FileError> for UnreadableSource {
    fn from(error: FileError) -> UnreadableSource {
        UnreadableSource::from(Diagnostic::from(error))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn load(name: &str, bytes: &[u8]) -> Result<Source, UnreadableSource> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Source::load(&path)
    }

    #[test]
    fn the_extension_decides_the_type() {
        for name in ["a.md", "a.MARKDOWN", "a.txt"] {
            let source = load(name, b"<b>a").unwrap();
            assert_eq!(
                (source.text.as_str(), source.converted),
                ("<b>a", false),
                "{name}"
            );
            assert_eq!(is_newsletter(Path::new(name)), name != "a.txt", "{name}");
        }
        for name in ["a.html", "a.HTM"] {
            let source = load(name, b"<b>a").unwrap();
            assert_eq!(
                (source.text.as_str(), source.converted),
                ("**a**\n", true),
                "{name}"
            );
            assert!(is_newsletter(Path::new(name)), "{name}");
        }
        for (name, remedy) in [
            ("a.pdf", "made from"),
            ("a.zip", "unpack"),
            ("a.docm", "word processor"),
            ("a", ".docx"),
        ] {
            assert!(
                load(name, b"a")
                    .unwrap_err()
                    .diagnostic
                    .remedy
                    .contains(remedy),
                "{name}"
            );
        }
    }

    #[test]
    fn a_page_with_too_much_text_is_an_error() {
        let page = vec![b'a'; 1024 * 1024];
        let message = load("a.html", &page).unwrap_err().diagnostic.message;
        assert!(
            message.ends_with("is larger than 1048576 bytes"),
            "{message}"
        );
    }
}
