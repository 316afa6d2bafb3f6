use url::Url;

/// What a link in a page is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A link for readers, with its address.
    Address(String),
    /// The mark of a footnote in the text, with the note's number.
    Note(String),
    /// The mark of a footnote beside the note.
    NoteItself(String),
    /// The mark of a comment in the text.
    Comment,
    /// The mark of a comment beside the comment.
    CommentItself,
}

impl Target {
    /// Decides by the names that Google Docs, Word and LibreOffice give to notes and comments.
    pub(crate) fn of(href: &str) -> Target {
        for start in ["#cmnt_ref", "#_msoanchor_"] {
            if number(href, start).is_some() {
                return Target::CommentItself;
            }
        }
        for start in ["#ftnt_ref", "#_ftnref", "#_ednref"] {
            if let Some(number) = number(href, start) {
                return Target::NoteItself(number);
            }
        }
        for start in ["#cmnt", "#_msocom_"] {
            if number(href, start).is_some() {
                return Target::Comment;
            }
        }
        for start in ["#ftnt", "#_ftn", "#_edn"] {
            if let Some(number) = number(href, start) {
                return Target::Note(number);
            }
        }
        Target::of_libre_office(href).unwrap_or_else(|| Target::Address(unwrapped(href)))
    }

    fn of_libre_office(href: &str) -> Option<Target> {
        let name = href
            .strip_prefix("#sdfootnote")
            .or(href.strip_prefix("#sdendnote"))?;
        let number = |end| {
            name.strip_suffix(end)
                .filter(|name| is_number(name))
                .map(str::to_owned)
        };
        number("sym")
            .map(Target::Note)
            .or_else(|| number("anc").map(Target::NoteItself))
    }
}

fn number(href: &str, start: &str) -> Option<String> {
    // Footnotes and endnotes are counted apart, so the name before the number belongs to it.
    let number = href
        .strip_prefix(start)
        .filter(|number| is_number(number))?;
    Some(format!(
        "{}{number}",
        if start.starts_with("#_edn") {
            "end"
        } else {
            ""
        }
    ))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_digit())
}

/// The address that the editor typed: Google Docs leads all links through a page of its own,
/// `https://www.google.com/url?q=ADDRESS&sa=D&…`, which also shows who came from where.
fn unwrapped(href: &str) -> String {
    let typed = || {
        let url = Url::parse(href).ok()?;
        let is_wrapper = url.domain() == Some("www.google.com") && url.path() == "/url";
        let query = url
            .query_pairs()
            .find(|(name, _)| is_wrapper && name == "q");
        query.map(|(_, address)| address.into_owned())
    };
    typed().unwrap_or_else(|| href.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_was_typed_is_found() {
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
                Target::of(href),
                Target::Address(expected.to_owned()),
                "{href}"
            );
        }
    }

    #[test]
    fn notes_and_comments_are_told_from_links() {
        for (href, expected) in [
            ("#ftnt1", Target::Note("1".to_owned())),
            ("#ftnt_ref1", Target::NoteItself("1".to_owned())),
            ("#_ftn2", Target::Note("2".to_owned())),
            ("#_ednref3", Target::NoteItself("end3".to_owned())),
            ("#sdfootnote4sym", Target::Note("4".to_owned())),
            ("#sdfootnote4anc", Target::NoteItself("4".to_owned())),
            ("#cmnt1", Target::Comment),
            ("#_msoanchor_1", Target::CommentItself),
        ] {
            assert_eq!(Target::of(href), expected);
        }
    }
}
