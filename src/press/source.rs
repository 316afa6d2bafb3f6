//! A newsletter as its editor has it, as Markdown, a Word document or a web page, and its text.

mod document;
mod docx;
mod html;
mod inline;
mod markdown;

use std::path::{Path, PathBuf};

use crate::file::{self, FileError, MAX_BYTES};
use crate::image_source::WordParts;
use crate::{Diagnostic, Rule, utf8};

/// The text of a newsletter, in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// The text; places in diagnostics are places in it.
    pub(crate) text: String,
    /// What is in the file and not in the text, in the order of the text.
    pub(crate) warnings: Vec<Diagnostic>,
    /// The images inside the Word document that the text shows.
    pub(crate) word_parts: WordParts,
    /// Whether the file itself is no Markdown, so that its lines are others.
    pub(crate) converted: bool,
}

/// Why a file could not be read as a newsletter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnreadableSource {
    /// The text that the diagnostic shows a place in, or empty.
    pub(crate) text: String,
    pub(crate) diagnostic: Diagnostic,
}

/// What a file is, which the ending of its name says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Markdown,
    /// Markdown too; but in a folder it may be any note.
    Text,
    Word,
    Page,
}

/// A page holds its styles and scripts, and some its images.
const MAX_PAGE: u64 = 16 * 1024 * 1024;

/// A document holds its images as the camera took them.
const MAX_DOCUMENT: u64 = 64 * 1024 * 1024;

/// How deep the parts of a document or page may nest; real ones stay far below.
const MAX_DEPTH: usize = 200;

impl Source {
    /// Reads a newsletter; the ending of its name says what it is.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not what its ending says, or is too large, also when it is
    /// unpacked.
    pub(crate) fn read(path: &Path) -> Result<Source, UnreadableSource> {
        let source = match Kind::of(path) {
            Some(Kind::Markdown | Kind::Text) => of_text(&file::read_bytes(path)?)?,
            Some(Kind::Word) => {
                markdown::write(&docx::read(file::read_up_to(path, MAX_DOCUMENT)?)?)
            }
            Some(Kind::Page) => markdown::write(&html::read(&file::read_up_to(path, MAX_PAGE)?)?),
            None => return Err(unknown_kind(path).into()),
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

    /// What to call the file where lines of the text are shown: the lines of a document are others.
    pub(crate) fn shown_as(&self, path: &Path) -> PathBuf {
        if self.converted {
            format!("{} (as Markdown)", path.display()).into()
        } else {
            path.to_owned()
        }
    }
}

/// A picture that is inside of the Word document at `path`, by its address in the text; of one with more than
/// `max` bytes, one more than that.
///
/// # Errors
///
/// If it is not there, or the document cannot be read.
pub(crate) fn picture_in_document(
    path: &Path,
    address: &str,
    max: u64,
) -> Result<Vec<u8>, Diagnostic> {
    docx::picture(file::read_up_to(path, MAX_DOCUMENT)?, address, max)
}

/// Whether a file of a folder is one of its newsletters, by the ending of its name.
pub(crate) fn is_newsletter(path: &Path) -> bool {
    Kind::of(path).is_some_and(|kind| kind != Kind::Text)
}

impl Kind {
    fn of(path: &Path) -> Option<Kind> {
        Some(match ending(path).as_str() {
            "md" | "markdown" => Kind::Markdown,
            "txt" => Kind::Text,
            "docx" => Kind::Word,
            "html" | "htm" => Kind::Page,
            _ => return None,
        })
    }
}

/// A text as it is, which must be in UTF-8.
pub(crate) fn of_text(bytes: &[u8]) -> Result<Source, UnreadableSource> {
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

fn ending(path: &Path) -> String {
    path.extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase()
}

fn unknown_kind(path: &Path) -> Diagnostic {
    let remedy = match ending(path).as_str() {
        "doc" | "rtf" | "odt" | "pages" => {
            "save it from the word processor as a Word document (.docx)"
        }
        "mht" | "mhtml" => "save the page once more, as “Web Page, HTML only” (.html)",
        "pdf" => "give the document that the PDF was made from",
        "zip" => "unpack it, and give the .html file that is in it",
        _ => "give it as Markdown (.md, .markdown, .txt), Word (.docx) or a web page (.html, .htm)",
    };
    let message = format!(
        "“{}” is of a kind that cannot be read as a newsletter",
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

    fn read(name: &str, bytes: &[u8]) -> Result<Source, UnreadableSource> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Source::read(&path)
    }

    #[test]
    fn the_ending_says_what_a_file_is() {
        for name in ["a.md", "a.MARKDOWN", "a.txt"] {
            let source = read(name, b"<b>a").unwrap();
            assert_eq!(
                (source.text.as_str(), source.converted),
                ("<b>a", false),
                "{name}"
            );
            assert_eq!(is_newsletter(Path::new(name)), name != "a.txt", "{name}");
        }
        for name in ["a.html", "a.HTM"] {
            let source = read(name, b"<b>a").unwrap();
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
            ("a.docm", ".docx"),
            ("a", ".docx"),
        ] {
            assert!(
                read(name, b"a")
                    .unwrap_err()
                    .diagnostic
                    .remedy
                    .contains(remedy),
                "{name}"
            );
        }
    }

    #[test]
    fn a_page_of_more_text_than_a_newsletter_is_refused() {
        let page = vec![b'a'; 1024 * 1024];
        let message = read("a.html", &page).unwrap_err().diagnostic.message;
        assert!(
            message.ends_with("is larger than 1048576 bytes"),
            "{message}"
        );
    }
}
