//! The text of a detail: blocks of runs.

use crate::{Href, Image};

/// A block of a detail, an intro or an outro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph: in JSON an array of runs.
    Paragraph(Vec<Run>),
    /// A list with bullets or numbers.
    List(List),
    /// A quotation: in JSON `{"quote": [block, …]}`.
    Quote(Vec<Block>),
    /// Text that keeps its spaces and line ends, such as code: in JSON `{"pre": [run, …]}`.
    Preformatted(Vec<Run>),
    /// A table.
    Table(Table),
    /// A heading inside the text: in JSON `{"heading": [run, …]}`.
    Heading(Vec<Run>),
    /// A picture: in JSON `{"image": {…}}`.
    Image(Image),
}

/// A list: in JSON `{"list": [item, …], "start": 1}`.
///
/// An item is an array of blocks. The runs of its first paragraph are not in an array of their own:
/// `["one", {"list": [["nested"]]}]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The number of the first item, in a numbered list.
    pub start: Option<u32>,
    /// The items.
    pub items: Vec<Vec<Block>>,
}

/// A table: in JSON `{"table": [row, …], "head": row}`. A row is an array of cells, and a cell is an
/// array of runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The column headings; empty if there are none.
    pub head: Vec<Vec<Run>>,
    /// The rows below the column headings.
    pub rows: Vec<Vec<Vec<Run>>>,
}

/// A piece of text in one style: in JSON a string, or an object if it is marked or linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text, including the spaces that separate it from its neighbours.
    pub text: String,
    /// Strong importance, shown bold.
    pub strong: bool,
    /// Emphasis, shown italic.
    pub em: bool,
    /// Computer code or a literal, shown in a fixed-width font.
    pub code: bool,
    /// Superscript, as in “10³”.
    pub sup: bool,
    /// Subscript, as in “CO₂”.
    pub sub: bool,
    /// Text that no longer applies, shown struck through.
    pub del: bool,
    /// The source that the text links to.
    pub href: Option<Href>,
}

impl Run {
    /// Creates a run without marks or link.
    pub fn plain(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            ..Run::default()
        }
    }

    /// Returns true if both runs have the same marks and link, so that they can be merged.
    #[must_use]
    pub fn same_style(&self, other: &Run) -> bool {
        self.marks() == other.marks() && self.href == other.href
    }

    /// Returns true if the run has a mark.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.marks() != [false; 6]
    }

    /// Returns the mark with this name in JSON.
    pub(crate) fn find_mark(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "strong" => Some(&mut self.strong),
            "em" => Some(&mut self.em),
            "code" => Some(&mut self.code),
            "sup" => Some(&mut self.sup),
            "sub" => Some(&mut self.sub),
            "del" => Some(&mut self.del),
            _ => None,
        }
    }

    fn marks(&self) -> [bool; 6] {
        [
            self.strong,
            self.em,
            self.code,
            self.sup,
            self.sub,
            self.del,
        ]
    }
}

/// Returns the text without marks and links.
#[must_use]
pub fn run_text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
