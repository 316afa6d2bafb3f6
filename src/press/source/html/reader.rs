//! Reads the elements of a page into a document.

mod lists;
mod pictures;
mod tables;

use std::collections::{HashMap, HashSet};
use std::mem;

use scraper::{ElementRef, Html};
use url::{ParseError, Url};

use super::cascade::StyleSheets;
use super::direction::find_changed_direction;
use super::element::{collect_ids, drawing_text, has_no_text, is_block, select, visible_text};
use super::list_notation::ListNotation;
use super::list_numbers::{ListItem, ListNumbers};
use super::math::write_formula;
use super::newsletter_element::{find_body, find_newsletter, is_reader_comment};
use super::quotation_marks::find_quotation_marks;
use super::style::{ElementStyle, FontSize};
use super::vendor::{self, HtmlTarget};
use super::whitespace::{self, is_invisible};
use crate::Rule;
use crate::budget::{Budget, Limit};
use crate::shorten::shorten;
use crate::source::document::{
    Document, DocumentBlock, DocumentPiece, Role, Script, Style, is_blank, omission_message,
    plain_text,
};
use crate::source::markdown;

/// Number of characters of which a message quotes the first, with the white space in them.
const MAX_QUOTED: usize = 500;

/// Reads a page, whose depth the parser has bounded.
pub(crate) struct HtmlReader<'a, 'b> {
    page: &'a Html,
    budget: &'b mut Budget,
    styles: StyleSheets,
    /// The address that relative addresses refer to, if the page sets one.
    base: Option<Url>,
    document: Document,
    /// The paragraph being read.
    pieces: Vec<DocumentPiece>,
    /// The warnings of blank paragraphs, which wait for the next paragraph with text.
    waiting: Vec<DocumentPiece>,
    /// The last character of the paragraph; `None` at its start and behind a line break.
    last_character: Option<char>,
    /// The list item that has just begun: it is the next paragraph.
    item: Option<ListItem>,
    /// The list being read.
    list: ListNumbers,
    /// The next number of each list of Google Docs, by its class.
    google_numbers: HashMap<&'a str, i64>,
    /// The notations of the lists of Google Docs, by their classes.
    google_notations: HashMap<String, ListNotation>,
    /// The addresses of pictures that nobody sees.
    invisible_pictures: Vec<String>,
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
    /// True if spaces and line ends are kept.
    preformatted: bool,
    /// True if the letters have no size.
    is_shrunk: bool,
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
        // A line through a text goes through all that is in it.
        let is_del = matches!(name, "s" | "strike" | "del");
        context.style.del |= style.del.unwrap_or(is_del);
        if let Some(script) = style.script.or(find_script(name)) {
            context.style.script = Some(script);
        }
        match style.font_size {
            Some(FontSize::Zero) => context.is_shrunk = true,
            Some(FontSize::Absolute) => context.is_shrunk = false,
            Some(FontSize::Relative) | None => {}
        }
        context.is_shrunk &= name != "font" || element.attr("size").is_none();
        context
    }
}

impl<'a, 'b> HtmlReader<'a, 'b> {
    pub(crate) fn new(page: &'a Html, budget: &'b mut Budget) -> HtmlReader<'a, 'b> {
        let mut styles = StyleSheets::default();
        let mut google_notations = HashMap::new();
        for sheet in select(page, "style") {
            let sheet: String = sheet.text().collect();
            styles.add_sheet(&sheet);
            google_notations.extend(vendor::find_list_notations(&sheet));
        }
        HtmlReader {
            page,
            budget,
            styles,
            base: find_base(page),
            document: Document::default(),
            pieces: Vec::new(),
            waiting: Vec::new(),
            last_character: None,
            item: None,
            list: ListNumbers::default(),
            google_numbers: HashMap::new(),
            google_notations,
            invisible_pictures: Vec::new(),
            aside: None,
            ids: collect_ids(page),
            notes: HashMap::new(),
        }
    }

    pub(crate) fn read(self) -> Document {
        let (name, newsletter) = find_newsletter(self.page);
        self.read_part(name, newsletter)
    }

    /// Reads the page as a text inside another document, which has the address `base`.
    pub(crate) fn read_fragment(mut self, base: Option<&Url>) -> Document {
        self.base = self.base.or_else(|| base.cloned());
        let body = find_body(self.page);
        self.read_part(None, body)
    }

    fn read_part(mut self, name: Option<&str>, newsletter: ElementRef<'a>) -> Document {
        self.read_children(newsletter, &Context::default());
        self.end_paragraph(Role::Text);
        self.document.blocks.push(DocumentBlock::Paragraph(
            Role::Text,
            mem::take(&mut self.waiting),
        ));
        if let Some(name) = name {
            self.warn_about_surroundings(name, newsletter);
        }
        self.warn_about_pictures();
        self.document
    }

    fn warn_about_surroundings(&mut self, name: &str, newsletter: ElementRef<'a>) {
        let around = select(self.page, "body")
            .into_iter()
            .map(|body| visible_text(body, Some(newsletter)));
        let around: String = around.collect();
        if !around.trim().is_empty() {
            let message = omission_message(&format!("text outside the page's {name}"), &around);
            self.warn(message);
        }
    }

    /// Adds a warning without a position in the text.
    fn warn(&mut self, message: String) {
        let warning = markdown::warning_without_span(Rule::LeftOut, message);
        self.document.warnings.push(warning);
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
        let name = element.value().name();
        if has_no_text(element) {
            return;
        }
        if name == "svg" {
            return self.push_omission("a drawing", &drawing_text(element));
        }
        let style = self.styles.resolve(element, self.budget);
        if style.hides(name) || element.attr("hidden").is_some() {
            return self.leave_out_hidden(element);
        }
        if is_reader_comment(element) {
            return self.leave_out("a reader's comment", element);
        }
        let context = &outer.with_element(element, style);
        self.read_visible_element(element, style, context);
        self.warn_about_direction(element);
    }

