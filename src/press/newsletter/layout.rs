//! Reads the headlines and details of a newsletter in the layout of its series.

mod bold_lead;
mod bullet;
mod detail;
mod headings;
mod link_lead;
mod notes;
mod parallel_lists;
mod story;
mod unlabelled_lists;

use digest_issue::{Block, Headline, Issue};

use super::markdown::MarkdownBlock;
use super::masthead::{LabelledParts, Masthead};
use super::structure::Newsletter;
use crate::source_map::Span;
use crate::{Diagnostic, Layout, Rule, Series};

/// Reads the issue of a newsletter. Parts of it are missing if `diagnostics` has errors.
pub(crate) fn read_issue(
    newsletter: &Newsletter<'_>,
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Issue {
    if series.layout == Layout::ParallelLists {
        return parallel_lists::read_issue(newsletter, series, diagnostics);
    }
    let (parts, blocks) = if series.layout == Layout::Feed {
        // Whatever its texts look like, only the settings are parts.
        let parts = LabelledParts::new(newsletter, series);
        (parts, newsletter.blocks.as_slice())
    } else {
        LabelledParts::split(newsletter, series, diagnostics)
    };
    let masthead = Masthead::read(newsletter, &parts, series, diagnostics);
    let (intro, blocks) = notes::split_intro(blocks, series.layout);
    let (blocks, outro) = notes::split_outro(blocks, series.layout);
    let intro = detail::read_blocks(intro, diagnostics);
    let before = diagnostics.len();
    let headlines = read_headlines(blocks, series, diagnostics);
    if headlines.is_empty() {
        let span = parts.first_line();
        match headings::other_levels_error(blocks, series, span.clone()) {
            Some(error) => {
                // The errors about each block have this cause.
                diagnostics.truncate(before);
                diagnostics.push(error);
            }
            None => diagnostics.push(no_headline_error(series, span)),
        }
    } else {
        let span = parts.first_line();
        diagnostics.extend(headings::other_levels_warning(blocks, series, span));
    }
    let outro = detail::read_blocks(outro, diagnostics);
    masthead.into_issue(intro, headlines, outro)
}

/// Reads the footnotes, which stand below everything else.
pub(crate) fn read_footnotes(
    newsletter: &Newsletter<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    detail::read_blocks(&newsletter.footnotes, diagnostics)
}

fn no_headline_error(series: &Series, span: Span) -> Diagnostic {
    Diagnostic::error(
        Rule::MissingPart,
        span,
        format!(
            "the newsletter has no headline in the layout “{}”",
            series.layout.as_written()
        ),
        format!(
            "write {}, or set another `layout` in {}",
            series.layout.example(),
            Series::FILE
        ),
    )
}

fn read_headlines(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Headline> {
    let stories = match series.layout {
        Layout::ParallelLists => Vec::new(),
        Layout::BoldLead => story::read_bullets(blocks, series, bold_lead::read_story, diagnostics),
        Layout::LinkLead => story::read_bullets(blocks, series, link_lead::read_story, diagnostics),
        Layout::Headings | Layout::Feed => headings::read_stories(blocks, series, diagnostics),
    };
    story::into_headlines(stories, diagnostics)
}
