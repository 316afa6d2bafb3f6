//! The layout `link-lead`, in which each bullet begins with a link: `- [Headline](address) detail`.

use digest_issue::Block;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::detail;
use super::story::{self, Story};
use crate::Diagnostic;
use crate::newsletter::markdown::lines::inline_text;
use crate::newsletter::markdown::{Content, Inline, ListItem};
use crate::newsletter::rich_text::{read_blocks, read_line, remove_marks, run_text};

/// Reads the story of a bullet; `None` if there is no link near its start.
///
/// The link is the headline's own source, and the text behind it is the detail. A label before the
/// link is part of the headline.
pub(super) fn read_story(item: &ListItem<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Story> {
    let (first, others) = item.blocks.split_first()?;
    let Content::Paragraph(inlines) = &first.content else {
        return None;
    };
    // Reading the whole paragraph reports the errors of the link.
    let link = read_line(find_leading_link(inlines)?, &mut Vec::new());
    let headline = story::without_colon(&remove_marks(&link).0).to_owned();
    if headline.is_empty() {
        return None;
    }
    let mut below = read_blocks(inlines, diagnostics).into_iter();
    // A picture is not before the link: it would be no label.
    let Some(Block::Paragraph(runs)) = below.next() else {
        return None;
    };
    let rest = story::skip_headline(&runs, run_text(&link).len());
    let rest = Some(rest).filter(|runs| !runs.is_empty());
    let rest = rest.into_iter().map(Block::Paragraph);
    let mut detail: Vec<_> = rest.chain(below).collect();
    detail.extend(detail::read_blocks(others, diagnostics));
    Some(Story {
        headline,
        href: runs.iter().find_map(|run| run.href.clone()),
        detail,
        span: first.span.clone(),
        ..Story::default()
    })
}

/// Maximum length of a label before the link, such as “[video]”, in characters.
const MAX_LABEL: usize = 30;

/// The ends of labels. A link behind any other text is in a sentence.
const LABEL_ENDS: &str = ":：])）】|/–—-";

/// Returns the start of the text up to the end of the first link, if that is a headline: only a
/// label is before the link, and it is no bare address.
fn find_leading_link<'s, 'a>(inlines: &'s [Inline<'a>]) -> Option<&'s [Inline<'a>]> {
    let is_link = |inline: &Inline<'_>| match &inline.event {
        Event::Start(Tag::Link { link_type, .. }) => {
            !matches!(link_type, LinkType::Autolink | LinkType::Email)
        }
        _ => false,
    };
    let start = inlines.iter().position(is_link)?;
    let label = inline_text(&inlines[..start]);
    let is_label = label.chars().count() <= MAX_LABEL
        && label
            .chars()
            .last()
            .is_none_or(|last| LABEL_ENDS.contains(last));
    let is_end = |inline: &Inline<'_>| matches!(inline.event, Event::End(TagEnd::Link));
    let end = inlines.iter().position(is_end)?;
    is_label.then(|| &inlines[..=end])
}

#[cfg(test)]
mod tests {
    use super::super::story::short_stories;
    use super::*;

    #[test]
    fn links_at_starts_of_bullets_are_headlines() {
        for (source, expected) in [
            (
                "- [A](https://x.example/) b",
                "A <https://x.example/> => [0]b",
            ),
            (
                "- [A `b`](https://x.example/)",
                "A b <https://x.example/> => ",
            ),
            (
                "- [A](https://x.example/)\n\n  b\n  - c",
                "A <https://x.example/> => [0]b / [1].list[0]c",
            ),
            (
                "- **[A:](https://x.example/)** b",
                "A <https://x.example/> => [0]b",
            ),
            (
                "- \\[video\\] [A](https://x.example/) (b)",
                "[video] A <https://x.example/> => [0](b)",
            ),
            (
                "## S\n\n- a\n- b\n\n## [T](https://x.example/)\n\n- [A](https://x.example/)",
                "S => [0].list[0]a / [0].list[1]b\nT <https://x.example/> => \nA <https://x.example/> => ",
            ),
            (
                "* [A][1]\n* [B][1]\n\n[1]: https://x.example/",
                "A <https://x.example/> => \nB <https://x.example/> => ",
            ),
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
                "- Ministers [met](https://x.example/)",
                "",
                "a bullet that does not begin with a headline",
            ),
            (
                "- [](https://x.example/) b",
                "",
                "a bullet that does not begin with a headline",
            ),
            (
                "- <https://x.example/> b",
                "",
                "a bullet that does not begin with a headline",
            ),
            ("[a](https://x.example/)", "", "a paragraph"),
            ("- [A](#) b", "A => [0]b", "leads nowhere"),
            (
                "- [A](https://x.example/)\n\n  ***",
                "A <https://x.example/> => ",
                "a line across the page",
            ),
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
