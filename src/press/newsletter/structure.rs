//! The front matter and the Markdown blocks of a newsletter, which every layout reads.

use std::path::Path;

use super::front_matter::FrontMatter;
use super::markdown::{self, MarkdownBlock};
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
    pub(crate) blocks: Vec<MarkdownBlock<'a>>,
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
        Newsletter {
            source,
            file,
            front_matter,
            blocks: markdown::convert_typed_bullets(blocks),
        }
    }
}
