//! Reads the elements of a page into a document.

use std::collections::{HashMap, HashSet};
use std::mem;

use scraper::{ElementRef, Html};

use super::element::{collect_ids, find_outermost, has_no_text, is_block, select, visible_text};
use super::style::{ClassStyles, ElementStyle};
use super::vendor::{self, HtmlTarget};
use super::whitespace;
use crate::Rule;
use crate::budget::{Budget, Limit};
use crate::image_source::ImageSource;
use crate::source::document::{
    Document, DocumentBlock, DocumentPiece, ItemMarker, LOWERED, RAISED, Role, STRUCK_OUT, Style,
    flatten, is_blank, omission_message, plain_text, spend_cells,
};
use crate::source::markdown;

/// Reads a page, whose depth the parser has bounded.
pub(crate) struct HtmlReader<'a, 'b> {
    page: &'a Html,
    budget: &'b mut Budget,
    classes: ClassStyles,
    document: Document,
    /// The paragraph being read.
    pieces: Vec<DocumentPiece>,
    /// The warnings of blank paragraphs, which wait for the next paragraph with text.
    waiting: Vec<DocumentPiece>,
    /// The last character of the paragraph; `None` at its start and behind a line break.
    last_character: Option<char>,
    /// The role of the next paragraph, if a list item has just begun.
    item: Option<Role>,
    /// Set if the paragraph is not part of the text.
    aside: Option<Aside>,
    /// The ids that links within the page can lead to.
    ids: HashSet<&'a str>,
    /// The indices of the footnotes in the document, by their ids.
    notes: HashMap<String, usize>,
}

/// A paragraph outside the text.
enum Aside {
    Comment,
    Note(usize),
}

/// The properties that an element's text inherits.
#[derive(Clone, Default)]
struct Context {
    style: Style,
    role: Role,
    /// The number of lists around it.
    lists: usize,
    numbered: bool,
    /// True if spaces and line ends are kept.
    preformatted: bool,
}

impl Context {
    /// Returns the context inside `element`, which has this style.
    fn with_element(&self, element: ElementRef<'_>, style: ElementStyle) -> Context {
        let name = element.value().name();
        let is_strong = matches!(name, "b" | "strong").then_some(true);
        let is_em = matches!(name, "i" | "em").then_some(true);
        let mut context = self.clone();
        if let Some(strong) = style.strong.or(is_strong) {
            context.style.strong = strong;
        }
        if let Some(em) = style.em.or(is_em) {
            context.style.em = em;
        }
        context
    }
}

impl<'a, 'b> HtmlReader<'a, 'b> {
    pub(crate) fn new(page: &'a Html, budget: &'b mut Budget) -> HtmlReader<'a, 'b> {
        let mut classes = ClassStyles::default();
        for sheet in select(page, "style") {
            classes.add_sheet(&sheet.text().collect::<String>());
        }
        HtmlReader {
            page,
            budget,
            classes,
            document: Document::default(),
            pieces: Vec::new(),
            waiting: Vec::new(),
            last_character: None,
            item: None,
            aside: None,
            ids: collect_ids(page),
            notes: HashMap::new(),
        }
    }

    pub(crate) fn read(mut self) -> Document {
        let (name, newsletter) = self.find_newsletter();
        self.read_children(newsletter, &Context::default());
        self.end_paragraph(Role::Text);
        self.document.blocks.push(DocumentBlock::Paragraph(
            Role::Text,
            mem::take(&mut self.waiting),
        ));
        if let Some(name) = name {
            self.warn_about_surroundings(name, newsletter);
        }
        self.document
    }

    /// Returns the element with the newsletter, and its name unless it is the whole body.
    fn find_newsletter(&self) -> (Option<&'static str>, ElementRef<'a>) {
        for name in ["main", "article"] {
            if let [only] = select(self.page, name).as_slice() {
                return (Some(name), *only);
            }
        }
        (
            None,
            select(self.page, "body")
                .first()
                .copied()
                .unwrap_or(self.page.root_element()),
        )
    }

    fn warn_about_surroundings(&mut self, name: &str, newsletter: ElementRef<'a>) {
        let around = select(self.page, "body")
            .into_iter()
            .map(|body| visible_text(body, Some(newsletter)));
        let around: String = around.collect();
        if !around.trim().is_empty() {
            let message = omission_message(&format!("text outside the page's <{name}>"), &around);
            self.document
                .warnings
                .push(markdown::warning_without_span(Rule::LeftOut, message));
        }
    }

    fn read_children(&mut self, element: ElementRef<'a>, context: &Context) {
        for child in element.children() {
            if self.budget.is_exceeded() {
                break;
            }
            if let Some(text) = child.value().as_text() {
                self.read_text(text, context);
            } else if let Some(element) = ElementRef::wrap(child) {
                self.read_element(element, context);
            }
        }
    }

