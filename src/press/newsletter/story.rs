use digest_issue::{Block, Headline, Run};

use super::markdown::{self, Content, Item, List, Span};
use super::slug::HeadlineIds;
use super::{bullet, rich_text};
use crate::{Diagnostic, Rule, Series, Unplaced};

/// A headline with its detail, in a layout that has them together.
pub(crate) struct Story {
    pub(crate) headline: String,
    pub(crate) detail: Vec<Block>,
    /// Where the headline is.
    pub(crate) span: Span,
}

/// The stories of a layout in which each bullet of the newsletter is one.
///
/// `read` returns `None`, and names nothing, for a bullet that does not begin as the layout says.
pub(crate) fn in_bullets(
    blocks: &[markdown::Block<'_>],
    series: &Series,
    read: impl Fn(&Item<'_>, &mut Vec<Diagnostic>) -> Option<Story>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let mut stories = Vec::new();
    for block in blocks {
        let Content::List(List { items, .. }) = &block.content else {
            diagnostics.push(misplaced(block.span.clone(), block.content.name(), series));
            continue;
        };
        for item in items {
            let story = read(item, diagnostics);
            if story.is_none() {
                let what = "a bullet that begins otherwise";
                diagnostics.push(misplaced(item.span.clone(), what, series));
            }
            stories.extend(story);
        }
    }
    stories
}

/// The headlines of an issue; a story without a detail is none.
pub(crate) fn headlines(stories: Vec<Story>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Headline> {
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
                "write it, or remove it",
            ));
        } else {
            headlines.push(Headline {
                id: ids.next(&text),
                text,
                detail,
            });
        }
    }
    headlines
}

/// A headline as plain text; if it holds a link, also as a paragraph, with which its detail begins, so
/// that the address is kept.
pub(crate) fn headline(
    mut runs: Vec<Run>,
    span: &Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> (String, Option<Block>) {
    if let Some(last) = runs.last_mut() {
        last.text.truncate(without_colon(&last.text).len());
    }
    runs.retain(|run| !run.text.is_empty());
    let text = rich_text::text(&runs);
    let linked = runs.iter().any(|run| run.href.is_some());
    if !linked && runs.iter().any(|run| run.strong || run.em || run.code) {
        diagnostics.push(bullet::marks(span.clone(), "a headline"));
    }
    (text, linked.then_some(Block::Paragraph(runs)))
}

/// A headline without the colon that parts it from its detail.
pub(crate) fn without_colon(headline: &str) -> &str {
    headline.trim_end().trim_end_matches(COLONS).trim_end()
}

/// As they are written in English and Japanese.
pub(crate) const COLONS: [char; 2] = [':', '：'];

/// The error for what the layout has no place for.
pub(crate) fn misplaced(span: Span, what: &str, series: &Series) -> Diagnostic {
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

/// The stories of the bullets in `source` in short, and the messages: a line for each story, its blocks
/// parted by slashes.
#[cfg(test)]
pub(crate) fn short_stories(
    source: &str,
    read: impl Fn(&Item<'_>, &mut Vec<Diagnostic>) -> Option<Story>,
) -> (String, Vec<String>) {
    let mut diagnostics = Vec::new();
    let stories = in_bullets(
        &markdown::parse(source, 0),
        &Series::default(),
        read,
        &mut diagnostics,
    );
    short(&headlines(stories, &mut diagnostics), diagnostics)
}

/// Headlines and messages in short.
#[cfg(test)]
pub(crate) fn short(headlines: &[Headline], diagnostics: Vec<Diagnostic>) -> (String, Vec<String>) {
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