    fn read_visible_element(
        &mut self,
        element: ElementRef<'a>,
        style: ElementStyle,
        context: &Context,
    ) {
        match element.value().name() {
            "br" => self.push(DocumentPiece::Break),
            "hr" => {
                self.end_paragraph(context.role);
                self.document.blocks.push(DocumentBlock::Rule);
            }
            "img" => self.push_image(element, style),
            "nav" => self.leave_out("the page's navigation", element),
            name @ ("iframe" | "video" | "audio" | "object" | "embed") => {
                let address = element
                    .attr("src")
                    .or(element.attr("data"))
                    .unwrap_or_default();
                let what = format!("embedded content (<{name}>)");
                self.push(DocumentPiece::omission(&what, address));
            }
            "table" => self.read_table(element, context),
            "a" => self.read_link(element, context),
            "rt" => self.read_ruby_text(element, context),
            "q" => self.read_quotation(element, context),
            "math" => {
                let formula = write_formula(element, self.budget);
                self.push(DocumentPiece::text(&formula, &context.style));
            }
            "ul" | "ol" => self.read_list(element, style, context),
            "li" => self.read_list_item(element, style, context),
            name if is_block(name) => self.read_block(element, context),
            _ => self.read_children(element, context),
        }
    }

    /// Warns about a direction that the text of an element loses.
    fn warn_about_direction(&mut self, element: ElementRef<'a>) {
        if let Some(direction) = find_changed_direction(element) {
            let text: String = element
                .text()
                .flat_map(str::chars)
                .take(MAX_QUOTED)
                .collect();
            let message = format!(
                "“{}” is written {direction} in the document, and kept in the direction of its letters",
                shorten(&text)
            );
            self.push(DocumentPiece::Warning(Rule::Look, message));
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

    fn leave_out(&mut self, what: &str, element: ElementRef<'a>) {
        self.push_omission(what, &visible_text(element, None));
    }

    fn push_omission(&mut self, what: &str, text: &str) {
        if !text.chars().all(is_invisible) {
            self.push(DocumentPiece::omission(what, text));
        }
    }

    fn read_block(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let mut context = context.clone();
        let role = find_role(element);
        // A paragraph of Word may be a list item.
        let item = role.map_or_else(|| vendor::find_list_item(element), |_| None);
        let is_item = item.is_some();
        if let Some(item) = item {
            context.role = Role::Continued { level: item.level };
            self.item = Some(item);
        } else if let Some(role) = role {
            context.role = role;
        }
        context.preformatted |= element.value().name() == "pre";
        self.read_children(element, &context);
        self.end_paragraph(context.role);
        if is_item {
            self.end_empty_item();
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
                self.warn(omission_message("a comment", &plain_text(&pieces)));
            }
            Some(Aside::Note(index)) => {
                if let Some(note) = self.document.notes.get_mut(index) {
                    note.push(DocumentBlock::paragraph(Role::Text, pieces));
                }
            }
            None => {
                let (role, pieces) = self.start_item(role, pieces);
                let block = DocumentBlock::paragraph(role, pieces);
                self.document.blocks.push(block);
            }
        }
    }

    fn read_text(&mut self, text: &str, context: &Context) {
        if context.is_shrunk {
            return self.push_omission("hidden text", text);
        }
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
                let address = if is_broken {
                    "#".to_owned()
                } else {
                    self.resolve_address(&address)
                };
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

    /// Completes a relative address. A link within the page stays one.
    fn resolve_address(&self, address: &str) -> String {
        let is_relative = Url::parse(address) == Err(ParseError::RelativeUrlWithoutBase);
        let base = self.base.as_ref().filter(|_| is_relative);
        base.filter(|_| !address.is_empty() && !address.starts_with('#'))
            .and_then(|base| base.join(address).ok())
            .map_or_else(|| address.to_owned(), String::from)
    }

    fn read_quotation(&mut self, element: ElementRef<'a>, context: &Context) {
        let (open, close) = find_quotation_marks(element);
        self.push(DocumentPiece::text(open, &context.style));
        self.read_children(element, context);
        self.push(DocumentPiece::text(close, &context.style));
    }

    /// Writes the pronunciation of Japanese text, which stands above it, in brackets behind it.
    fn read_ruby_text(&mut self, element: ElementRef<'a>, context: &Context) {
        self.push(DocumentPiece::text("（", &context.style));
        self.read_children(element, context);
        self.push(DocumentPiece::text("）", &context.style));
    }
}

/// Returns the address of the first `<base>` with one.
fn find_base(page: &Html) -> Option<Url> {
    /// A longer one would be copied into thousands of addresses.
    const MAX_LENGTH: usize = 2_000;
    let bases = select(page, "base");
    let address = bases.into_iter().find_map(|base| base.attr("href"))?;
    let base = Url::parse(address).ok()?;
    let is_usable = matches!(base.scheme(), "http" | "https") && address.len() <= MAX_LENGTH;
    is_usable.then_some(base)
}

/// Returns the role that a block states itself.
fn find_role(element: ElementRef<'_>) -> Option<Role> {
    let name = element.value().name();
    let heading = name.strip_prefix('h').and_then(|level| level.parse().ok());
    match name {
        _ if vendor::is_title(element) => Some(Role::Heading(1)),
        "blockquote" => Some(Role::Quotation),
        _ => heading.map(Role::Heading),
    }
}

fn find_script(name: &str) -> Option<Script> {
    match name {
        "sup" => Some(Script::Raised),
        "sub" => Some(Script::Lowered),
        _ => None,
    }
}