    fn read_element(&mut self, element: ElementRef<'a>, outer: &Context) {
        if has_no_text(element) {
            return;
        }
        let style = self.resolve_style(element);
        if style.hidden == Some(true) || element.attr("hidden").is_some() {
            return self.leave_out("hidden text", element);
        }
        let context = &outer.with_element(element, style);
        let start = self.pieces.len();
        match element.value().name() {
            "br" => self.push(DocumentPiece::Break),
            "hr" => {
                self.end_paragraph(context.role);
                self.document.blocks.push(DocumentBlock::Rule);
            }
            "img" => self.push_image(element),
            "nav" => self.leave_out("the page's navigation", element),
            name @ ("iframe" | "video" | "audio" | "object" | "embed") => {
                let address = element
                    .attr("src")
                    .or(element.attr("data"))
                    .unwrap_or_default();
                let what = format!("embedded content (<{name}>)");
                self.push(DocumentPiece::omission(&what, address));
            }
            "table" if element.attr("role") != Some("presentation") => {
                self.read_table(element, context);
            }
            "a" => self.read_link(element, context),
            "rt" => self.read_ruby_text(element, context),
            "ul" | "ol" => self.read_list(element, context),
            "li" => self.read_list_item(element, context),
            name if is_block(name) => self.read_block(element, context),
            _ => self.read_children(element, context),
        }
        if let Some(lost) = find_lost_style(element, style) {
            let pieces = self.pieces.get(start..).unwrap_or_default();
            self.budget.spend(Limit::Steps, pieces.len());
            let text = plain_text(pieces);
            if self.budget.spend(Limit::OmittedText, text.len())
                && let Some(warning) = DocumentPiece::lost_style(lost, &text)
            {
                self.push(warning);
            }
        }
    }

    fn push(&mut self, piece: DocumentPiece) {
        if self.budget.spend(Limit::Pieces, 1) && self.budget.spend(Limit::Text, piece.cost()) {
            self.last_character = match &piece {
                DocumentPiece::Text(run) => run.text.chars().next_back().or(self.last_character),
                DocumentPiece::Break => None,
                DocumentPiece::Warning(..) => self.last_character,
                DocumentPiece::Image { .. } | DocumentPiece::Note(_) => Some('\u{fffc}'),
            };
            self.pieces.push(piece);
        }
    }

    fn resolve_style(&self, element: ElementRef<'a>) -> ElementStyle {
        self.classes.resolve(
            element.value().classes(),
            element.attr("style").unwrap_or_default(),
        )
    }

    fn leave_out(&mut self, what: &str, element: ElementRef<'a>) {
        let text = visible_text(element, None);
        if !text.trim().is_empty() {
            self.push(DocumentPiece::omission(what, &text));
        }
    }

    fn read_block(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let mut context = context.clone();
        if let Some(role) = find_role(element) {
            context.role = role;
        }
        let is_item = matches!(context.role, Role::Item { .. });
        if let Role::Item { level, .. } = context.role {
            // A paragraph of Word that is a list item.
            self.item = Some(context.role);
            context.role = Role::Continued { level };
        }
        context.preformatted |= element.value().name() == "pre";
        self.read_children(element, &context);
        self.end_paragraph(context.role);
        if is_item {
            self.end_empty_item();
        }
    }

    fn read_list(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let lists = vendor::find_list_level(element)
            .map_or(context.lists + 1, |level| level.saturating_add(1));
        let numbered = element.value().name() == "ol";
        self.read_children(
            element,
            &Context {
                lists,
                numbered,
                ..context.clone()
            },
        );
        self.end_paragraph(context.role);
    }

    fn read_list_item(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        self.end_empty_item();
        let level = context.lists.saturating_sub(1);
        let marker = if context.numbered {
            ItemMarker::NextNumber
        } else {
            ItemMarker::Bullet
        };
        self.item = Some(Role::Item { level, marker });
        let role = Role::Continued { level };
        self.read_children(
            element,
            &Context {
                role,
                ..context.clone()
            },
        );
        self.end_paragraph(role);
        self.end_empty_item();
    }

    /// Writes an item without text too: the import reports it.
    fn end_empty_item(&mut self) {
        if let Some(role) = self.item.take()
            && self.budget.spend(Limit::Pieces, 1)
        {
            self.document
                .blocks
                .push(DocumentBlock::Paragraph(role, Vec::new()));
        }
    }

    fn end_paragraph(&mut self, role: Role) {
        let pieces = mem::take(&mut self.pieces);
        let aside = self.aside.take();
        self.last_character = None;
        if is_blank(&pieces) {
            let warnings = pieces
                .into_iter()
                .filter(|piece| matches!(piece, DocumentPiece::Warning(..)));
            self.waiting.extend(warnings);
            return;
        }
        let mut all = mem::take(&mut self.waiting);
        all.extend(pieces);
        let pieces = all;
        match aside {
            Some(Aside::Comment) => {
                let message = omission_message("a comment", &plain_text(&pieces));
                self.document
                    .warnings
                    .push(markdown::warning_without_span(Rule::LeftOut, message));
            }
            Some(Aside::Note(index)) => {
                if let Some(note) = self.document.notes.get_mut(index) {
                    note.push(DocumentBlock::paragraph(Role::Text, pieces));
                }
            }
            None => {
                let role = self.item.take().unwrap_or(role);
                self.document
                    .blocks
                    .push(DocumentBlock::paragraph(role, pieces));
            }
        }
    }

