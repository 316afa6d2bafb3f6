//! The text of a paragraph as one string: the parser splits it wherever a sign may have a meaning.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::tree::Inline;
use crate::source_map::Span;

/// The text of neighbouring inlines, with its spans in the newsletter.
#[derive(Debug, Default)]
pub(super) struct JoinedText {
    /// The text as readers see it, with a line break for each break.
    pub(super) text: String,
    /// The same text, in which [`LITERAL`] replaces each byte of a sign that has no meaning in
    /// Markdown: it is in code, escaped, or a character reference.
    pub(super) signs: String,
    /// The offset of each piece in the text, and its span.
    pieces: Vec<(usize, Span)>,
}

/// Stands for a sign without a meaning. No Markdown can contain it.
pub(super) const LITERAL: char = '\u{1}';

impl JoinedText {
    /// Joins the text of inlines from `source`.
    pub(super) fn new(inlines: &[Inline<'_>], source: &str) -> JoinedText {
        let mut joined = JoinedText::default();
        for inline in inlines {
            joined.add_inline(inline, source);
        }
        joined
    }

    /// Returns the span of a range of the text.
    pub(super) fn source_span(&self, range: Span) -> Span {
        let start = self.source_offset(range.start);
        let last = self.source_offset(range.end.saturating_sub(1));
        start..(last + 1).max(start)
    }

    fn add_inline(&mut self, Inline { event, span, .. }: &Inline<'_>, source: &str) {
        match event {
            Event::Text(text) => {
                let literal = self.literal_length(text, span, source);
                self.push(text, span, literal);
            }
            Event::Code(text) => {
                let fence = span.len().saturating_sub(text.len()) / 2;
                self.push(text, &(span.start + fence..span.end), text.len());
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n", span, 0),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => self.push("\u{fffc}", span, 3),
            _ => {}
        }
    }

    /// Returns the length of the literal start of a text: the character behind a backslash, or all of
    /// a character reference such as `&ast;`.
    fn literal_length(&self, text: &str, span: &Span, source: &str) -> usize {
        if source.get(span.clone()) != Some(text) {
            return text.len();
        }
        let last = self.pieces.last().map_or(0, |(_, span)| span.end);
        let before = source.get(..span.start).unwrap_or_default();
        let is_escaped = last < span.start && before.ends_with('\\');
        let first = text.chars().next().filter(|_| is_escaped);
        first.map_or(0, char::len_utf8)
    }

    /// Adds a text that begins with `literal` bytes to ignore.
    fn push(&mut self, text: &str, span: &Span, literal: usize) {
        self.pieces.push((self.text.len(), span.clone()));
        self.text.push_str(text);
        for (start, sign) in text.char_indices() {
            if start < literal && !sign.is_alphanumeric() && !sign.is_whitespace() {
                self.signs.extend([LITERAL].repeat(sign.len_utf8()));
            } else {
                self.signs.push(sign);
            }
        }
    }

    fn source_offset(&self, offset: usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start <= offset);
        let piece = self.pieces[..index].last();
        piece.map_or(0, |(start, span)| {
            (span.start + offset - start)
                .min(span.end.saturating_sub(1))
                .max(span.start)
        })
    }
}

/// Splits the inlines of a document into paragraphs, without blocks of code and HTML.
pub(super) fn split_paragraphs<'s, 'a>(inlines: &'s [Inline<'a>]) -> Vec<&'s [Inline<'a>]> {
    let mut paragraphs = Vec::new();
    let (mut start, mut is_code) = (0, false);
    for (index, inline) in inlines.iter().enumerate() {
        if inline.is_inline() {
            continue;
        }
        if start < index && !is_code {
            paragraphs.push(&inlines[start..index]);
        }
        start = index + 1;
        match &inline.event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => is_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => is_code = false,
            _ => {}
        }
    }
    if start < inlines.len() {
        paragraphs.push(&inlines[start..]);
    }
    paragraphs
}
