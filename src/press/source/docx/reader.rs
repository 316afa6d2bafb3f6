//! Reads the elements of a Word document into a document.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem;

use roxmltree::Node;

use super::equation::{has_hidden_text, write_equation};
use super::field::OpenFields;
use super::list_counter::ListCounter;
use super::numbering::Numbering;
use super::package::Relations;
use super::paragraph_role::ResolvedParagraph;
use super::styles::{ParagraphProperties, Styles};
use super::text_style::{StyleLevels, TextLook, TextProperties};
use super::xml::{attribute, child, elements, find_outermost, own_text, switch, text, value};
use crate::Rule;
use crate::budget::{Budget, Limit};
use crate::count::format_count;
use crate::source::document::{
    Document, DocumentBlock, DocumentPiece, Role, Style, flatten, is_blank, spend_cells,
};
use crate::source::markdown;

/// The parts of a document that its text refers to.
pub(crate) struct DocxParts<'a> {
    pub(crate) styles: Styles<'a>,
    pub(crate) numbering: Numbering<'a>,
    pub(crate) relations: &'a Relations,
    pub(crate) comments: HashMap<&'a str, Node<'a, 'a>>,
    pub(crate) footnotes: NotesPart<'a>,
    pub(crate) endnotes: NotesPart<'a>,
    /// Diagrams and charts, by the names of their parts.
    pub(crate) diagrams: BTreeMap<&'a str, Node<'a, 'a>>,
}

/// The footnotes or endnotes by their ids, and the parts and addresses that they refer to.
pub(crate) struct NotesPart<'a> {
    pub(crate) notes: HashMap<&'a str, Node<'a, 'a>>,
    pub(crate) relations: Relations,
}

/// Reads a document, whose depth the parser has bounded.
pub(crate) struct DocxReader<'a, 'b> {
    pub(super) parts: &'a DocxParts<'a>,
    pub(super) budget: &'b mut Budget,
    /// Those of the part being read.
    pub(super) relations: &'a Relations,
    document: Document,
    /// The paragraph being read.
    pub(super) pieces: Vec<DocumentPiece>,
    /// Tells the paragraph being read from others.
    pub(super) paragraph: usize,
    /// The number of paragraphs begun.
    paragraphs: usize,
    pub(super) fields: OpenFields,
    /// The styles around the text.
    levels: StyleLevels<'a>,
    /// The font of the text.
    pub(super) font: Option<&'a str>,
    pub(super) counter: ListCounter<'a>,
    /// The anchors that links within the document can lead to.
    bookmarks: HashSet<&'a str>,
    /// The text boxes anchored to this paragraph.
    pub(super) boxes: Vec<Node<'a, 'a>>,
    /// The pictures anchored to this paragraph, beside its text.
    pub(super) pictures: Vec<DocumentPiece>,
    /// The list item that the next paragraph may belong to: its level, and its indent in twentieths
    /// of a point.
    pub(super) item: Option<(usize, i64)>,
    /// True inside a footnote: one that refers to a footnote could go on without end.
    is_in_note: bool,
    /// The number of tracked insertions.
    insertions: usize,
}

impl<'a, 'b> DocxReader<'a, 'b> {
    pub(crate) fn new(parts: &'a DocxParts<'a>, budget: &'b mut Budget) -> DocxReader<'a, 'b> {
        DocxReader {
            parts,
            budget,
            relations: parts.relations,
            document: Document::default(),
            pieces: Vec::new(),
            paragraph: 0,
            paragraphs: 0,
            fields: OpenFields::default(),
            levels: StyleLevels {
                defaults: parts.styles.text_defaults,
                ..StyleLevels::default()
            },
            font: None,
            counter: ListCounter::default(),
            bookmarks: HashSet::new(),
            boxes: Vec::new(),
            pictures: Vec::new(),
            item: None,
            is_in_note: false,
            insertions: 0,
        }
    }

