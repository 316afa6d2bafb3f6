//! The markup quirks of the programs that save pages, one module per program. The reader asks here.

mod google_docs;
mod libre_office;
mod word;

use scraper::ElementRef;

pub(crate) use google_docs::{find_list_class, find_list_level, find_list_notations};
pub(crate) use word::{find_list_item, is_list_marker};

/// The meaning of a link's `href`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum HtmlTarget {
    /// An address for readers.
    Address(String),
    /// The mark of a footnote in the text, with the note's id.
    Note(String),
    /// The mark of a footnote beside the note.
    NoteItself(String),
    /// The mark of a comment in the text.
    Comment,
    /// The mark of a comment beside the comment.
    CommentItself,
}

impl HtmlTarget {
    /// Recognises notes and comments by the anchors that each program gives them.
    pub(crate) fn parse(href: &str) -> HtmlTarget {
        google_docs::parse_anchor(href)
            .or_else(|| word::parse_anchor(href))
            .or_else(|| libre_office::parse_anchor(href))
            .unwrap_or_else(|| {
                let address = google_docs::unwrap_redirect(href);
                HtmlTarget::Address(address.unwrap_or_else(|| href.to_owned()))
            })
    }
}

/// Returns true for the document's title, which Google Docs and Word do not save as a heading.
pub(crate) fn is_title(element: ElementRef<'_>) -> bool {
    let titles = [google_docs::TITLE_CLASS, word::TITLE_CLASS];
    element.value().name() == "p"
        && element
            .value()
            .classes()
            .any(|class| titles.contains(&class))
}

/// Returns the number after `prefix`, if nothing else follows: `1` in `#_ftn1`.
fn strip_number<'a>(href: &'a str, prefix: &str) -> Option<&'a str> {
    href.strip_prefix(prefix).filter(|number| is_number(number))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn google_redirects_are_unwrapped() {
        for (href, expected) in [
            (
                "https://www.google.com/url?q=https://example.com/a?b%3Dc%26d%3De%23f&sa=D&source=editors&ust=1&usg=x",
                "https://example.com/a?b=c&d=e#f",
            ),
            (
                "https://www.google.com/url?q=https://example.com/%25E6%2597%25A5",
                "https://example.com/%E6%97%A5",
            ),
            (
                "https://www.google.com/search?q=a",
                "https://www.google.com/search?q=a",
            ),
            (
                "https://example.com/url?q=https://a.example/",
                "https://example.com/url?q=https://a.example/",
            ),
            (
                "https://www.google.com/url?sa=D",
                "https://www.google.com/url?sa=D",
            ),
            ("#", "#"),
            ("#cmnt", "#cmnt"),
            ("", ""),
        ] {
            assert_eq!(
                HtmlTarget::parse(href),
                HtmlTarget::Address(expected.to_owned()),
                "{href}"
            );
        }
    }

    #[test]
    fn notes_and_comments_are_recognised() {
        for (href, expected) in [
            ("#ftnt1", HtmlTarget::Note("1".to_owned())),
            ("#ftnt_ref1", HtmlTarget::NoteItself("1".to_owned())),
            ("#_ftn2", HtmlTarget::Note("2".to_owned())),
            ("#_ednref3", HtmlTarget::NoteItself("end3".to_owned())),
            ("#sdfootnote4sym", HtmlTarget::Note("4".to_owned())),
            ("#sdfootnote4anc", HtmlTarget::NoteItself("4".to_owned())),
            ("#cmnt1", HtmlTarget::Comment),
            ("#_msoanchor_1", HtmlTarget::CommentItself),
        ] {
            assert_eq!(HtmlTarget::parse(href), expected);
        }
    }
}
