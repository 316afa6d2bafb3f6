use std::path::Path;

use super::front_matter::FrontMatter;
use super::markdown::{self, Block};
use super::typed_bullets;
use crate::{Diagnostic, Series};

/// A newsletter before its layout is known: what each layout reads.
pub(crate) struct Document<'a> {
    /// The whole text, which all places are in.
    pub(crate) source: &'a str,
    /// Where it was read from, if it was.
    pub(crate) file: Option<&'a Path>,
    pub(crate) front: FrontMatter,
    pub(crate) blocks: Vec<Block<'a>>,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(
        source: &'a str,
        file: Option<&'a Path>,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Document<'a> {
        let (front, start) = FrontMatter::split(source, series, diagnostics);
        let blocks = markdown::read(source, start, series.references.as_ref(), diagnostics);
        Document {
            source,
            file,
            front,
            blocks: typed_bullets::convert(blocks),
        }
    }
}
