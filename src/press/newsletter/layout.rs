use digest_issue::{Headline, Issue};

use super::document::Document;
use super::markdown::{Block, Span};
use super::masthead::Masthead;
use super::parts::Parts;
use super::{bold_lead, headings, link_lead, parallel_lists, story};
use crate::{Diagnostic, Layout, Rule, Series};

/// The issue that a newsletter holds. If an error is added to `diagnostics`, it is not whole.
pub(crate) fn read(
    document: &Document<'_>,
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Issue {
    if series.layout == Layout::ParallelLists {
        return parallel_lists::read(document, series, diagnostics);
    }
    let (parts, blocks) = Parts::above(document, series, diagnostics);
    let masthead = Masthead::read(document, &parts, series, diagnostics);
    let headlines = headlines(blocks, series, diagnostics);
    if headlines.is_empty() {
        diagnostics.push(no_headline(series, parts.first_line()));
    }
    masthead.issue(headlines)
}

fn no_headline(series: &Series, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::MissingPart,
        span,
        format!(
            "the newsletter has no headline in the layout “{}”",
            series.layout.as_written()
        ),
        format!(
            "write {}, or another `layout` into {}",
            series.layout.example(),
            Series::FILE
        ),
    )
}

fn headlines(
    blocks: &[Block<'_>],
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Headline> {
    let stories = match series.layout {
        Layout::ParallelLists => Vec::new(),
        Layout::BoldLead => story::in_bullets(blocks, series, bold_lead::story, diagnostics),
        Layout::LinkLead => story::in_bullets(blocks, series, link_lead::story, diagnostics),
        Layout::Headings => headings::stories(blocks, series, diagnostics),
    };
    story::headlines(stories, diagnostics)
}
