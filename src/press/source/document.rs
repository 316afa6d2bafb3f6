//! The content of a Word document, web page or feed, before it is written as Markdown.

use std::rc::Rc;

use crate::budget::{Budget, Limit};
use crate::image_source::ImageSource;
use crate::shorten::shorten;
use crate::{Diagnostic, Rule};

/// A document as a sequence of blocks. Lists are flat, as in Word: each item has its level.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The settings to write above the text, with their fences, or empty.
    pub(crate) front_matter: String,
    pub(crate) blocks: Vec<DocumentBlock>,
    /// The footnotes; a [`DocumentPiece::Note`] is an index of this list.
    pub(crate) notes: Vec<Vec<DocumentBlock>>,
    /// Warnings without a position in the text, such as those about page headers.
    pub(crate) warnings: Vec<Diagnostic>,
}

/// A paragraph, a table or a line across the page.
#[derive(Debug)]
pub(crate) enum DocumentBlock {
    Paragraph(Role, Vec<DocumentPiece>),
    /// Rows of cells.
    Table(Vec<Vec<Vec<DocumentPiece>>>),
    /// A line across the page.
    Rule,
}

/// The role of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Text,
    /// A heading with its level, from 1.
    Heading(usize),
    /// The first paragraph of a list item; `level` is 0 in an outermost list.
    Item {
        level: usize,
        marker: ItemMarker,
    },
    /// A further paragraph of the list item above.
    Continued {
        level: usize,
    },
    Quotation,
}

/// The marker of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemMarker {
    Bullet,
    /// A number with the `.` or `)` after it.
    Number {
        value: usize,
        delimiter: char,
    },
}

impl ItemMarker {
    /// The largest number of a list item in `CommonMark`, which allows nine digits.
    pub(crate) const MAX_NUMBER: usize = 999_999_999;
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(crate) enum DocumentPiece {
    Text(StyledRun),
    /// A line break within the paragraph.
    Break,
    Image {
        alt: String,
        src: ImageSource,
    },
    /// The mark of a footnote.
    Note(usize),
    /// A warning about this position; it adds no text.
    Warning(Rule, String),
}

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StyledRun {
    pub(crate) text: String,
    pub(crate) style: Style,
}

/// The marks of a run and the address of its link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) strong: bool,
    pub(crate) em: bool,
    /// True if the text is struck out.
    pub(crate) del: bool,
    pub(crate) script: Option<Script>,
    /// The address of its link, as found; all characters of the link share it.
    pub(crate) href: Option<Rc<str>>,
}

/// Letters above or below the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Raised,
    Lowered,
}

impl DocumentBlock {
    pub(crate) fn paragraph(role: Role, mut pieces: Vec<DocumentPiece>) -> DocumentBlock {
        for piece in &mut pieces {
            if let (Role::Heading(_), DocumentPiece::Text(run)) = (role, piece) {
                // Styles of headings are often bold; the heading stands out without it.
                run.style.strong = false;
            }
        }
        DocumentBlock::Paragraph(role, pieces)
    }
}

impl DocumentPiece {
    pub(crate) fn text(text: &str, style: &Style) -> DocumentPiece {
        DocumentPiece::Text(StyledRun {
            text: text.to_owned(),
            style: style.clone(),
        })
    }

    /// Returns the bytes that it adds to the text, at most: each run is written with its address.
    pub(crate) fn cost(&self) -> usize {
        match self {
            DocumentPiece::Text(StyledRun { text, style }) => {
                text.len() + style.href.as_ref().map_or(0, |href| href.len())
            }
            DocumentPiece::Image { alt, src } => alt.len() + src.as_str().len(),
            DocumentPiece::Break | DocumentPiece::Note(_) | DocumentPiece::Warning(..) => 0,
        }
    }

    /// A warning that `what`, with its text, is left out.
    pub(crate) fn omission(what: &str, text: &str) -> DocumentPiece {
        DocumentPiece::Warning(Rule::LeftOut, omission_message(what, text))
    }

    /// An image, or a warning for one without a source: a drawing, or an image embedded in a page.
    pub(crate) fn image(alt: &str, src: Option<ImageSource>) -> DocumentPiece {
        let alt = join_lines(alt);
        match src {
            Some(src) => DocumentPiece::Image { alt, src },
            None => DocumentPiece::omission("an embedded image", &alt),
        }
    }

    /// A warning about a link to `address` without text, unless the address is empty.
    pub(crate) fn empty_link(address: &str) -> Option<DocumentPiece> {
        let message = omission_message("a link without text", address);
        (!address.is_empty()).then_some(DocumentPiece::Warning(Rule::EmptyLink, message))
    }
}

/// Returns true if the pieces show nothing to a reader.
pub(crate) fn is_blank(pieces: &[DocumentPiece]) -> bool {
    pieces.iter().all(|piece| match piece {
        DocumentPiece::Text(run) => run.text.trim().is_empty(),
        DocumentPiece::Break | DocumentPiece::Warning(..) => true,
        DocumentPiece::Image { .. } | DocumentPiece::Note(_) => false,
    })
}

/// Formats a message such as `a comment is left out: “Radar”`.
pub(crate) fn omission_message(what: &str, text: &str) -> String {
    if text.is_empty() {
        format!("{what} is left out")
    } else {
        format!("{what} is left out: “{}”", shorten(text))
    }
}

/// Returns the text of the pieces without marks; a line break becomes a space.
pub(crate) fn plain_text(pieces: &[DocumentPiece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        DocumentPiece::Text(run) => run.text.as_str(),
        DocumentPiece::Break => " ",
        _ => "",
    });
    texts.collect()
}

/// Joins the pieces of all blocks, one line per paragraph.
pub(crate) fn flatten(blocks: Vec<DocumentBlock>) -> Vec<DocumentPiece> {
    let paragraphs = blocks.into_iter().flat_map(|block| match block {
        DocumentBlock::Paragraph(_, pieces) => vec![pieces],
        DocumentBlock::Table(rows) => rows.into_iter().flatten().collect(),
        DocumentBlock::Rule => Vec::new(),
    });
    paragraphs.collect::<Vec<_>>().join(&DocumentPiece::Break)
}

/// Counts the cells of a table as it is written: all rows as long as the longest.
pub(crate) fn spend_cells(rows: &[Vec<Vec<DocumentPiece>>], budget: &mut Budget) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    budget.spend(Limit::Cells, columns.saturating_mul(rows.len()));
}

fn join_lines(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
