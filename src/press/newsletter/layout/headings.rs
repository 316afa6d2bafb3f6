//! The layout `headings`, in which each heading of one level is a headline with its detail below.

use digest_issue::{Block, Run};

use super::detail;
use super::story::{self, Story};
use crate::newsletter::markdown::{Content, Inline, MarkdownBlock};
use crate::newsletter::rich_text::read_line;
use crate::{Diagnostic, Series};

/// Reads the stories below the headings of the series' level.
///
/// A heading above that level is a section, which ends a story and has no place; one below it is a
/// bold paragraph of the detail.
pub(super) fn read_stories(
    blocks: &[MarkdownBlock<'_>],
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut in_story = false;
    for block in blocks {
        match (&block.content, stories.last_mut().filter(|_| in_story)) {
            (Content::Heading(found, inlines), _) if *found == series.heading => {
                let story = read_heading(block, inlines, diagnostics);
                in_story = !story.headline.is_empty();
                if in_story {
                    stories.push(story);
                } else {
                    let what = "a heading without text";
                    diagnostics.push(story::misplaced_error(block.span.clone(), what, series));
                }
            }
            (Content::Heading(found, inlines), Some(story)) if *found > series.heading => {
                story.detail.extend(read_subheading(inlines, diagnostics));
            }
            (Content::Heading(..), _) | (_, None) => {
                in_story = false;
                diagnostics.push(outside_error(block, series));
            }
            (_, Some(story)) => story.detail.extend(detail::read_block(block, diagnostics)),
        }
    }
    stories
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

fn read_heading(
    block: &MarkdownBlock<'_>,
    inlines: &[Inline<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Story {
    let runs = read_line(inlines, diagnostics);
    let (headline, linked) = story::read_headline(runs, &block.span, diagnostics);
    Story {
        headline,
        detail: linked.into_iter().collect(),
        span: block.span.clone(),
    }
}

fn read_subheading(inlines: &[Inline<'_>], diagnostics: &mut Vec<Diagnostic>) -> Option<Block> {
    let runs = read_line(inlines, diagnostics).into_iter();
    let runs: Vec<_> = runs
        .map(|run| Run {
            strong: true,
            ..run
        })
        .collect();
    (!runs.is_empty()).then_some(Block::Paragraph(runs))
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
            ("### A\n\nb\n\n- c\n\n### D\n\ne", "A => b / (c)\nD => e"),
            (
                "### [A](https://x.example/) b\n\nc",
                "A b => A <https://x.example/> b / c",
            ),
            ("### [A](https://x.example/)", "A => A <https://x.example/>"),
            ("### A\n\n#### b\n\nc", "A => b / c"),
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
            ("a\n### B\nc", "B => c", &["a paragraph"][..]),
            (
                "### A\nb\n## C\nd\n#### e\n### F\ng",
                "A => b\nF => g",
                &["a heading", "a paragraph", "a heading"],
            ),
            (
                "### A\n### B\nc",
                "B => c",
                &["a headline without a detail"],
            ),
            (
                "### A\nb\n###\nc",
                "A => b",
                &["a heading without text", "a paragraph"],
            ),
            (
                "### A `b`\nc",
                "A b => c",
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