    pub(crate) fn read(mut self, node: Node<'a, 'a>) -> Document {
        let marks = node
            .descendants()
            .filter(|node| node.tag_name().name() == "bookmarkStart");
        self.bookmarks = marks.filter_map(|mark| attribute(mark, "name")).collect();
        self.read_blocks(node);
        self.end_paragraph(Role::Text);
        if self.insertions > 0 {
            let insertions = format_count(self.insertions, "tracked insertion");
            let message = format!("this document is read as if its {insertions} were accepted");
            self.document
                .warnings
                .push(markdown::warning_without_span(Rule::TrackedChange, message));
        }
        self.document
    }

    fn read_blocks(&mut self, node: Node<'a, 'a>) {
        for child in elements(node) {
            if !self.budget.spend(Limit::Steps, 1) {
                break;
            }
            match child.tag_name().name() {
                "p" => self.read_paragraph(child),
                "tbl" => self.read_table(child),
                "r" | "t" | "del" | "moveFrom" | "altChunk" | "subDoc" | "oMath" => {
                    self.read_inline(child, &Style::default());
                }
                "sdt" if is_placeholder(child) => self.push_placeholder(child),
                // Content controls, insertions, and anything else that contains paragraphs.
                _ => self.read_blocks(child),
            }
        }
    }

    fn read_paragraph(&mut self, node: Node<'a, 'a>) {
        let properties = child(node, "pPr");
        let style_id = self.parts.styles.paragraph_style(properties);
        let style = self.parts.styles.resolve(style_id);
        let own = properties
            .map(ParagraphProperties::parse)
            .unwrap_or_default();
        let paragraph = ResolvedParagraph {
            own,
            all: own.or(&style.paragraph),
            style: style_id,
        };
        let text = match paragraph.all.heading() {
            // A heading stands out without the marks of its style.
            Some(_) => style.text.without_marks(),
            None => style.text,
        };
        let outer = mem::replace(&mut self.levels.paragraph, text);
        self.read_inlines(node, &Style::default());
        if !self.continues_in_next(properties) {
            let role = self.resolve_role(&paragraph);
            self.end_paragraph(role);
        }
        self.levels.paragraph = outer;
        for text_box in mem::take(&mut self.boxes) {
            self.read_blocks(text_box);
        }
    }

    /// Returns true if the next paragraph continues this one: its end is deleted or hidden, or it
    /// is a large first letter.
    fn continues_in_next(&self, properties: Option<Node<'a, 'a>>) -> bool {
        let Some(properties) = properties else {
            return false;
        };
        let drop_cap = child(properties, "framePr").and_then(|frame| attribute(frame, "dropCap"));
        if drop_cap.is_some_and(|kind| kind != "none") {
            return true;
        }
        let mark = child(properties, "rPr");
        let is_deleted = mark.is_some_and(|mark| child(mark, "del").is_some());
        // This hidden end has only joined a heading and the text beside it.
        let is_separator = mark.is_some_and(|mark| switch(mark, "specVanish") == Some(true));
        is_deleted || self.resolve_look(mark).hidden && !is_separator
    }

