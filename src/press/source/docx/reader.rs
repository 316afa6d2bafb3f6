use std::collections::{HashMap, HashSet};
use std::mem;
use std::rc::Rc;

use roxmltree::Node;

use super::field::Fields;
use super::numbering::{Marker, Numbering};
use super::package::Relations;
use super::styles::{Properties, Styles};
use super::xml::{attribute, child, elements, switch, text, value};
use crate::Rule;
use crate::count::format_count;
use crate::source::document::{
    Block, Document, LOWERED, Piece, RAISED, Role, STRUCK_OUT, Style, flattened, is_blank,
};
use crate::source::markdown;

/// The parts of a document that its text refers to.
pub(crate) struct Parts<'a> {
    pub(crate) styles: Styles,
    pub(crate) numbering: Numbering,
    pub(crate) relations: &'a Relations,
    pub(crate) comments: HashMap<&'a str, Node<'a, 'a>>,
    pub(crate) footnotes: HashMap<&'a str, Node<'a, 'a>>,
    pub(crate) endnotes: HashMap<&'a str, Node<'a, 'a>>,
}

/// Reads the text of a document. The depth of its elements is bounded where they are parsed.
pub(crate) struct Reader<'a> {
    parts: &'a Parts<'a>,
    document: Document,
    /// The paragraph that is being read.
    pieces: Vec<Piece>,
    fields: Fields,
    bookmarks: HashSet<&'a str>,
    /// The text boxes that hang on this paragraph.
    boxes: Vec<Node<'a, 'a>>,
    /// The pictures that hang on this paragraph, beside its text.
    pictures: Vec<Piece>,
    /// The list item that a paragraph below may belong to: its level, and how far its text is from
    /// the margin.
    item: Option<(usize, i64)>,
    insertions: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(parts: &'a Parts<'a>) -> Reader<'a> {
        Reader {
            parts,
            document: Document::default(),
            pieces: Vec::new(),
            fields: Fields::default(),
            bookmarks: HashSet::new(),
            boxes: Vec::new(),
            pictures: Vec::new(),
            item: None,
            insertions: 0,
        }
    }

    pub(crate) fn read(mut self, node: Node<'a, 'a>) -> Document {
        let marks = node
            .descendants()
            .filter(|node| node.tag_name().name() == "bookmarkStart");
        self.bookmarks = marks.filter_map(|mark| attribute(mark, "name")).collect();
        self.blocks(node);
        self.end_paragraph(Role::Text);
        if self.insertions > 0 {
            let insertions = format_count(self.insertions, "tracked insertion");
            let message = format!("this document is read as if its {insertions} were accepted");
            self.document
                .warnings
                .push(markdown::without_span(Rule::TrackedChange, message));
        }
        self.document
    }

    fn blocks(&mut self, node: Node<'a, 'a>) {
        for child in elements(node) {
            match child.tag_name().name() {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "AlternateContent" => elements(child)
                    .take(1)
                    .for_each(|choice| self.blocks(choice)),
                "r" | "t" | "del" | "moveFrom" | "altChunk" | "subDoc" => {
                    self.inline(child, &Style::default());
                }
                // Content controls, insertions, and whatever else holds paragraphs.
                _ => self.blocks(child),
            }
        }
    }

    fn paragraph(&mut self, node: Node<'a, 'a>) {
        self.inlines(node, &Style::default());
        let properties = child(node, "pPr");
        let mark = properties.and_then(|properties| child(properties, "rPr"));
        // Where the end of a paragraph was deleted, the next one goes on in it.
        if mark.and_then(|mark| child(mark, "del")).is_none() {
            let role = self.role(properties);
            self.end_paragraph(role);
        }
        for text_box in mem::take(&mut self.boxes) {
            self.blocks(text_box);
        }
    }

    /// The pictures that hang on a paragraph stand below it, but in no list, which they would end.
    fn end_paragraph(&mut self, role: Role) {
        let (mut pieces, mut pictures) =
            (mem::take(&mut self.pieces), mem::take(&mut self.pictures));
        if matches!(role, Role::Item { .. } | Role::Continued { .. }) {
            pieces.append(&mut pictures);
        }
        self.document.blocks.push(Block::paragraph(role, pieces));
        let below = pictures
            .into_iter()
            .map(|picture| Block::paragraph(Role::Text, vec![picture]));
        self.document.blocks.extend(below);
    }

    fn role(&mut self, node: Option<Node<'a, 'a>>) -> Role {
        let own = node.map(Properties::of_paragraph).unwrap_or_default();
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
            (_, Some(list)) if list != "0" => {
                let level = properties.level.unwrap_or(0);
                let look = self.parts.numbering.level(list, level);
                let indent = own_indent.or(look.indent).or(properties.indent);
                self.item = indent
                    .map(|indent| (level, indent))
                    .or(Some((level, i64::MAX)));
                return match look.marker {
                    Marker::Nothing => Role::Continued { level },
                    marker => Role::Item {
                        level,
                        numbered: marker == Marker::Number,
                    },
                };
            }
            _ => {}
        }
        match (item, properties.indent) {
            // As far from the margin as the text of the item above: it looks like a part of it.
            (Some((level, indent)), Some(own)) if own >= indent && own > 0 => {
                self.item = item;
                Role::Continued { level }
            }
            _ => Role::Text,
        }
    }

    fn table(&mut self, node: Node<'a, 'a>) {
        self.item = None;
        let mut rows = Vec::new();
        for row in nested(node, "tr") {
            rows.push(
                nested(row, "tc")
                    .into_iter()
                    .map(|cell| flattened(self.apart(cell)))
                    .collect(),
            );
        }
        self.document.blocks.push(Block::Table(rows));
    }

    /// The blocks in `node`, which are not written here.
    fn apart(&mut self, node: Node<'a, 'a>) -> Vec<Block> {
        let blocks = mem::take(&mut self.document.blocks);
        let (pieces, pictures) = (mem::take(&mut self.pieces), mem::take(&mut self.pictures));
        self.blocks(node);
        if !(self.pieces.is_empty() && self.pictures.is_empty()) {
            self.end_paragraph(Role::Text);
        }
        (self.pieces, self.pictures) = (pieces, pictures);
        mem::replace(&mut self.document.blocks, blocks)
    }

    fn inlines(&mut self, node: Node<'a, 'a>, style: &Style) {
        for child in elements(node) {
            self.inline(child, style);
        }
    }

    fn inline(&mut self, node: Node<'a, 'a>, style: &Style) {
        match node.tag_name().name() {
            "pPr" | "rPr" | "delText" | "delInstrText" => {}
            "r" => self.run(node, style),
            "t" => self.text(shown(node), style),
            "tab" | "ptab" => self.text("\t", style),
            "noBreakHyphen" => self.text("\u{2011}", style),
            "br" | "cr" => self.pieces.push(Piece::Break),
            "sym" => self.symbol(node, style),
            "hyperlink" => self.hyperlink(node, style),
            "fldSimple" => self.simple_field(node, style),
            "fldChar" => match attribute(node, "fldCharType") {
                Some("begin") => self.fields.begin(),
                Some("separate") => self.fields.separate(),
                _ => self.fields.end(),
            },
            "instrText" => self.fields.code(node.text().unwrap_or_default()),
            "ins" | "moveTo" => {
                self.insertions += 1;
                self.inlines(node, style);
            }
            "del" => self.deletion(node),
            // The text stands where it was moved to.
            "moveFrom" => {}
            "footnoteReference" => {
                self.note(
                    self.parts
                        .footnotes
                        .get(attribute(node, "id").unwrap_or_default()),
                );
            }
            "endnoteReference" => {
                self.note(
                    self.parts
                        .endnotes
                        .get(attribute(node, "id").unwrap_or_default()),
                );
            }
            "commentReference" => self.comment(attribute(node, "id").unwrap_or_default()),
            "drawing" | "pict" | "object" => self.picture(node),
            "AlternateContent" => elements(node)
                .take(1)
                .for_each(|choice| self.inlines(choice, style)),
            "ruby" => self.ruby(node, style),
            "altChunk" | "subDoc" => self
                .pieces
                .push(Piece::left_out("a document inside of this one", "")),
            // Content controls, smart tags, formulas, and whatever else holds text.
            _ => self.inlines(node, style),
        }
    }

    fn run(&mut self, node: Node<'a, 'a>, style: &Style) {
        let properties = child(node, "rPr");
        let own = properties.map(Properties::of_text).unwrap_or_default();
        let named = properties.and_then(|properties| value(properties, "rStyle"));
        let look = own.or(&named
            .map(|style| self.parts.styles.get(style))
            .unwrap_or_default());
        if look.hidden == Some(true) {
            self.pieces
                .push(Piece::left_out("hidden text", &text(node)));
            return;
        }
        let href = style
            .href
            .clone()
            .or_else(|| self.fields.href().map(Rc::from));
        let style = Style {
            strong: look.strong == Some(true),
            em: look.em == Some(true),
            href,
        };
        self.inlines(node, &style);
        if let Some(look) = properties.and_then(lost_look) {
            self.pieces.extend(Piece::lost_look(look, &text(node)));
        }
    }

    fn text(&mut self, text: &str, style: &Style) {
        self.pieces.push(Piece::text(text, style));
    }

    fn hyperlink(&mut self, node: Node<'a, 'a>, style: &Style) {
        let target = attribute(node, "id")
            .and_then(|id| self.parts.relations.target(id))
            .unwrap_or_default();
        let href = match attribute(node, "anchor") {
            // A place in this document, which is not there: a link that leads nowhere.
            Some(anchor) if target.is_empty() && !self.bookmarks.contains(anchor) => "#".to_owned(),
            Some(anchor) => format!("{target}#{anchor}"),
            None => target.to_owned(),
        };
        let start = self.pieces.len();
        self.inlines(
            node,
            &Style {
                href: Some(href.into()),
                ..style.clone()
            },
        );
        let is_empty = self.pieces.get(start..).is_some_and(is_blank);
        self.pieces
            .extend(Piece::empty_link(target).filter(|_| is_empty));
    }

    fn simple_field(&mut self, node: Node<'a, 'a>, style: &Style) {
        self.fields.begin();
        self.fields
            .code(attribute(node, "instr").unwrap_or_default());
        self.fields.separate();
        self.inlines(node, style);
        self.fields.end();
    }

    /// A character by its place in a font; only bullets say the same in any other one.
    fn symbol(&mut self, node: Node<'a, 'a>, style: &Style) {
        match attribute(node, "char") {
            Some("F0B7" | "F0A7") => self.text("•", style),
            _ => {
                let font = attribute(node, "font").unwrap_or_default();
                self.pieces
                    .push(Piece::left_out("a symbol", &format!("in the font {font}")));
            }
        }
    }

    fn deletion(&mut self, node: Node<'a, 'a>) {
        let text = text(node);
        if !text.is_empty() {
            self.pieces
                .push(Piece::left_out("text that a tracked change deletes", &text));
        }
    }

    fn note(&mut self, note: Option<&Node<'a, 'a>>) {
        let blocks = note.map(|note| self.apart(*note)).unwrap_or_default();
        self.pieces.push(Piece::Note(self.document.notes.len()));
        self.document.notes.push(blocks);
    }

    fn comment(&mut self, id: &str) {
        let text = self
            .parts
            .comments
            .get(id)
            .map(|comment| text(*comment))
            .unwrap_or_default();
        self.pieces.push(Piece::left_out("a comment", &text));
    }

    /// A picture, or a box with text, which is read after the paragraph that it hangs on.
    fn picture(&mut self, node: Node<'a, 'a>) {
        let boxes = nested(node, "txbxContent");
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
            let picture = Piece::image(alt.unwrap_or_default(), src);
            let hangs = node
                .descendants()
                .any(|node| node.tag_name().name() == "anchor");
            if hangs {
                &mut self.pictures
            } else {
                &mut self.pieces
            }
            .push(picture);
        }
        self.boxes.extend(boxes);
    }

    /// How a text is pronounced stands above it in Japanese; on the line it stands behind it.
    fn ruby(&mut self, node: Node<'a, 'a>, style: &Style) {
        if let Some(base) = child(node, "rubyBase") {
            self.inlines(base, style);
        }
        if let Some(above) = child(node, "rt") {
            self.text("（", style);
            self.inlines(above, style);
            self.text("）", style);
        }
    }
}

/// How a text looks that no issue can show.
fn lost_look<'a>(properties: Node<'a, 'a>) -> Option<&'static str> {
    let is_on = |name| switch(properties, name) == Some(true);
    match value(properties, "vertAlign") {
        _ if is_on("strike") || is_on("dstrike") => Some(STRUCK_OUT),
        Some("superscript") => Some(RAISED),
        Some("subscript") => Some(LOWERED),
        _ => None,
    }
}

/// The text of an element; Word ignores white space around it unless it says that it matters.
fn shown<'a>(node: Node<'a, 'a>) -> &'a str {
    let text = node.text().unwrap_or_default();
    if attribute(node, "space") == Some("preserve") {
        text
    } else {
        text.trim_matches([' ', '\t', '\r', '\n'])
    }
}

/// The elements with this name in `node`, but not those within others of this name; of several
/// ways to say the same, the first.
fn nested<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    let mut found = Vec::new();
    for child in elements(node) {
        match child.tag_name().name() {
            child_name if child_name == name => found.push(child),
            "AlternateContent" => {
                found.extend(
                    elements(child)
                        .take(1)
                        .flat_map(|choice| nested(choice, name)),
                );
            }
            _ => found.extend(nested(child, name)),
        }
    }
    found
}
