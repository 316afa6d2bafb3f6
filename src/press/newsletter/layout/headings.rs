//! The layout `headings`, in which each heading of one level is a headline with its detail below.

use super::story::{self, Stories, Story};
use crate::count::format_count;
use crate::newsletter::markdown::{Content, MarkdownBlock};
use crate::source_map::Span;
use crate::{Diagnostic, Layout, Rule, Series};

/// Reads the stories below the headings of the series' level.
///
/// A heading above that level begins a section, and one below it is a heading of the detail.
pub(super) fn read_stories(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let mut stories = Stories::default();
    for block in blocks {
        match &block.content {
            Content::Heading(found, inlines) if *found == series.heading => {
                let story = Story::from_heading(block, inlines, diagnostics);
                if story.headline.is_empty() {
                    stories.close();
                    let what = "a heading without text";
                    diagnostics.push(story::misplaced_error(block.span.clone(), what, series));
                } else {
                    stories.add_story(story, true);
                }
            }
            Content::Heading(found, inlines) if *found < series.heading => {
                stories.start_section(block, inlines, series, diagnostics);
            }
            _ if stories.add_text(block, diagnostics) => {}
            _ => diagnostics.push(outside_error(block, series)),
        }
    }
    stories.finish(series, diagnostics)
}

/// Returns the error for a newsletter without headlines whose headings have other levels than the
/// headlines of its series; `None` if it has no heading or another layout.
pub(super) fn other_levels_error(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    span: Span,
) -> Option<Diagnostic> {
    let (levels, remedy) = describe_other_levels(blocks, series)?;
    let message = format!("the newsletter has no headline: {levels}");
    Some(Diagnostic::error(Rule::MissingPart, span, message, remedy))
}

/// Returns the warning for a newsletter with such headings whose sections are its headlines.
pub(super) fn other_levels_warning(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    span: Span,
) -> Option<Diagnostic> {
    let (levels, remedy) = describe_other_levels(blocks, series)?;
    let message = format!("the headings above the level of headlines are the headlines: {levels}");
    Some(Diagnostic::warning(
        Rule::MissingPart,
        span,
        message,
        remedy,
    ))
}

fn describe_other_levels(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
) -> Option<(String, String)> {
    if series.layout != Layout::Headings {
        return None;
    }
    let mut counts = [0; 7];
    for block in blocks {
        if let Content::Heading(level, _) = block.content {
            counts[usize::from(level)] += 1;
        }
    }
    if counts[usize::from(series.heading)] > 0 {
        return None;
    }
    let found = (1..).zip(&counts[1..]).filter(|(_, count)| **count > 0);
    let (level, _) = found.clone().max_by_key(|(_, count)| **count)?;
    let found: Vec<_> = found
        .map(|(level, count)| format!("{} of level {level}", format_count(*count, "heading")))
        .collect();
    let levels = format!(
        "headlines are headings of level {}, and it has {}",
        series.heading,
        found.join(", ")
    );
    let remedy = format!(
        "write heading = {level} in {}, or begin each headline with “{}”",
        Series::FILE,
        "#".repeat(series.heading.into())
    );
    Some((levels, remedy))
}

/// Returns the error for a block that is in no story.
fn outside_error(block: &MarkdownBlock<'_>, series: &Series) -> Diagnostic {
    let level = series.heading;
    let what = match &block.content {
        Content::Heading(found, _) => {
            format!("a heading of level {found} (headlines have level {level})")
        }
        content => format!("{} outside of a headline's detail", content.name()),
    };
    story::misplaced_error(block.span.clone(), &what, series)
}

#[cfg(test)]
mod tests {
    use super::super::story::{into_headlines, shorten};
    use super::*;
    use crate::newsletter::markdown;

    fn short_stories(source: &str) -> (String, Vec<String>) {
        let mut diagnostics = Vec::new();
        let stories = read_stories(
            &markdown::parse(source, 0),
            &Series::default(),
            &mut diagnostics,
        );
        shorten(&into_headlines(stories, &mut diagnostics), diagnostics)
    }

    #[test]
    fn headings_of_the_level_are_headlines() {
        for (source, expected) in [
            (
                "### A\n\nb\n\n- c\n\n### D\n\ne",
                "A => [0]b / [1].list[0]c\nD => [0]e",
            ),
            (
                "### [A](https://x.example/) b\n\nc",
                "A b => [0]A <https://x.example/> b / [1]c",
            ),
            ("### [A](https://x.example/)", "A <https://x.example/> => "),
            ("### A\n\n#### b\n\nc", "A => [0].headingb / [1]c"),
            (
                "### A\n> b\n> 1. c\n> 1. d\n\n```\ne\n  f\n```",
                "A => [0].quote[0]b / [0].quote[1].list[0]c / [0].quote[1].list[1]d / [1].pree\n  f",
            ),
            (
                "### A\nb|c\n-|-\n1|[2](https://x.example/)",
                "A => [0].head[0]b / [0].head[1]c / [0].table[0][0]1 / [0].table[0][1]2 <https://x.example/>",
            ),
            (
                "## S\n### A\nb\n## T\nc\n\nd\n### E\nf",
                "# S\nA => [0]b\nT => [0]c / [1]d\nE => [0]f",
            ),
        ] {
            assert_eq!(
                short_stories(source),
                (expected.to_owned(), vec![]),
                "{source}"
            );
        }
    }

    #[test]
    fn other_blocks_are_errors() {
        for (source, expected, message) in [
            ("a\n### B\nc", "B => [0]c", &["a paragraph"][..]),
            (
                "### A\nb\n## C\n## D\n### F\ng",
                "A => [0]b\n# D\nF => [0]g",
                &["a section without a headline"],
            ),
            (
                "### A\n### B\nc",
                "A => \nB => [0]c",
                &["neither a detail nor a link"],
            ),
            (
                "### A\nb\n###\nc",
                "A => [0]b",
                &["a heading without text", "a paragraph"],
            ),
            (
                "### A `b`\nc",
                "A b => [0]c",
                &["code are left out of a headline"],
            ),
        ] {
            let (stories, messages) = short_stories(source);
            assert_eq!(stories, expected, "{source}");
            assert_eq!(messages.len(), message.len(), "{source}: {messages:?}");
            for (found, message) in messages.iter().zip(message) {
                assert!(found.contains(message), "{source}: {messages:?}");
            }
        }
    }
}