    fn resolve_look(&self, properties: Option<Node<'a, 'a>>) -> TextLook<'a> {
        let own = TextProperties::parse(properties);
        let style = properties.and_then(|properties| value(properties, "rStyle"));
        let style = self.parts.styles.resolve(style);
        self.levels.resolve(&own, &style.text)
    }

    /// Writes anchored pictures below the paragraph. In a list they are part of the item, because
    /// they would end the list.
    fn end_paragraph(&mut self, role: Role) {
        let (mut pieces, mut pictures) =
            (mem::take(&mut self.pieces), mem::take(&mut self.pictures));
        self.begin_paragraph();
        if matches!(role, Role::Item { .. } | Role::Continued { .. }) {
            pieces.append(&mut pictures);
        }
        self.document
            .blocks
            .push(DocumentBlock::paragraph(role, pieces));
        let below = pictures
            .into_iter()
            .map(|picture| DocumentBlock::paragraph(Role::Text, vec![picture]));
        self.document.blocks.extend(below);
    }

    fn begin_paragraph(&mut self) {
        self.paragraphs += 1;
        self.paragraph = self.paragraphs;
    }

    fn read_table(&mut self, node: Node<'a, 'a>) {
        self.item = None;
        if !self.pieces.is_empty() {
            self.end_paragraph(Role::Text);
        }
        let style = child(node, "tblPr").and_then(|properties| value(properties, "tblStyle"));
        let style = self.parts.styles.resolve(style);
        let outer = mem::replace(&mut self.levels.table, style.text);
        let mut rows: Vec<Vec<_>> = Vec::new();
        for row in find_outermost(node, "tr") {
            let cells = find_outermost(row, "tc").into_iter();
            rows.push(cells.map(|cell| flatten(self.read_apart(cell))).collect());
        }
        self.levels.table = outer;
        spend_cells(&rows, self.budget);
        self.document.blocks.push(DocumentBlock::Table(rows));
    }

    /// Reads the blocks in `node` without writing them to the document.
    fn read_apart(&mut self, node: Node<'a, 'a>) -> Vec<DocumentBlock> {
        let blocks = mem::take(&mut self.document.blocks);
        let (pieces, pictures) = (mem::take(&mut self.pieces), mem::take(&mut self.pictures));
        let (paragraph, font) = (self.paragraph, self.font);
        self.begin_paragraph();
        self.read_blocks(node);
        if !(self.pieces.is_empty() && self.pictures.is_empty()) {
            self.end_paragraph(Role::Text);
        }
        (self.pieces, self.pictures) = (pieces, pictures);
        (self.paragraph, self.font) = (paragraph, font);
        mem::replace(&mut self.document.blocks, blocks)
    }

    pub(super) fn read_inlines(&mut self, node: Node<'a, 'a>, style: &Style) {
        for child in elements(node) {
            if !self.budget.spend(Limit::Steps, 1) {
                break;
            }
            self.read_inline(child, style);
        }
    }

    fn read_inline(&mut self, node: Node<'a, 'a>, style: &Style) {
        match node.tag_name().name() {
            "pPr" | "rPr" | "delText" | "delInstrText" => {}
            "r" => self.read_run(node, style),
            "t" => self.read_text(node, style),
            "tab" | "ptab" => self.push_text("\t", style),
            "noBreakHyphen" => self.push_text("\u{2011}", style),
            "br" | "cr" => self.push(DocumentPiece::Break),
            "sym" | "symEx" => self.read_symbol(node, style),
            "oMath" => self.read_equation(node, style),
            "sdt" if is_placeholder(node) => self.push_placeholder(node),
            "hyperlink" => self.read_hyperlink(node, style),
            "fldSimple" => self.read_simple_field(node, style),
            "fldChar" => self.read_field_character(node, style),
            "instrText" => self.fields.push_code(&own_text(node)),
            "ins" | "moveTo" => {
                self.insertions += 1;
                self.read_inlines(node, style);
            }
            "del" => self.read_deletion(node),
            // The text is read where it was moved to.
            "moveFrom" => {}
            "footnoteReference" => self.push_note(&self.parts.footnotes, node),
            "endnoteReference" => self.push_note(&self.parts.endnotes, node),
            "commentReference" => self.push_comment(attribute(node, "id").unwrap_or_default()),
            "drawing" | "pict" | "object" => self.read_picture(node),
            "ruby" => self.read_ruby(node, style),
            "altChunk" | "subDoc" => {
                self.push(DocumentPiece::omission("an embedded document", ""));
            }
            // Content controls, smart tags, formulas, and anything else that contains text.
            _ => self.read_inlines(node, style),
        }
    }

    fn read_run(&mut self, node: Node<'a, 'a>, style: &Style) {
        let look = self.resolve_look(child(node, "rPr"));
        if look.hidden {
            return self.read_hidden_run(node);
        }
        let href = style.href.clone().or_else(|| self.fields.href());
        let style = Style {
            strong: look.strong,
            em: look.em,
            del: look.struck,
            script: look.script,
            href,
        };
        let outer = mem::replace(&mut self.font, look.font);
        self.read_inlines(node, &style);
        self.font = outer;
    }

    fn read_equation(&mut self, node: Node<'a, 'a>, style: &Style) {
        let text = write_equation(node, self.budget);
        self.push_text(&text, style);
        if has_hidden_text(node) {
            self.push(DocumentPiece::omission("hidden text of an equation", ""));
        }
    }

    fn read_hidden_run(&mut self, node: Node<'a, 'a>) {
        self.skip_fields(node);
        let text = text(node, self.budget);
        if !text.is_empty() {
            self.push(DocumentPiece::omission("hidden text", &text));
        }
    }

    pub(super) fn push(&mut self, piece: DocumentPiece) {
        if !is_blank(std::slice::from_ref(&piece)) {
            self.fields.mark_result();
        }
        if self.budget.spend(Limit::Pieces, 1) && self.budget.spend(Limit::Text, piece.cost()) {
            self.pieces.push(piece);
        }
    }

    pub(super) fn push_text(&mut self, text: &str, style: &Style) {
        if self.fields.is_in_code() {
            self.fields.push_code(text);
        }
        self.push(DocumentPiece::text(text, style));
    }

    /// Leaves out what a content control shows before it is filled in.
    fn push_placeholder(&mut self, node: Node<'a, 'a>) {
        let text = text(node, self.budget);
        self.push(DocumentPiece::omission(
            "the placeholder of a form field",
            &text,
        ));
    }

    fn read_hyperlink(&mut self, node: Node<'a, 'a>, style: &Style) {
        let target = attribute(node, "id")
            .and_then(|id| self.relations.target(id))
            .unwrap_or_default();
        let href = match attribute(node, "anchor") {
            // A link within the document to a bookmark that does not exist.
            Some(anchor) if target.is_empty() && !self.bookmarks.contains(anchor) => "#".to_owned(),
            Some(anchor) => format!("{target}#{anchor}"),
            None => target.to_owned(),
        };
        self.budget.spend(Limit::Text, href.len());
        let start = self.pieces.len();
        self.read_inlines(
            node,
            &Style {
                href: Some(href.into()),
                ..style.clone()
            },
        );
        let is_empty = self.pieces.get(start..).is_some_and(is_blank);
        if let Some(warning) = DocumentPiece::empty_link(target).filter(|_| is_empty) {
            self.push(warning);
        }
    }

    fn read_deletion(&mut self, node: Node<'a, 'a>) {
        let text = text(node, self.budget);
        if !text.is_empty() {
            let what = "text deleted by a tracked change";
            self.push(DocumentPiece::omission(what, &text));
        }
    }

    fn push_note(&mut self, part: &'a NotesPart<'a>, reference: Node<'a, 'a>) {
        if self.is_in_note {
            return self.push(DocumentPiece::omission("a footnote in a footnote", ""));
        }
        let note = part
            .notes
            .get(attribute(reference, "id").unwrap_or_default());
        self.is_in_note = true;
        let outer = mem::replace(&mut self.relations, &part.relations);
        let blocks = note.map(|note| self.read_apart(*note)).unwrap_or_default();
        self.relations = outer;
        self.is_in_note = false;
        self.push(DocumentPiece::Note(self.document.notes.len()));
        self.document.notes.push(blocks);
    }

    fn push_comment(&mut self, id: &str) {
        let comment = self.parts.comments.get(id);
        let text = comment.map(|comment| text(*comment, self.budget));
        self.push(DocumentPiece::omission(
            "a comment",
            &text.unwrap_or_default(),
        ));
    }

    /// Writes the pronunciation of Japanese text, which stands above it, in brackets behind it.
    fn read_ruby(&mut self, node: Node<'a, 'a>, style: &Style) {
        if let Some(base) = child(node, "rubyBase") {
            self.read_inlines(base, style);
        }
        if let Some(above) = child(node, "rt") {
            self.push_text("（", style);
            self.read_inlines(above, style);
            self.push_text("）", style);
        }
    }
}

/// Returns true for a content control that nobody has filled in.
fn is_placeholder<'a>(node: Node<'a, 'a>) -> bool {
    let properties = child(node, "sdtPr");
    properties.and_then(|properties| switch(properties, "showingPlcHdr")) == Some(true)
}