    fn read_text(&mut self, text: &str, context: &Context) {
        if context.preformatted {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.push(DocumentPiece::Break);
                }
                self.push(DocumentPiece::text(line, &context.style));
            }
            return;
        }
        let collapsed = whitespace::collapse(text, self.last_character);
        if !collapsed.is_empty() {
            self.push(DocumentPiece::text(&collapsed, &context.style));
        }
    }

    fn read_link(&mut self, element: ElementRef<'a>, context: &Context) {
        let Some(href) = element.attr("href") else {
            return self.read_children(element, context);
        };
        match HtmlTarget::parse(href) {
            HtmlTarget::Comment => {}
            HtmlTarget::CommentItself => self.aside = Some(Aside::Comment),
            HtmlTarget::Note(name) => {
                let index = self.note_index(name);
                self.push(DocumentPiece::Note(index));
            }
            HtmlTarget::NoteItself(name) => self.aside = Some(Aside::Note(self.note_index(name))),
            HtmlTarget::Address(address) => {
                // A link within the page to an id that does not exist.
                let is_broken = address
                    .strip_prefix('#')
                    .is_some_and(|id| !self.ids.contains(id));
                let address = if is_broken { "#".to_owned() } else { address };
                let start = self.pieces.len();
                let style = Style {
                    href: Some(address.as_str().into()),
                    ..context.style.clone()
                };
                self.read_children(
                    element,
                    &Context {
                        style,
                        ..context.clone()
                    },
                );
                let is_empty = self.pieces.get(start..).is_some_and(is_blank);
                if let Some(warning) = DocumentPiece::empty_link(&address).filter(|_| is_empty) {
                    self.push(warning);
                }
            }
        }
    }

    fn note_index(&mut self, name: String) -> usize {
        let notes = &mut self.document.notes;
        *self.notes.entry(name).or_insert_with(|| {
            notes.push(Vec::new());
            notes.len() - 1
        })
    }

    fn push_image(&mut self, element: ElementRef<'a>) {
        let alt = element.attr("alt").unwrap_or_default();
        let src = element.attr("src").and_then(ImageSource::from_address);
        self.push(DocumentPiece::image(alt, src));
    }

    /// Writes the pronunciation of Japanese text, which stands above it, in brackets behind it.
    fn read_ruby_text(&mut self, element: ElementRef<'a>, context: &Context) {
        self.push(DocumentPiece::text("（", &context.style));
        self.read_children(element, context);
        self.push(DocumentPiece::text("）", &context.style));
    }

    fn read_table(&mut self, table: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let context = Context {
            style: context.style.clone(),
            ..Context::default()
        };
        for caption in find_outermost(table, &["caption"]) {
            self.read_block(caption, &context);
        }
        let mut rows: Vec<Vec<_>> = Vec::new();
        for row in find_outermost(table, &["tr"]) {
            let cells = find_outermost(row, &["td", "th"]);
            rows.push(
                cells
                    .into_iter()
                    .map(|cell| self.read_cell(cell, &context))
                    .collect(),
            );
        }
        spend_cells(&rows, self.budget);
        self.document.blocks.push(DocumentBlock::Table(rows));
    }

    fn read_cell(&mut self, cell: ElementRef<'a>, context: &Context) -> Vec<DocumentPiece> {
        let blocks = mem::take(&mut self.document.blocks);
        self.read_children(cell, context);
        self.end_paragraph(Role::Text);
        let mut pieces = flatten(mem::replace(&mut self.document.blocks, blocks));
        pieces.append(&mut self.waiting);
        pieces
    }
}

/// Returns the role that a block states itself.
fn find_role(element: ElementRef<'_>) -> Option<Role> {
    let name = element.value().name();
    let heading = name.strip_prefix('h').and_then(|level| level.parse().ok());
    match name {
        _ if vendor::is_title(element) => Some(Role::Heading(1)),
        "blockquote" => Some(Role::Quotation),
        _ => heading
            .map(Role::Heading)
            .or_else(|| vendor::find_list_item(element)),
    }
}

/// Returns the style of an element that no issue can show.
fn find_lost_style(element: ElementRef<'_>, style: ElementStyle) -> Option<&'static str> {
    match element.value().name() {
        "s" | "strike" | "del" => Some(STRUCK_OUT),
        "sup" => Some(RAISED),
        "sub" => Some(LOWERED),
        _ => style.lost,
    }
}
