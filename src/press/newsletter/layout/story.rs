//! Stories: headlines with their details, in the layouts that write them together.

use digest_issue::{Block, Headline, Run};

use crate::newsletter::markdown::{Content, List, ListItem, MarkdownBlock};
use crate::newsletter::rich_text::{dropped_marks_warning, has_mark, run_text};
use crate::newsletter::slug::HeadlineIds;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, Series, Unplaced};

/// A headline with its detail.
pub(super) struct Story {
    pub(super) headline: String,
    pub(super) detail: Vec<Block>,
    /// The span of the headline.
    pub(super) span: Span,
}

/// Reads the stories of a layout in which each bullet is one.
///
/// `read_story` returns `None` without an error for a bullet that does not begin as the layout
/// requires.
pub(super) fn read_bullets(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    read_story: impl Fn(&ListItem<'_>, &mut Vec<Diagnostic>) -> Option<Story>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let mut stories = Vec::new();
    for block in blocks {
        let Content::List(List { items, .. }) = &block.content else {
            diagnostics.push(misplaced_error(
                block.span.clone(),
                block.content.name(),
                series,
            ));
            continue;
        };
        for item in items {
            let story = read_story(item, diagnostics);
            if story.is_none() {
                let what = "a bullet that does not begin with a headline";
                diagnostics.push(misplaced_error(item.span.clone(), what, series));
            }
            stories.extend(story);
        }
    }
    stories
}

/// Turns stories into the headlines of an issue. A story without a detail is an error.
pub(super) fn into_headlines(
    stories: Vec<Story>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Headline> {
    let mut ids = HeadlineIds::default();
    let mut headlines = Vec::new();
    for Story {
        headline: text,
        detail,
        span,
    } in stories
    {
        if detail.is_empty() {
            let what = "a headline without a detail";
            diagnostics.push(Diagnostic::unsupported(
                span,
                what,
                "an issue",
                "write a detail, or remove the headline",
            ));
        } else {
            headlines.push(Headline {
                id: ids.create_id(&text),
                text,
                detail,
            });
        }
    }
    headlines
}

/// Reads a headline as plain text. If it has a link, its detail begins with the returned paragraph,
/// so that the address is kept.
pub(super) fn read_headline(
    mut runs: Vec<Run>,
    span: &Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> (String, Option<Block>) {
    if let Some(last) = runs.last_mut() {
        last.text.truncate(without_colon(&last.text).len());
    }
    runs.retain(|run| !run.text.is_empty());
    let text = run_text(&runs);
    let linked = runs.iter().any(|run| run.href.is_some());
    if !linked && runs.iter().any(has_mark) {
        diagnostics.push(dropped_marks_warning(span.clone(), "a headline"));
    }
    (text, linked.then_some(Block::Paragraph(runs)))
}

/// Removes the colon between a headline and its detail.
pub(super) fn without_colon(headline: &str) -> &str {
    headline.trim_end().trim_end_matches(COLONS).trim_end()
}

/// Colons in English and Japanese.
pub(super) const COLONS: [char; 2] = [':', '：'];

/// Returns the error for a block that has no place in the layout.
pub(super) fn misplaced_error(span: Span, what: &str, series: &Series) -> Diagnostic {
    let Series {
        layout, unplaced, ..
    } = series;
    let message = format!(
        "this is {what}, which has no place in the layout “{}”",
        layout.as_written()
    );
    let remedy = format!("write it as {}, or remove it", layout.example());
    let hint = format!(
        "; unplaced = \"leave-out\" in {} leaves such text out",
        Series::FILE
    );
    let hint = if *unplaced == Unplaced::Refuse {
        hint
    } else {
        String::new()
    };
    Diagnostic::error(Rule::NoPlace, span, message, remedy + &hint)
}

/// Reads the bullets in `source`, and returns the stories and the messages in short: a line for
/// each story, with slashes between its blocks.
#[cfg(test)]
pub(super) fn short_stories(
    source: &str,
    read_story: impl Fn(&ListItem<'_>, &mut Vec<Diagnostic>) -> Option<Story>,
) -> (String, Vec<String>) {
    let mut diagnostics = Vec::new();
    let stories = read_bullets(
        &crate::newsletter::markdown::parse(source, 0),
        &Series::default(),
        read_story,
        &mut diagnostics,
    );
    shorten(&into_headlines(stories, &mut diagnostics), diagnostics)
}

/// Writes headlines and messages in short.
#[cfg(test)]
pub(super) fn shorten(
    headlines: &[Headline],
    diagnostics: Vec<Diagnostic>,
) -> (String, Vec<String>) {
    let runs = |runs: &[Run]| -> String {
        let href = |run: &Run| {
            run.href
                .as_ref()
                .map_or(String::new(), |href| format!(" <{}>", href.as_written()))
        };
        runs.iter()
            .map(|run| run.text.clone() + &href(run))
            .collect()
    };
    let block = |block: &Block| match block {
        Block::Paragraph(paragraph) => runs(paragraph),
        Block::List(items) => {
            format!(
                "({})",
                items
                    .iter()
                    .map(|item| runs(item))
                    .collect::<Vec<_>>()
                    .join(" | ")
            )
        }
    };
    let headline = |headline: &Headline| {
        let detail: Vec<_> = headline.detail.iter().map(block).collect();
        format!("{} => {}", headline.text, detail.join(" / "))
    };
    let stories: Vec<_> = headlines.iter().map(headline).collect();
    (
        stories.join("\n"),
        diagnostics
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect(),
    )
}
