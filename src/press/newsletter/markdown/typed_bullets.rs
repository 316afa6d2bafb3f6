//! Lists whose bullets are typed characters such as “●”, or hyphens with a no-break space behind
//! them, which Markdown reads as paragraphs.

use pulldown_cmark::Event;

use super::lines::{find_label, find_line_starts, is_break};
use super::tree::{Content, Inline, List, ListItem, MarkdownBlock, span_inlines};
use crate::newsletter::label::Label;

/// Converts lines that begin with a typed bullet into lists.
pub(crate) fn convert_typed_bullets(blocks: Vec<MarkdownBlock<'_>>) -> Vec<MarkdownBlock<'_>> {
    let mut converted: Vec<MarkdownBlock<'_>> = Vec::new();
    // The sign of the last list, which goes on if the next paragraph begins with the same one.
    let mut open = None;
    for MarkdownBlock { content, span } in blocks {
        match content {
            Content::Paragraph(inlines) => {
                for piece in split_paragraph(inlines) {
                    match (
                        converted
                            .last_mut()
                            .map(|block| (&mut block.content, &mut block.span)),
                        piece,
                    ) {
                        (Some((Content::List(list), span)), Piece::Bullet(sign, item))
                            if open == Some(sign) =>
                        {
                            span.end = item.span.end;
                            list.items.push(item);
                        }
                        (_, piece) => {
                            open = piece.sign();
                            converted.extend(piece.into_block());
                        }
                    }
                }
            }
            content => {
                open = None;
                converted.push(MarkdownBlock {
                    content: convert_nested(content),
                    span,
                });
            }
        }
    }
    converted
}

fn convert_nested(content: Content<'_>) -> Content<'_> {
    let (first, items) = match content {
        Content::List(List { first, items }) => (first, items),
        Content::Quote(blocks) => return Content::Quote(convert_typed_bullets(blocks)),
        content => return content,
    };
    let items = items.into_iter().map(|ListItem { blocks, span }| ListItem {
        blocks: convert_typed_bullets(blocks),
        span,
    });
    Content::List(List {
        first,
        items: items.collect(),
    })
}

/// A part of a paragraph.
enum Piece<'a> {
    Text(Vec<Inline<'a>>),
    Bullet(char, ListItem<'a>),
}

impl<'a> Piece<'a> {
    fn sign(&self) -> Option<char> {
        match self {
            Piece::Text(_) => None,
            Piece::Bullet(sign, _) => Some(*sign),
        }
    }

    fn into_block(self) -> Option<MarkdownBlock<'a>> {
        match self {
            Piece::Text(inlines) => new_paragraph(inlines),
            Piece::Bullet(_, item) => {
                let span = item.span.clone();
                Some(MarkdownBlock {
                    content: Content::List(List {
                        first: None,
                        items: vec![item],
                    }),
                    span,
                })
            }
        }
    }
}

fn split_paragraph(mut inlines: Vec<Inline<'_>>) -> Vec<Piece<'_>> {
    let bullets = find_bullets(&inlines);
    let mut pieces = Vec::new();
    for (start, sign) in bullets.into_iter().rev() {
        let bullet = inlines.split_off(start);
        inlines.pop_if(|inline| is_break(inline));
        let span = span_inlines(&bullet).unwrap_or_default();
        let paragraph = new_paragraph(remove_sign(bullet, sign));
        let blocks = paragraph.into_iter().collect();
        pieces.push(Piece::Bullet(sign, ListItem { blocks, span }));
    }
    if !inlines.is_empty() {
        pieces.push(Piece::Text(inlines));
    }
    pieces.reverse();
    pieces
}

/// Returns the indices of lines that begin with a bullet, and its sign.
fn find_bullets(inlines: &[Inline<'_>]) -> Vec<(usize, char)> {
    let mut bullets: Vec<(usize, char)> = Vec::new();
    let mut above = None;
    for start in find_line_starts(inlines) {
        let line = &inlines[start..];
        let is_above_list = above
            .and_then(find_label)
            .is_some_and(|(label, _)| Label::has_list(label));
        let may_be_dash = above.is_none()
            || is_above_list
            || bullets.last().is_some_and(|(_, sign)| *sign == '–');
        bullets.extend(find_sign(line, may_be_dash).map(|sign| (start, sign)));
        above = Some(line);
    }
    bullets
}

fn find_sign(line: &[Inline<'_>], may_be_dash: bool) -> Option<char> {
    let text = line.iter().find_map(first_text)?;
    let mut signs = text.chars();
    let sign = signs.next()?;
    match sign {
        '-' | '+' | '*'
            if signs
                .next()
                .or_else(|| second_sign(line))
                .is_some_and(is_wide_space) =>
        {
            Some(sign)
        }
        '●' | '•' | '・' | '◦' | '○' | '■' => Some(sign),
        // Elsewhere it is a dash within a sentence.
        '–' if may_be_dash && text.starts_with("– ") => Some(sign),
        _ => None,
    }
}

/// Returns the first character of the second text of a line: the parser may split a text behind “*”.
fn second_sign(line: &[Inline<'_>]) -> Option<char> {
    match &line.get(1)?.event {
        Event::Text(text) => text.chars().next(),
        _ => None,
    }
}

/// Returns true for a space that Markdown does not take for one, such as a no-break space.
fn is_wide_space(sign: char) -> bool {
    sign.is_whitespace() && !sign.is_ascii()
}

/// Returns the text of the first inline that is not the start of a mark; empty if it has none.
fn first_text<'e>(inline: &'e Inline<'_>) -> Option<&'e str> {
    match &inline.event {
        Event::Start(_) => None,
        Event::Text(text) => Some(text),
        _ => Some(""),
    }
}

fn remove_sign(mut inlines: Vec<Inline<'_>>, sign: char) -> Vec<Inline<'_>> {
    if let Some(Inline {
        event: Event::Text(text),
        ..
    }) = inlines
        .iter_mut()
        .find(|inline| matches!(inline.event, Event::Text(_)))
    {
        *text = text
            .strip_prefix(sign)
            .unwrap_or(text)
            .trim_start()
            .to_owned()
            .into();
    }
    trim_start(&mut inlines);
    inlines.retain(|inline| !matches!(&inline.event, Event::Text(text) if text.is_empty()));
    inlines
}

/// Removes the spaces at the start of the first text that is not empty.
fn trim_start(inlines: &mut [Inline<'_>]) {
    let texts = inlines
        .iter_mut()
        .filter_map(|inline| match &mut inline.event {
            Event::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        });
    for text in texts.take(1) {
        *text = text.trim_start().to_owned().into();
    }
}

fn new_paragraph(inlines: Vec<Inline<'_>>) -> Option<MarkdownBlock<'_>> {
    let span = span_inlines(&inlines)?;
    Some(MarkdownBlock {
        content: Content::Paragraph(inlines),
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{outline, parse};
    use super::*;

    #[test]
    fn lines_with_typed_bullets_become_lists() {
        for (source, expected) in [
            ("● a\n● b\nc\n\n● d", "ul(p | p | p)"),
            (
                "Headlines:\n・a\n・b\n\nDetails:\n\n◦ c\n◦ d",
                "p, ul(p | p), p, ul(p | p)",
            ),
            ("• a\n◦ b", "ul(p), ul(p)"),
            ("– a\n– b", "ul(p | p)"),
            ("**Headlines**\n– a", "p, ul(p)"),
            ("a\n– b", "p"),
            ("–1 degree", "p"),
            ("**● a**\n●", "ul(p | )"),
            ("● a\n\nb\n\n● c", "ul(p), p, ul(p)"),
            ("- a\n  ● b\n  ● c", "ul(p, ul(p | p))"),
            ("a ● b", "p"),
            ("-\u{a0}a\n-\u{a0}b", "ul(p | p)"),
            ("Headlines:\n*\u{a0}a\n*\u{a0}**b** c", "p, ul(p | p)"),
            ("-\u{3000}日\n-\u{3000}本", "ul(p | p)"),
            ("-a\n-b", "p"),
        ] {
            assert_eq!(
                outline(&convert_typed_bullets(parse(source, 0))),
                expected,
                "{source}"
            );
        }
    }
}
