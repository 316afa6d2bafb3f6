//! The front matter and the Markdown blocks of a newsletter, which every layout reads.

use std::path::Path;

use super::front_matter::FrontMatter;
use super::markdown::{self, Content, MarkdownBlock};
use crate::budget::Budget;
use crate::image_source::WordParts;
use crate::{Diagnostic, Series};

/// A newsletter before its layout is read.
pub(crate) struct Newsletter<'a> {
    /// The whole text, which all spans are in.
    pub(crate) source: &'a str,
    /// The file that it comes from, if it comes from one.
    pub(crate) file: Option<&'a Path>,
    pub(crate) front_matter: FrontMatter,
    /// All blocks except the footnotes.
    pub(crate) blocks: Vec<MarkdownBlock<'a>>,
    /// The footnotes outside of other blocks, by their numbers.
    pub(crate) footnotes: Vec<MarkdownBlock<'a>>,
}

impl<'a> Newsletter<'a> {
    pub(crate) fn parse(
        source: &'a str,
        word_parts: &WordParts,
        file: Option<&'a Path>,
        series: &Series,
        budget: &mut Budget,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Newsletter<'a> {
        let (front_matter, start) = FrontMatter::parse(source, series, diagnostics);
        let references = series.references.as_ref();
        let blocks =
            markdown::parse_blocks(source, start, references, word_parts, budget, diagnostics);
        let (mut footnotes, blocks): (Vec<_>, Vec<_>) = blocks
            .into_iter()
            .partition(|block| footnote_number(block).is_some());
        footnotes.sort_by_key(footnote_number);
        Newsletter {
            source,
            file,
            front_matter,
            blocks: markdown::convert_typed_bullets(blocks),
            footnotes,
        }
    }
}

fn footnote_number(block: &MarkdownBlock<'_>) -> Option<usize> {
    match block.content {
        Content::Footnote { number, .. } => Some(number),
        _ => None,
    }
}
