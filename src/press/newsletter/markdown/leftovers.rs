//! Finds what readers should not see in the texts of a newsletter: half-written Markdown, code of
//! templates and invisible characters.

use pulldown_cmark::Event;

use super::half_written::find_half_written;
use super::invisible_characters::find_invisible_characters;
use super::joined_text::{JoinedText, split_paragraphs};
use super::template_code::find_template_code;
use super::tree::Inline;
use super::uncounted_definitions::UncountedDefinitions;
use crate::Diagnostic;
use crate::source_map::Span;

/// The paragraphs of a newsletter, in any block.
pub(super) struct Paragraphs<'s, 'a> {
    paragraphs: Vec<&'s [Inline<'a>]>,
    source: &'s str,
}

impl<'s, 'a> Paragraphs<'s, 'a> {
    pub(super) fn new(inlines: &'s [Inline<'a>], source: &'s str) -> Paragraphs<'s, 'a> {
        Paragraphs {
            paragraphs: split_paragraphs(inlines),
            source,
        }
    }

    /// Returns the warnings, and explains the errors about names without an address.
    pub(super) fn find_leftovers(&self, undefined: &mut [(String, Diagnostic)]) -> Vec<Diagnostic> {
        let paragraphs = self.paragraphs.iter();
        let joined: Vec<_> = paragraphs
            .clone()
            .map(|inlines| JoinedText::new(inlines, self.source))
            .collect();
        let mut warnings = UncountedDefinitions::find(&joined).explain(undefined);
        warnings.extend(find_half_written(&joined));
        warnings.extend(joined.iter().flat_map(find_invisible_characters));
        let parts = paragraphs.flat_map(|inlines| parts_without_code(inlines));
        warnings.extend(parts.flat_map(|part| find_template_code(self.source, part)));
        warnings
    }
}

/// Returns the spans between pieces of code or HTML in a paragraph.
fn parts_without_code(inlines: &[Inline<'_>]) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = inlines.first().map_or(0, |inline| inline.span.start);
    let mut end = start;
    for Inline { event, span, .. } in inlines {
        end = end.max(span.end);
        if matches!(event, Event::Code(_) | Event::InlineHtml(_)) {
            parts.push(start..span.start);
            start = span.end;
        }
    }
    parts.push(start..end.max(start));
    parts
}
