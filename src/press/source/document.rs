//! What a Word document or a web page says, before it is written as Markdown.

use std::rc::Rc;

use crate::image_source::ImageSource;
use crate::{Diagnostic, Rule};

/// A document as a sequence of blocks; lists are flat, as in Word: each item knows how deep it is.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) blocks: Vec<Block>,
    /// The footnotes; a [`Piece::Note`] holds a place in this list.
    pub(crate) notes: Vec<Vec<Block>>,
    /// What is left out and stood at no place of the text, such as the header of each page.
    pub(crate) warnings: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(crate) enum Block {
    Paragraph(Role, Vec<Piece>),
    /// The rows with their cells.
    Table(Vec<Vec<Vec<Piece>>>),
    /// A line across the page.
    Rule,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Text,
    /// With its level, from 1.
    Heading(usize),
    /// The first paragraph of a list item; `level` is 0 in a list that is in no other one.
    Item {
        level: usize,
        numbered: bool,
    },
    /// A further paragraph of the list item above it.
    Continued {
        level: usize,
    },
    Quotation,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(Run),
    /// The start of a new line in the same paragraph.
    Break,
    Image {
        alt: String,
        src: ImageSource,
    },
    /// The mark of a footnote.
    Note(usize),
    /// Nothing, but somebody should know about this place.
    Warning(Rule, String),
}

/// A text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) style: Style,
}

/// How a text looks, and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) strong: bool,
    pub(crate) em: bool,
    /// The address of its link, as it was found; shared by the characters of the link.
    pub(crate) href: Option<Rc<str>>,
}

impl Block {
    pub(crate) fn paragraph(role: Role, mut pieces: Vec<Piece>) -> Block {
        for piece in &mut pieces {
            if let (Role::Heading(_), Piece::Text(run)) = (role, piece) {
                // A heading stands out anyhow, and its style often says that it is bold.
                run.style.strong = false;
            }
        }
        Block::Paragraph(role, pieces)
    }
}

/// How a text looks that no issue can show.
pub(crate) const STRUCK_OUT: &str = "struck out";
pub(crate) const RAISED: &str = "raised";
pub(crate) const LOWERED: &str = "lowered";

impl Piece {
    pub(crate) fn text(text: &str, style: &Style) -> Piece {
        Piece::Text(Run {
            text: text.to_owned(),
            style: style.clone(),
        })
    }

    /// The warning that `what`, with the text in it, is left out.
    pub(crate) fn left_out(what: &str, text: &str) -> Piece {
        Piece::Warning(Rule::LeftOut, left_out(what, text))
    }

    /// An image. One without a source, such as a drawing or an image inside a page, is left out.
    pub(crate) fn image(alt: &str, src: Option<ImageSource>) -> Piece {
        let alt = one_line(alt);
        match src {
            Some(src) => Piece::Image { alt, src },
            None => Piece::left_out("an image inside of the document", &alt),
        }
    }

    /// The warning that a text does not look as in the document, if that changes what it says:
    /// raised letters, as in “1st”, say the same when they stand on the line.
    pub(crate) fn lost_look(look: &str, text: &str) -> Option<Piece> {
        let matters =
            look == STRUCK_OUT || text.chars().any(|character| character.is_ascii_digit());
        let message = format!(
            "“{}” is {look} in the document, and kept as plain text",
            shortened(text)
        );
        (matters && !text.trim().is_empty()).then_some(Piece::Warning(Rule::Look, message))
    }

    /// The warning about a link that leads to `address` and has no text, unless it leads nowhere.
    pub(crate) fn empty_link(address: &str) -> Option<Piece> {
        let message = left_out("a link without text", address);
        (!address.is_empty()).then_some(Piece::Warning(Rule::EmptyLink, message))
    }
}

/// Whether the pieces have nothing that a reader would see.
pub(crate) fn is_blank(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Text(run) => run.text.trim().is_empty(),
        Piece::Break | Piece::Warning(..) => true,
        Piece::Image { .. } | Piece::Note(_) => false,
    })
}

/// The message that `what`, with the text in it, is left out: `a comment is left out: “Radar”`.
pub(crate) fn left_out(what: &str, text: &str) -> String {
    if text.is_empty() {
        format!("{what} is left out")
    } else {
        format!("{what} is left out: “{}”", shortened(text))
    }
}

/// The text of the pieces, without marks; a line break is a space.
pub(crate) fn plain(pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(run) => run.text.as_str(),
        Piece::Break => " ",
        _ => "",
    });
    texts.collect()
}

/// The pieces of all blocks, a line for each paragraph.
pub(crate) fn flattened(blocks: Vec<Block>) -> Vec<Piece> {
    let paragraphs = blocks.into_iter().flat_map(|block| match block {
        Block::Paragraph(_, pieces) => vec![pieces],
        Block::Table(rows) => rows.into_iter().flatten().collect(),
        Block::Rule => Vec::new(),
    });
    paragraphs.collect::<Vec<_>>().join(&Piece::Break)
}

/// As much of a text as a message has room for.
fn shortened(text: &str) -> String {
    const MAX_CHARACTERS: usize = 80;
    let text = one_line(text);
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
