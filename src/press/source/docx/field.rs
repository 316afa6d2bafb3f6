//! Fields: Word writes some links as a code, such as `HYPERLINK "https://…"`, followed by the text
//! to show, with marks between them.

use std::mem;
use std::rc::Rc;

/// The fields that have begun and not ended, outermost first.
#[derive(Default)]
pub(crate) struct OpenFields {
    fields: Vec<WordField>,
}

#[derive(Default)]
struct WordField {
    code: String,
    /// The address that the text at this position links to: that of this field, once its code is
    /// read, or that of the field around it.
    href: Option<Rc<str>>,
}

impl OpenFields {
    pub(crate) fn begin(&mut self) {
        self.fields.push(WordField {
            code: String::new(),
            href: self.href(),
        });
    }

    pub(crate) fn push_code(&mut self, code: &str) {
        if let Some(field) = self.fields.last_mut() {
            field.code.push_str(code);
        }
    }

    /// Ends the code of the innermost field; the text to show follows.
    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.fields.last_mut()
            && let Some(href) = parse_hyperlink(&mem::take(&mut field.code))
        {
            field.href = Some(href.into());
        }
    }

    pub(crate) fn end(&mut self) {
        self.fields.pop();
    }

    /// Returns the address that the text at this position links to.
    pub(crate) fn href(&self) -> Option<Rc<str>> {
        self.fields.last()?.href.clone()
    }
}

/// Parses the address in a code: `HYPERLINK "https://example.com/" \l "part" \o "a tip"`.
fn parse_hyperlink(code: &str) -> Option<String> {
    let mut words = split_words(code).into_iter();
    if !words.next()?.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    // A later word goes before the earlier ones.
    let (mut address, mut anchor) = (Vec::new(), String::new());
    while let Some(word) = words.next() {
        match word {
            "\\l" => anchor.extend(["#", words.next().unwrap_or_default()]),
            // The switches for a frame and a tooltip have one argument.
            "\\t" | "\\o" => {
                words.next();
            }
            _ if word.starts_with('\\') => {}
            _ => address.push(word),
        }
    }
    address.reverse();
    Some(address.concat() + &anchor)
}

/// Splits a code into words. Words in quotation marks may contain spaces.
fn split_words(code: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, part) in code.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part);
        } else {
            words.extend(part.split_whitespace());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyperlink_codes_are_parsed() {
        for (code, expected) in [
            (
                " HYPERLINK \"https://example.com/a b\" ",
                Some("https://example.com/a b"),
            ),
            (
                "hyperlink https://example.com/ \\t \"_blank\" \\h",
                Some("https://example.com/"),
            ),
            (
                "HYPERLINK \"https://example.com/\" \\l \"part\" \\o \"a tip\"",
                Some("https://example.com/#part"),
            ),
            ("HYPERLINK \\l \"part\"", Some("#part")),
            ("HYPERLINK", Some("")),
            ("PAGE \\* MERGEFORMAT", None),
            ("", None),
        ] {
            assert_eq!(parse_hyperlink(code).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn the_shown_text_is_linked_also_in_inner_fields() {
        let mut fields = OpenFields::default();
        fields.begin();
        fields.push_code("HYPERLINK ");
        fields.push_code("\"https://example.com/\"");
        assert_eq!(fields.href(), None);
        fields.separate();
        fields.begin();
        fields.push_code("PAGE");
        fields.separate();
        assert_eq!(fields.href().as_deref(), Some("https://example.com/"));
        fields.end();
        fields.end();
        fields.end();
        assert_eq!(fields.href(), None);
    }
}
