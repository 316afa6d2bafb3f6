//! Reads the texts of a feed, which are plain or HTML, as pieces and blocks of a document.

use super::model::{FeedText, TextKind};
use crate::Diagnostic;
use crate::budget::{Budget, Limit};
use crate::source::document::{
    Document, DocumentBlock, DocumentPiece, Role, Style, flatten, plain_text,
};
use crate::source::html;

/// Reads a text as a document.
pub(super) fn read_text(text: &FeedText, budget: &mut Budget) -> Result<Document, Diagnostic> {
    if is_html(text) {
        html::read_fragment(&text.text, text.base.as_ref(), budget)
    } else {
        Ok(read_plain_text(&text.text, budget))
    }
}

/// Reads a title as one line. Programs escape titles once too often, so that references and tags
/// are left when they have been read as HTML.
pub(super) fn read_title(
    text: &FeedText,
    warnings: &mut Vec<Diagnostic>,
    budget: &mut Budget,
) -> Result<Vec<DocumentPiece>, Diagnostic> {
    let pieces = read_line(text, warnings, budget)?;
    let again = FeedText {
        text: plain_text(&pieces),
        ..text.clone()
    };
    let is_escaped_twice = has_reference(&again.text)
        || text.kind != TextKind::Plain && has_tags(&again.text) && has_reference(&text.text);
    if is_escaped_twice {
        read_line(&again, warnings, budget)
    } else {
        Ok(pieces)
    }
}

fn read_line(
    text: &FeedText,
    warnings: &mut Vec<Diagnostic>,
    budget: &mut Budget,
) -> Result<Vec<DocumentPiece>, Diagnostic> {
    let is_escaped = !is_html(text) && has_reference(&text.text);
    let document = if is_escaped {
        let html = text.text.replace('<', "&lt;");
        html::read_fragment(&html, text.base.as_ref(), budget)?
    } else {
        read_text(text, budget)?
    };
    warnings.extend(document.warnings);
    let mut pieces = flatten(document.blocks);
    for piece in &mut pieces {
        if matches!(piece, DocumentPiece::Break) {
            *piece = DocumentPiece::text(" ", &Style::default());
        }
    }
    Ok(pieces)
}

/// Reads paragraphs, which empty lines divide.
fn read_plain_text(text: &str, budget: &mut Budget) -> Document {
    let mut document = Document::default();
    let mut pieces = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        if !budget.spend(Limit::Pieces, 2) || !budget.spend(Limit::Text, line.len()) {
            break;
        }
        if !line.is_empty() {
            if !pieces.is_empty() {
                pieces.push(DocumentPiece::Break);
            }
            pieces.push(DocumentPiece::text(line, &Style::default()));
        } else if !pieces.is_empty() {
            let paragraph = DocumentBlock::paragraph(Role::Text, std::mem::take(&mut pieces));
            document.blocks.push(paragraph);
        }
    }
    document
}

fn is_html(text: &FeedText) -> bool {
    match text.kind {
        TextKind::Plain => false,
        TextKind::Html => true,
        TextKind::PlainOrHtml => has_tags(&text.text) || has_reference(&text.text),
    }
}

/// Returns true if a text has tags of HTML, and not just words in angle brackets.
fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(start, _)| {
        let tag = text[start + 1..].trim_start_matches('/');
        let end = tag.find(|sign: char| !sign.is_ascii_alphanumeric());
        let Some((name, rest)) = end.and_then(|end| tag.split_at_checked(end)) else {
            return false;
        };
        // A long word is no name, and lower case takes time.
        name.len() <= MAX_TAG_NAME
            && TAGS.contains(&name.to_ascii_lowercase().as_str())
            && rest.starts_with(|sign: char| sign == '>' || sign == '/' || sign.is_whitespace())
    })
}

const MAX_TAG_NAME: usize = 10;

/// The elements of HTML that texts in feeds have.
const TAGS: [&str; 46] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// Returns true if a text has a reference to a character, such as `&amp;` or `&#8217;`.
fn has_reference(text: &str) -> bool {
    /// The longest name of a character in HTML.
    const MAX_NAME: usize = 32;
    text.match_indices('&').any(|(start, _)| {
        let name = text[start + 1..].trim_start_matches('#');
        let end = name.find(|sign: char| !sign.is_ascii_alphanumeric());
        end.is_some_and(|end| (1..=MAX_NAME).contains(&end) && name[end..].starts_with(';'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_text(text: &str, kind: TextKind) -> FeedText {
        FeedText {
            text: text.to_owned(),
            kind,
            base: None,
        }
    }

    #[test]
    fn titles_are_read_as_readers_mean_them() {
        use TextKind::{Html, Plain, PlainOrHtml};
        for (text, kind, expected) in [
            ("AT&T & <main>", PlainOrHtml, "AT&T & <main>"),
            ("Vec<String> in use", PlainOrHtml, "Vec<String> in use"),
            ("<b>a</b> &amp; c", PlainOrHtml, "a & c"),
            ("a &amp;amp; b", PlainOrHtml, "a & b"),
            ("&lt;b&gt;a&lt;/b&gt;", PlainOrHtml, "a"),
            ("It&#8217;s", Plain, "It’s"),
            ("Write <b>a</b>", Plain, "Write <b>a</b>"),
            ("a<br>b\nc", Html, "a b c"),
            ("a\nb", Plain, "a b"),
        ] {
            let text = new_text(text, kind);
            let pieces = read_title(&text, &mut Vec::new(), &mut Budget::default()).unwrap();
            assert_eq!(plain_text(&pieces).trim(), expected, "{text:?}");
        }
    }

    #[test]
    fn plain_text_keeps_its_paragraphs_and_lines() {
        let text = new_text("a\nb\n\n\n c < d\n", TextKind::PlainOrHtml);
        let document = read_text(&text, &mut Budget::default()).unwrap();
        let paragraphs: Vec<_> = document
            .blocks
            .iter()
            .map(|block| match block {
                DocumentBlock::Paragraph(_, pieces) => plain_text(pieces),
                block => panic!("{block:?}"),
            })
            .collect();
        assert_eq!(paragraphs, ["a b", "c < d"]);
    }
}
