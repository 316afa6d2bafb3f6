//! The layout `link-lead`, in which each bullet begins with a link: `- [Headline](address) detail`.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::detail;
use super::story::{self, Story};
use crate::Diagnostic;
use crate::newsletter::markdown::{Content, Inline, ListItem};
use crate::newsletter::rich_text::{read_line, run_text};

/// Reads the story of a bullet; `None` if it does not begin with a link.
///
/// The detail is the whole bullet including the link, so that no address is lost and a bullet that
/// is only a link has a detail too.
pub(super) fn read_story(item: &ListItem<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Story> {
    let first = item.blocks.first()?;
    let Content::Paragraph(inlines) = &first.content else {
        return None;
    };
    // Reading the detail reports the errors of the link.
    let headline = run_text(&read_line(find_leading_link(inlines)?, &mut Vec::new()));
    let headline = story::without_colon(&headline).to_owned();
    if headline.is_empty() {
        return None;
    }
    let detail = detail::read_blocks(&item.blocks, diagnostics);
    Some(Story {
        headline,
        detail,
        span: first.span.clone(),
    })
}

/// Returns the link at the start of the text, also in bold or italics. A bare address does not
/// count.
fn find_leading_link<'s, 'a>(inlines: &'s [Inline<'a>]) -> Option<&'s [Inline<'a>]> {
    let is_mark =
        |inline: &&Inline<'_>| matches!(inline.event, Event::Start(Tag::Strong | Tag::Emphasis));
    let text = inlines.get(inlines.iter().take_while(is_mark).count()..)?;
    let end = text
        .iter()
        .position(|inline| matches!(inline.event, Event::End(TagEnd::Link)))?;
    let starts = match &text.first()?.event {
        Event::Start(Tag::Link { link_type, .. }) => {
            !matches!(link_type, LinkType::Autolink | LinkType::Email)
        }
        _ => false,
    };
    text.get(..=end).filter(|_| starts)
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
                "A => A <https://x.example/> b",
            ),
            (
                "- [A `b`](https://x.example/)",
                "A b => A  <https://x.example/>b <https://x.example/>",
            ),
            (
                "- [A](https://x.example/)\n\n  b\n  - c",
                "A => A <https://x.example/> / b / (c)",
            ),
            (
                "- **[A:](https://x.example/)** b",
                "A => A: <https://x.example/> b",
            ),
            (
                "* [A][1]\n* [B][1]\n\n[1]: https://x.example/",
                "A => A <https://x.example/>\nB => B <https://x.example/>",
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
                "- a [b](https://x.example/)",
                "",
                "a bullet that does not begin with a headline",
            ),
            (
                "- **a** [b](https://x.example/)",
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
            ("- [A](#) b", "A => A b", "leads nowhere"),
            (
                "- [A](https://x.example/)\n\n  > b",
                "A => A <https://x.example/>",
                "a quotation",
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
