//! Bullets that were typed, with a tab behind them.

use crate::source::document::DocumentPiece;

const BULLETS: &str = "-–—•·●○▪■□◦‣*➢❖";

/// Removes a typed bullet with its tab from the start of a paragraph. Returns the level of the
/// item: the number of tabs before the bullet.
pub(crate) fn take_typed_bullet(pieces: &mut [DocumentPiece]) -> Option<usize> {
    let texts = pieces.iter().map_while(|piece| match piece {
        DocumentPiece::Text(run) => Some(run.text.as_str()),
        DocumentPiece::Warning(..) => Some(""),
        _ => None,
    });
    let (level, mut length) = find_bullet(texts.flat_map(str::chars))?;
    for piece in pieces {
        if let DocumentPiece::Text(run) = piece {
            let removed = length.min(run.text.chars().count());
            run.text = run.text.chars().skip(removed).collect();
            length -= removed;
            if length == 0 {
                break;
            }
        }
    }
    Some(level)
}

/// Returns the number of tabs before a bullet, and the number of characters until its text.
fn find_bullet(text: impl Iterator<Item = char>) -> Option<(usize, usize)> {
    let mut text = text.peekable();
    let (mut level, mut length) = (0, 1);
    while let Some(space) = text.next_if(|character| matches!(character, ' ' | '\t')) {
        level += usize::from(space == '\t');
        length += 1;
    }
    text.next_if(|character| BULLETS.contains(*character))?;
    while text.next_if_eq(&' ').is_some() {
        length += 1;
    }
    text.next_if_eq(&'\t')?;
    Some((level, length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::document::{Style, plain_text};

    #[test]
    fn bullets_with_a_tab_are_taken() {
        for (texts, expected) in [
            (&["-\tone"][..], Some((0, "one"))),
            (&["•", "\t", "one"], Some((0, "one"))),
            (&["\t- \tone"], Some((1, "one"))),
            (&["- one"], None),
            (&["a\tb"], None),
            (&["\tone"], None),
            (&[], None),
        ] {
            let style = Style::default();
            let mut pieces: Vec<_> = texts
                .iter()
                .map(|text| DocumentPiece::text(text, &style))
                .collect();
            let level = take_typed_bullet(&mut pieces);
            assert_eq!(level, expected.map(|(level, _)| level), "{texts:?}");
            if let Some((_, text)) = expected {
                assert_eq!(plain_text(&pieces), text);
            }
        }
    }
}
