//! Reads the elements of a Word document into a document.

use std::collections::{HashMap, HashSet};
use std::mem;

use roxmltree::Node;

use super::field::OpenFields;
use super::numbering::{Marker, Numbering};
use super::package::Relations;
use super::styles::{Properties, Styles};
use super::xml::{attribute, child, elements, switch, text, value};
use crate::Rule;
use crate::budget::{Budget, Limit};
use crate::count::format_count;
use crate::source::document::{
    Document, DocumentBlock, DocumentPiece, LOWERED, RAISED, Role, STRUCK_OUT, Style, flatten,
    is_blank, spend_cells,
};
use crate::source::markdown;

/// The parts of a document that its text refers to.
pub(crate) struct DocxParts<'a> {
    pub(crate) styles: Styles<'a>,
    pub(crate) numbering: Numbering<'a>,
    pub(crate) relations: &'a Relations,
    pub(crate) comments: HashMap<&'a str, Node<'a, 'a>>,
    pub(crate) footnotes: HashMap<&'a str, Node<'a, 'a>>,
    pub(crate) endnotes: HashMap<&'a str, Node<'a, 'a>>,
}

/// Reads a document, whose depth the parser has bounded.
pub(crate) struct DocxReader<'a, 'b> {
    parts: &'a DocxParts<'a>,
    budget: &'b mut Budget,
    document: Document,
    /// The paragraph being read.
    pieces: Vec<DocumentPiece>,
    fields: OpenFields,
    /// The anchors that links within the document can lead to.
    bookmarks: HashSet<&'a str>,
    /// The text boxes anchored to this paragraph.
    boxes: Vec<Node<'a, 'a>>,
    /// The pictures anchored to this paragraph, beside its text.
    pictures: Vec<DocumentPiece>,
    /// The list item that the next paragraph may belong to: its level, and its indent in twentieths
    /// of a point.
    item: Option<(usize, i64)>,
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
            document: Document::default(),
            pieces: Vec::new(),
            fields: OpenFields::default(),
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
                "AlternateContent" => elements(child)
                    .take(1)
                    .for_each(|choice| self.read_blocks(choice)),
                "r" | "t" | "del" | "moveFrom" | "altChunk" | "subDoc" => {
                    self.read_inline(child, &Style::default());
                }
                // Content controls, insertions, and anything else that contains paragraphs.
                _ => self.read_blocks(child),
            }
        }
    }

    fn read_paragraph(&mut self, node: Node<'a, 'a>) {
        self.read_inlines(node, &Style::default());
        let properties = child(node, "pPr");
        let mark = properties.and_then(|properties| child(properties, "rPr"));
        // If the end of the paragraph is deleted, the next paragraph continues it.
        if mark.and_then(|mark| child(mark, "del")).is_none() {
            let role = self.resolve_role(properties);
            self.end_paragraph(role);
        }
        for text_box in mem::take(&mut self.boxes) {
            self.read_blocks(text_box);
        }
    }

    /// Writes anchored pictures below the paragraph. In a list they are part of the item, because
    /// they would end the list.
    fn end_paragraph(&mut self, role: Role) {
        let (mut pieces, mut pictures) =
            (mem::take(&mut self.pieces), mem::take(&mut self.pictures));
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

    fn resolve_role(&mut self, node: Option<Node<'a, 'a>>) -> Role {
        let own = node.map(Properties::from_paragraph).unwrap_or_default();
        let style = node.and_then(|node| value(node, "pStyle"));
        let style = style
            .map(|style| self.parts.styles.get(style))
            .unwrap_or_default();
        let own_indent = own.indent;
        let properties = own.or(&style);
        let item = self.item.take();
        match (properties.outline, &properties.numbering) {
            (Some(level @ 0..9), _) => return Role::Heading(level + 1),
            _ if properties.is_title => return Role::Heading(1),
            (_, Some(list)) if *list != "0" => {
                let level = properties.level.unwrap_or(0);
                let format = self.parts.numbering.level(list, level);
                let indent = own_indent.or(format.indent).or(properties.indent);
                self.item = indent
                    .map(|indent| (level, indent))
                    .or(Some((level, i64::MAX)));
                return match format.marker {
                    Marker::None => Role::Continued { level },
                    marker => Role::Item {
                        level,
                        numbered: marker == Marker::Number,
                    },
                };
            }
            _ => {}
        }
        match (item, properties.indent) {
            // Indented like the text of the item above, so it looks like a part of it.
            (Some((level, indent)), Some(own)) if own >= indent && own > 0 => {
                self.item = item;
                Role::Continued { level }
            }
            _ => Role::Text,
        }
    }

    fn read_table(&mut self, node: Node<'a, 'a>) {
        self.item = None;
        let mut rows: Vec<Vec<_>> = Vec::new();
        for row in find_outermost(node, "tr") {
            let cells = find_outermost(row, "tc").into_iter();
            rows.push(cells.map(|cell| flatten(self.read_apart(cell))).collect());
        }
        spend_cells(&rows, self.budget);
        self.document.blocks.push(DocumentBlock::Table(rows));
    }

    /// Reads the blocks in `node` without writing them to the document.
    fn read_apart(&mut self, node: Node<'a, 'a>) -> Vec<DocumentBlock> {
        let blocks = mem::take(&mut self.document.blocks);
        let (pieces, pictures) = (mem::take(&mut self.pieces), mem::take(&mut self.pictures));
        self.read_blocks(node);
        if !(self.pieces.is_empty() && self.pictures.is_empty()) {
            self.end_paragraph(Role::Text);
        }
        (self.pieces, self.pictures) = (pieces, pictures);
        mem::replace(&mut self.document.blocks, blocks)
    }

    fn read_inlines(&mut self, node: Node<'a, 'a>, style: &Style) {
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
            "t" => self.push_text(trim_text(node), style),
            "tab" | "ptab" => self.push_text("\t", style),
            "noBreakHyphen" => self.push_text("\u{2011}", style),
            "br" | "cr" => self.push(DocumentPiece::Break),
            "sym" => self.read_symbol(node, style),
            "hyperlink" => self.read_hyperlink(node, style),
            "fldSimple" => self.read_simple_field(node, style),
            "fldChar" => match attribute(node, "fldCharType") {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                _ => self.fields.end(),
            },
            "instrText" => self.fields.push_code(node.text().unwrap_or_default()),
            "ins" | "moveTo" => {
                self.insertions += 1;
                self.read_inlines(node, style);
            }
            "del" => self.read_deletion(node),
            // The text is read where it was moved to.
            "moveFrom" => {}
            "footnoteReference" => {
                self.push_note(
                    self.parts
                        .footnotes
                        .get(attribute(node, "id").unwrap_or_default()),
                );
            }
            "endnoteReference" => {
                self.push_note(
                    self.parts
                        .endnotes
                        .get(attribute(node, "id").unwrap_or_default()),
                );
            }
            "commentReference" => self.push_comment(attribute(node, "id").unwrap_or_default()),
            "drawing" | "pict" | "object" => self.read_picture(node),
            "AlternateContent" => elements(node)
                .take(1)
                .for_each(|choice| self.read_inlines(choice, style)),
            "ruby" => self.read_ruby(node, style),
            "altChunk" | "subDoc" => {
                self.push(DocumentPiece::omission("an embedded document", ""));
            }
            // Content controls, smart tags, formulas, and anything else that contains text.
            _ => self.read_inlines(node, style),
        }
    }

    fn read_run(&mut self, node: Node<'a, 'a>, style: &Style) {
        let properties = child(node, "rPr");
        let own = properties.map(Properties::from_run).unwrap_or_default();
        let named = properties.and_then(|properties| value(properties, "rStyle"));
        let named = named
            .map(|style| self.parts.styles.get(style))
            .unwrap_or_default();
        let resolved = own.or(&named);
        if resolved.hidden == Some(true) {
            let text = text(node, self.budget);
            self.push(DocumentPiece::omission("hidden text", &text));
            return;
        }
        let href = style.href.clone().or_else(|| self.fields.href());
        let style = Style {
            strong: resolved.strong == Some(true),
            em: resolved.em == Some(true),
            href,
        };
        self.read_inlines(node, &style);
        if let Some(lost) = properties.and_then(find_lost_style) {
            let text = text(node, self.budget);
            if let Some(warning) = DocumentPiece::lost_style(lost, &text) {
                self.push(warning);
            }
        }
    }

    fn push(&mut self, piece: DocumentPiece) {
        if self.budget.spend(Limit::Pieces, 1) && self.budget.spend(Limit::Text, piece.cost()) {
            self.pieces.push(piece);
        }
    }

    fn push_text(&mut self, text: &str, style: &Style) {
        self.push(DocumentPiece::text(text, style));
    }

    fn read_hyperlink(&mut self, node: Node<'a, 'a>, style: &Style) {
        let target = attribute(node, "id")
            .and_then(|id| self.parts.relations.target(id))
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

    fn read_simple_field(&mut self, node: Node<'a, 'a>, style: &Style) {
        self.fields.begin();
        self.fields
            .push_code(attribute(node, "instr").unwrap_or_default());
        self.fields.separate();
        self.read_inlines(node, style);
        self.fields.end();
    }

    /// Reads a character given by its code in a font. Only bullets mean the same in other fonts.
    fn read_symbol(&mut self, node: Node<'a, 'a>, style: &Style) {
        match attribute(node, "char") {
            Some("F0B7" | "F0A7") => self.push_text("•", style),
            _ => {
                let font = attribute(node, "font").unwrap_or_default();
                let text = format!("in the font {font}");
                self.push(DocumentPiece::omission("a symbol", &text));
            }
        }
    }

    fn read_deletion(&mut self, node: Node<'a, 'a>) {
        let text = text(node, self.budget);
        if !text.is_empty() {
            let what = "text deleted by a tracked change";
            self.push(DocumentPiece::omission(what, &text));
        }
    }

    fn push_note(&mut self, note: Option<&Node<'a, 'a>>) {
        if self.is_in_note {
            return self.push(DocumentPiece::omission("a footnote in a footnote", ""));
        }
        self.is_in_note = true;
        let blocks = note.map(|note| self.read_apart(*note)).unwrap_or_default();
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

    /// Reads a picture or a text box. Text boxes are read after the paragraph they are anchored to.
    fn read_picture(&mut self, node: Node<'a, 'a>) {
        // The searches below visit each element inside.
        if !self.budget.spend(Limit::Steps, node.descendants().count()) {
            return;
        }
        let boxes = find_outermost(node, "txbxContent");
        let find = |name: &str, value: &str| {
            let mut found = node
                .descendants()
                .filter(|node| node.tag_name().name() == name);
            found.find_map(|node| attribute(node, value).filter(|value| !value.is_empty()))
        };
        let image = find("blip", "embed")
            .or(find("blip", "link"))
            .or(find("imagedata", "id"));
        if image.is_some() || boxes.is_empty() {
            let alt = find("docPr", "descr")
                .or(find("textpath", "string"))
                .or(find("shape", "alt"));
            let src = image.and_then(|id| self.parts.relations.image_source(id));
            let picture = DocumentPiece::image(alt.unwrap_or_default(), src);
            let is_anchored = node
                .descendants()
                .any(|node| node.tag_name().name() == "anchor");
            if !is_anchored {
                self.push(picture);
            } else if self.budget.spend(Limit::Text, picture.cost()) {
                self.pictures.push(picture);
            }
        }
        self.boxes.extend(boxes);
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

/// Returns the style of a run that no issue can show.
fn find_lost_style<'a>(properties: Node<'a, 'a>) -> Option<&'static str> {
    let is_on = |name| switch(properties, name) == Some(true);
    match value(properties, "vertAlign") {
        _ if is_on("strike") || is_on("dstrike") => Some(STRUCK_OUT),
        Some("superscript") => Some(RAISED),
        Some("subscript") => Some(LOWERED),
        _ => None,
    }
}

/// Returns the text of an element. Word ignores white space around it unless it is marked.
fn trim_text<'a>(node: Node<'a, 'a>) -> &'a str {
    let text = node.text().unwrap_or_default();
    if attribute(node, "space") == Some("preserve") {
        text
    } else {
        text.trim_matches([' ', '\t', '\r', '\n'])
    }
}

/// Returns the elements with this name inside `node`, but none inside each other. Of alternatives,
/// only the first is searched.
fn find_outermost<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    let mut found = Vec::new();
    for child in elements(node) {
        match child.tag_name().name() {
            child_name if child_name == name => found.push(child),
            "AlternateContent" => {
                found.extend(
                    elements(child)
                        .take(1)
                        .flat_map(|choice| find_outermost(choice, name)),
                );
            }
            _ => found.extend(find_outermost(child, name)),
        }
    }
    found
}
