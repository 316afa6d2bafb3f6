use pulldown_cmark::Event;

use super::label::Label;
use super::lines;
use super::markdown::{Block, Content, Inline, Item, List};

/// Makes lists of lines that begin with a bullet that was typed as a character, such as “●”: they are one
/// paragraph to Markdown.
pub(crate) fn convert(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut converted: Vec<Block<'_>> = Vec::new();
    // The sign of the list that may go on: a paragraph for each bullet is a list, too.
    let mut open = None;
    for Block { content, span } in blocks {
        match content {
            Content::Paragraph(inlines) => {
                for piece in pieces(inlines) {
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
                converted.push(Block {
                    content: within(content),
                    span,
                });
            }
        }
    }
    converted
}

/// The same for what is inside of the bullets of a list.
fn within(content: Content<'_>) -> Content<'_> {
    let Content::List(List { first, items }) = content else {
        return content;
    };
    let items = items.into_iter().map(|Item { blocks, span }| Item {
        blocks: convert(blocks),
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
    Bullet(char, Item<'a>),
}

impl<'a> Piece<'a> {
    fn sign(&self) -> Option<char> {
        match self {
            Piece::Text(_) => None,
            Piece::Bullet(sign, _) => Some(*sign),
        }
    }

    fn into_block(self) -> Option<Block<'a>> {
        match self {
            Piece::Text(inlines) => paragraph(inlines),
            Piece::Bullet(_, item) => {
                let span = item.span.clone();
                Some(Block {
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

fn pieces(mut inlines: Vec<Inline<'_>>) -> Vec<Piece<'_>> {
    let bullets = bullets(&inlines);
    let mut pieces = Vec::new();
    for (start, sign) in bullets.into_iter().rev() {
        let bullet = inlines.split_off(start);
        inlines.pop_if(|inline| lines::is_break(inline));
        let span = bullet.first().map_or(0, |first| first.span.start)
            ..bullet.last().map_or(0, |last| last.span.end);
        let blocks = paragraph(without_sign(bullet, sign)).into_iter().collect();
        pieces.push(Piece::Bullet(sign, Item { blocks, span }));
    }
    if !inlines.is_empty() {
        pieces.push(Piece::Text(inlines));
    }
    pieces.reverse();
    pieces
}

/// Where lines begin with a bullet, and with which.
fn bullets(inlines: &[Inline<'_>]) -> Vec<(usize, char)> {
    let mut bullets: Vec<(usize, char)> = Vec::new();
    let mut above = None;
    for start in lines::starts(inlines) {
        let line = &inlines[start..];
        let is_above_list = above
            .and_then(lines::label_of)
            .is_some_and(|(label, _)| Label::has_list(label));
        let may_be_dash = above.is_none()
            || is_above_list
            || bullets.last().is_some_and(|(_, sign)| *sign == '–');
        bullets.extend(sign(line, may_be_dash).map(|sign| (start, sign)));
        above = Some(line);
    }
    bullets
}

fn sign(line: &[Inline<'_>], may_be_dash: bool) -> Option<char> {
    let text = line.iter().find_map(text)?;
    let sign = text.chars().next()?;
    match sign {
        '●' | '•' | '・' | '◦' | '○' | '■' => Some(sign),
        // In the middle of a paragraph it is a dash that a line happens to begin with.
        '–' if may_be_dash && text.starts_with("– ") => Some(sign),
        _ => None,
    }
}

/// The text that a line begins with, also inside of marks.
fn text<'e>(inline: &'e Inline<'_>) -> Option<&'e str> {
    match &inline.event {
        Event::Start(_) => None,
        Event::Text(text) => Some(text),
        _ => Some(""),
    }
}

fn without_sign(mut inlines: Vec<Inline<'_>>, sign: char) -> Vec<Inline<'_>> {
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
    inlines.retain(|inline| !matches!(&inline.event, Event::Text(text) if text.is_empty()));
    inlines
}

fn paragraph(inlines: Vec<Inline<'_>>) -> Option<Block<'_>> {
    let span = inlines.first()?.span.start..inlines.last()?.span.end;
    Some(Block {
        content: Content::Paragraph(inlines),
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::super::markdown::{self, outline};
    use super::*;

    #[test]
    fn lines_with_typed_bullets_are_lists() {
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
        ] {
            assert_eq!(
                outline(&convert(markdown::parse(source, 0))),
                expected,
                "{source}"
            );
        }
    }
}
