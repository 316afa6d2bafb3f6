//! The layout `bold-lead`, in which each bullet begins with a bold headline: `- **Headline:**
//! detail`.

use digest_issue::{Block, Run};

use super::detail;
use super::story::{self, Story};
use crate::Diagnostic;
use crate::newsletter::markdown::{Content, ListItem};
use crate::newsletter::rich_text::{read_blocks, run_text};

/// Reads the story of a bullet; `None` if it does not begin in bold.
pub(super) fn read_story(item: &ListItem<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Story> {
    let (first, others) = item.blocks.split_first()?;
    let Content::Paragraph(inlines) = &first.content else {
        return None;
    };
    let mut found = Vec::new();
    let mut below = read_blocks(inlines, &mut found).into_iter();
    let Some(Block::Paragraph(runs)) = below.next() else {
        return None;
    };
    let (headline, rest) = split_headline(runs)?;
    diagnostics.append(&mut found);

    let (headline, href, linked) = story::read_headline(headline, &first.span, diagnostics);
    let rest = Some(rest).filter(|runs| !runs.is_empty());
    let rest = rest.into_iter().map(Block::Paragraph);
    let mut detail: Vec<_> = linked.into_iter().chain(rest).chain(below).collect();
    detail.extend(detail::read_blocks(others, diagnostics));
    Some(Story {
        headline,
        href,
        detail,
        span: first.span.clone(),
        ..Story::default()
    })
}

/// Splits the headline, without its bold, from the rest of its paragraph.
fn split_headline(mut runs: Vec<Run>) -> Option<(Vec<Run>, Vec<Run>)> {
    let bold = runs.iter().take_while(|run| run.strong).count();
    let rest = runs.split_off(bold);
    let headline: Vec<_> = runs
        .into_iter()
        .map(|run| Run {
            strong: false,
            ..run
        })
        .collect();
    let has_text = !story::without_colon(&run_text(&headline)).is_empty();
    has_text.then(|| (headline, story::skip_headline(&rest, 0)))
}

#[cfg(test)]
mod tests {
    use super::super::story::short_stories;
    use super::*;

    #[test]
    fn bold_starts_of_bullets_are_headlines() {
        for (source, expected) in [
            ("- **A b:** c *d*", "A b => [0]c d"),
            ("- **A**: b", "A => [0]b"),
            ("- **A** – b", "A => [0]b"),
            (
                "- **A** b\n\n  c\n  - d\n  - e",
                "A => [0]b / [1]c / [2].list[0]d / [2].list[1]e",
            ),
            ("- **甲：**乙", "甲 => [0]乙"),
            ("- **甲**：乙", "甲 => [0]乙"),
            ("- __A:__\\\n  b\\\n  c", "A => [0]b / [1]c"),
            ("- **A** **b** c", "A => [0]b c"),
            (
                "* **[A](https://x.example/):** b",
                "A <https://x.example/> => [0]b",
            ),
            (
                "* **[A](https://x.example/)**",
                "A <https://x.example/> => ",
            ),
            (
                "## S\n\n- **A:** b\n- **C:** d\n\n## T\n\ne\n\n> f",
                "# S\nA => [0]b\nC => [0]d\nT => [0]e / [1].quote[0]f",
            ),
            ("1. **A:** b\n2. **C:** d", "A => [0]b\nC => [0]d"),
        ] {
            assert_eq!(
                short_stories(source, read_story),
                (expected.to_owned(), vec![]),
                "{source}"
            );
        }
    }

    #[test]
    fn other_blocks_are_errors() {
        for (source, expected, message) in [
            (
                "- a **b**",
                "",
                "a bullet that does not begin with a headline",
            ),
            ("-", "", "a bullet that does not begin with a headline"),
            (
                "- > **A:** b",
                "",
                "a bullet that does not begin with a headline",
            ),
            ("text", "", "a paragraph"),
            ("# heading", "", "a section without a headline"),
            ("- **A:**", "A => ", "neither a detail nor a link"),
            (
                "- **:** b\n\n  c",
                "",
                "a bullet that does not begin with a headline",
            ),
            (
                "- **A `b`:** c",
                "A b => [0]c",
                "code are left out of a headline",
            ),
            ("- **A:** b\n\n  ***", "A => [0]b", "a line across the page"),
        ] {
            let (stories, messages) = short_stories(source, read_story);
            assert_eq!(stories, expected, "{source}");
            assert!(
                messages.len() == 1 && messages[0].contains(message),
                "{source}: {messages:?}"
            );
        }
    }
}
