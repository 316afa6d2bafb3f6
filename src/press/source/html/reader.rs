use std::collections::{HashMap, HashSet};
use std::mem;

use scraper::{ElementRef, Html, Selector};

use super::style::{Classes, ElementStyle};
use super::target::Target;
use crate::Rule;
use crate::cjk::is_chinese_or_japanese;
use crate::image_source::ImageSource;
use crate::source::document::{
    Block, Document, LOWERED, Piece, RAISED, Role, STRUCK_OUT, Style, flattened, is_blank,
    left_out, plain,
};
use crate::source::markdown;

/// Reads the text of a page, whose depth is bounded.
pub(crate) struct Reader<'a> {
    page: &'a Html,
    classes: Classes,
    document: Document,
    /// The paragraph that is being read.
    pieces: Vec<Piece>,
    /// What the next paragraph is if a list item has just begun.
    item: Option<Role>,
    /// What the paragraph is if it is no part of the text.
    aside: Option<Aside>,
    /// The names that links within the page can lead to.
    ids: HashSet<&'a str>,
    /// The places of the footnotes in the document, by their names.
    notes: HashMap<String, usize>,
}

enum Aside {
    Comment,
    Note(usize),
}

/// What holds for the text of an element.
#[derive(Clone, Default)]
struct Context {
    style: Style,
    role: Role,
    /// How many lists it is in.
    lists: usize,
    numbered: bool,
    /// Whether spaces and line ends are kept as they are.
    preformatted: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(page: &'a Html) -> Reader<'a> {
        let mut classes = Classes::default();
        for sheet in select(page, "style") {
            classes.add(&sheet.text().collect::<String>());
        }
        Reader {
            page,
            classes,
            document: Document::default(),
            pieces: Vec::new(),
            item: None,
            aside: None,
            ids: ids(page),
            notes: HashMap::new(),
        }
    }

    pub(crate) fn read(mut self) -> Document {
        let (name, newsletter) = self.newsletter();
        self.children(newsletter, &Context::default());
        self.end_paragraph(Role::Text);
        self.document
            .blocks
            .push(Block::Paragraph(Role::Text, mem::take(&mut self.pieces)));
        if let Some(name) = name {
            self.name_surroundings(name, newsletter);
        }
        self.document
    }

    /// The element that the newsletter is in, with its name unless it is the whole body.
    fn newsletter(&self) -> (Option<&'static str>, ElementRef<'a>) {
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

    fn name_surroundings(&mut self, name: &str, newsletter: ElementRef<'a>) {
        let around = select(self.page, "body")
            .into_iter()
            .map(|body| visible_text(body, Some(newsletter)));
        let around: String = around.collect();
        if !around.trim().is_empty() {
            let message = left_out(
                &format!("what stands around the <{name}> of the page"),
                &around,
            );
            self.document
                .warnings
                .push(markdown::without_span(Rule::LeftOut, message));
        }
    }

    fn children(&mut self, element: ElementRef<'a>, context: &Context) {
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                self.text(text, context);
            } else if let Some(element) = ElementRef::wrap(child) {
                self.element(element, context);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'a>, outer: &Context) {
        if is_no_text(element) {
            return;
        }
        let look = self.look(element);
        if look.hidden == Some(true) || element.attr("hidden").is_some() {
            return self.leave_out("hidden text", element);
        }
        let context = &styled(outer, element, look);
        let start = self.pieces.len();
        match element.value().name() {
            "br" => self.pieces.push(Piece::Break),
            "hr" => {
                self.end_paragraph(context.role);
                self.document.blocks.push(Block::Rule);
            }
            "img" => self.image(element),
            "nav" => self.leave_out("the navigation of the page", element),
            name @ ("iframe" | "video" | "audio" | "object" | "embed") => {
                let address = element
                    .attr("src")
                    .or(element.attr("data"))
                    .unwrap_or_default();
                self.pieces.push(Piece::left_out(
                    &format!("what is embedded here as <{name}>"),
                    address,
                ));
            }
            "table" if element.attr("role") != Some("presentation") => self.table(element, context),
            "a" => self.link(element, context),
            "rt" => self.ruby_text(element, context),
            "ul" | "ol" => self.list(element, context),
            "li" => self.list_item(element, context),
            name if is_block(name) => self.block(element, context),
            _ => self.children(element, context),
        }
        if let Some(look) = lost(element, look) {
            let text = plain(self.pieces.get(start..).unwrap_or_default());
            self.pieces.extend(Piece::lost_look(look, &text));
        }
    }

    fn look(&self, element: ElementRef<'a>) -> ElementStyle {
        self.classes.look(
            element.value().classes(),
            element.attr("style").unwrap_or_default(),
        )
    }

    fn leave_out(&mut self, what: &str, element: ElementRef<'a>) {
        let text = visible_text(element, None);
        if !text.trim().is_empty() {
            self.pieces.push(Piece::left_out(what, &text));
        }
    }

    fn block(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let mut context = context.clone();
        if let Some(role) = own_role(element) {
            context.role = role;
        }
        let is_item = matches!(context.role, Role::Item { .. });
        if let Role::Item { level, .. } = context.role {
            // Word writes an item as a paragraph that begins with its bullet.
            self.item = Some(context.role);
            context.role = Role::Continued { level };
        }
        context.preformatted |= element.value().name() == "pre";
        self.children(element, &context);
        self.end_paragraph(context.role);
        if is_item {
            self.end_empty_item();
        }
    }

    fn list(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let lists = google_level(element).map_or(context.lists + 1, |level| level + 1);
        let numbered = element.value().name() == "ol";
        self.children(
            element,
            &Context {
                lists,
                numbered,
                ..context.clone()
            },
        );
        self.end_paragraph(context.role);
    }

    fn list_item(&mut self, element: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        self.end_empty_item();
        let level = context.lists.saturating_sub(1);
        self.item = Some(Role::Item {
            level,
            numbered: context.numbered,
        });
        let role = Role::Continued { level };
        self.children(
            element,
            &Context {
                role,
                ..context.clone()
            },
        );
        self.end_paragraph(role);
        self.end_empty_item();
    }

    /// An item without text of its own is written all the same: the importer names it.
    fn end_empty_item(&mut self) {
        if let Some(role) = self.item.take() {
            self.document
                .blocks
                .push(Block::Paragraph(role, Vec::new()));
        }
    }

    fn end_paragraph(&mut self, role: Role) {
        let pieces = mem::take(&mut self.pieces);
        let aside = self.aside.take();
        if is_blank(&pieces) {
            // What was left out is named at the paragraph to come.
            self.pieces = pieces
                .into_iter()
                .filter(|piece| matches!(piece, Piece::Warning(..)))
                .collect();
            return;
        }
        match aside {
            Some(Aside::Comment) => {
                let message = left_out("a comment", &plain(&pieces));
                self.document
                    .warnings
                    .push(markdown::without_span(Rule::LeftOut, message));
            }
            Some(Aside::Note(index)) => {
                if let Some(note) = self.document.notes.get_mut(index) {
                    note.push(Block::paragraph(Role::Text, pieces));
                }
            }
            None => {
                let role = self.item.take().unwrap_or(role);
                self.document.blocks.push(Block::paragraph(role, pieces));
            }
        }
    }

    fn text(&mut self, text: &str, context: &Context) {
        if context.preformatted {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.pieces.push(Piece::Break);
                }
                self.pieces.push(Piece::text(line, &context.style));
            }
            return;
        }
        let collapsed = collapsed(text, self.last_character());
        if !collapsed.is_empty() {
            self.pieces.push(Piece::text(&collapsed, &context.style));
        }
    }

    /// The last character of the paragraph so far.
    fn last_character(&self) -> Option<char> {
        let mut pieces = self
            .pieces
            .iter()
            .rev()
            .filter(|piece| !matches!(piece, Piece::Warning(..)));
        match pieces.next()? {
            Piece::Text(run) => run.text.chars().next_back(),
            Piece::Break => None,
            _ => Some('\u{fffc}'),
        }
    }

    fn link(&mut self, element: ElementRef<'a>, context: &Context) {
        let Some(href) = element.attr("href") else {
            return self.children(element, context);
        };
        match Target::of(href) {
            Target::Comment => {}
            Target::CommentItself => self.aside = Some(Aside::Comment),
            Target::Note(name) => {
                let index = self.note(name);
                self.pieces.push(Piece::Note(index));
            }
            Target::NoteItself(name) => self.aside = Some(Aside::Note(self.note(name))),
            Target::Address(address) => {
                // A place in this page, which is not there: a link that leads nowhere.
                let is_broken = address
                    .strip_prefix('#')
                    .is_some_and(|id| !self.ids.contains(id));
                let address = if is_broken { "#".to_owned() } else { address };
                let start = self.pieces.len();
                let style = Style {
                    href: Some(address.as_str().into()),
                    ..context.style.clone()
                };
                self.children(
                    element,
                    &Context {
                        style,
                        ..context.clone()
                    },
                );
                let is_empty = self.pieces.get(start..).is_some_and(is_blank);
                self.pieces
                    .extend(Piece::empty_link(&address).filter(|_| is_empty));
            }
        }
    }

    fn note(&mut self, name: String) -> usize {
        let notes = &mut self.document.notes;
        *self.notes.entry(name).or_insert_with(|| {
            notes.push(Vec::new());
            notes.len() - 1
        })
    }

    fn image(&mut self, element: ElementRef<'a>) {
        let src = element.attr("src").and_then(ImageSource::from_address);
        self.pieces
            .push(Piece::image(element.attr("alt").unwrap_or_default(), src));
    }

    /// How a text is pronounced stands above it in Japanese; on the line it stands behind it.
    fn ruby_text(&mut self, element: ElementRef<'a>, context: &Context) {
        self.pieces.push(Piece::text("（", &context.style));
        self.children(element, context);
        self.pieces.push(Piece::text("）", &context.style));
    }

    fn table(&mut self, table: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let context = Context {
            style: context.style.clone(),
            ..Context::default()
        };
        for caption in nested(table, &["caption"]) {
            self.block(caption, &context);
        }
        let mut rows = Vec::new();
        for row in nested(table, &["tr"]) {
            let cells = nested(row, &["td", "th"]);
            rows.push(
                cells
                    .into_iter()
                    .map(|cell| self.cell(cell, &context))
                    .collect(),
            );
        }
        self.document.blocks.push(Block::Table(rows));
    }

    fn cell(&mut self, cell: ElementRef<'a>, context: &Context) -> Vec<Piece> {
        let blocks = mem::take(&mut self.document.blocks);
        self.children(cell, context);
        self.end_paragraph(Role::Text);
        let mut pieces = flattened(mem::replace(&mut self.document.blocks, blocks));
        pieces.append(&mut self.pieces);
        pieces
    }
}

fn select<'a>(page: &'a Html, name: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(name)
        .map(|selector| page.select(&selector).collect())
        .unwrap_or_default()
}

fn ids(page: &Html) -> HashSet<&str> {
    let elements = page
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element());
    elements
        .flat_map(|element| element.id().into_iter().chain(element.attr("name")))
        .collect()
}

/// The style and role that an element gives to its text.
fn styled(outer: &Context, element: ElementRef<'_>, look: ElementStyle) -> Context {
    let name = element.value().name();
    let strong = look
        .strong
        .or(matches!(name, "b" | "strong").then_some(true));
    let em = look.em.or(matches!(name, "i" | "em").then_some(true));
    let mut context = outer.clone();
    context.style.strong = strong.unwrap_or(context.style.strong);
    context.style.em = em.unwrap_or(context.style.em);
    context
}

/// The role of a block that says of itself what it is.
fn own_role(element: ElementRef<'_>) -> Option<Role> {
    let name = element.value().name();
    let heading = name.strip_prefix('h').and_then(|level| level.parse().ok());
    // Google Docs and Word have a style for the title, which is no heading to them.
    let is_title = name == "p"
        && element
            .value()
            .classes()
            .any(|class| class == "title" || class == "MsoTitle");
    match name {
        _ if is_title => Some(Role::Heading(1)),
        "blockquote" => Some(Role::Quotation),
        _ => heading.map(Role::Heading).or_else(|| word_item(element)),
    }
}

/// The item of a list as Word writes it: `<p style='mso-list:l0 level1 lfo1'>`, in which the bullet
/// or number stands as text.
fn word_item(element: ElementRef<'_>) -> Option<Role> {
    let list = mso_list(element)?;
    let level: usize = list
        .split_whitespace()
        .find_map(|word| word.strip_prefix("level")?.parse().ok())?;
    let mut inner = element.descendants().filter_map(ElementRef::wrap);
    let marker = inner.find(|element| is_word_marker(*element));
    let marker = marker
        .map(|marker| marker.text().collect::<String>())
        .unwrap_or_default();
    let numbered = marker.trim().ends_with(['.', ')', '）', '．']);
    Some(Role::Item {
        level: level.saturating_sub(1),
        numbered,
    })
}

fn is_word_marker(element: ElementRef<'_>) -> bool {
    mso_list(element).is_some_and(|list| list.eq_ignore_ascii_case("ignore"))
}

fn mso_list<'a>(element: ElementRef<'a>) -> Option<&'a str> {
    let mut declarations = element.attr("style")?.split(';');
    declarations
        .find_map(|declaration| declaration.trim().strip_prefix("mso-list:"))
        .map(str::trim)
}

/// The level in the class of a list of Google Docs, which writes nested lists one after another:
/// `lst-kix_abc-1` is in `lst-kix_abc-0`.
fn google_level(element: ElementRef<'_>) -> Option<usize> {
    let mut classes = element
        .value()
        .classes()
        .filter(|class| class.starts_with("lst-kix"));
    classes.find_map(|class| class.rsplit('-').next()?.parse().ok())
}

/// How the text of an element looks that no issue can show.
fn lost(element: ElementRef<'_>, look: ElementStyle) -> Option<&'static str> {
    match element.value().name() {
        "s" | "strike" | "del" => Some(STRUCK_OUT),
        "sup" => Some(RAISED),
        "sub" => Some(LOWERED),
        _ => look.lost,
    }
}

/// Whether no browser shows what is in the element as text.
fn is_no_text(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    matches!(
        name,
        "script" | "style" | "head" | "noscript" | "template" | "title" | "svg" | "rp" | "datalist"
    ) || is_word_marker(element)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "main"
            | "menu"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}

/// The text of an element, but for that of the element `but` and what browsers do not show.
fn visible_text(element: ElementRef<'_>, but: Option<ElementRef<'_>>) -> String {
    let mut text = String::new();
    for child in element.children() {
        let inner =
            ElementRef::wrap(child).filter(|inner| Some(*inner) != but && !is_no_text(*inner));
        if let Some(own) = child.value().as_text() {
            text.push_str(own);
        } else if let Some(inner) = inner {
            text.push_str(&format!(" {} ", visible_text(inner, but)));
        }
    }
    text
}

/// The elements of these names in `element`, but not those within others of them or in another
/// table.
fn nested<'a>(element: ElementRef<'a>, names: &[&str]) -> Vec<ElementRef<'a>> {
    let mut found = Vec::new();
    for child in element.children().filter_map(ElementRef::wrap) {
        match child.value().name() {
            name if names.contains(&name) => found.push(child),
            "table" => {}
            _ => found.extend(nested(child, names)),
        }
    }
    found
}

/// The text with white space as a browser shows it, after `before`.
fn collapsed(text: &str, before: Option<char>) -> String {
    const SPACES: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];
    let mut collapsed = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let trimmed = rest.trim_start_matches(SPACES);
        let (spaces, _) = rest.split_at(rest.len() - trimmed.len());
        let (word, after) = trimmed.split_at(trimmed.find(SPACES).unwrap_or(trimmed.len()));
        if is_shown(
            spaces,
            collapsed.chars().next_back().or(before),
            word.chars().next(),
        ) {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
        rest = after;
    }
    collapsed
}

/// Whether a browser shows a space for these spaces between two characters.
fn is_shown(spaces: &str, before: Option<char>, after: Option<char>) -> bool {
    match before {
        _ if spaces.is_empty() => false,
        // The start of a line, or another space.
        None | Some(' ') => false,
        // Scripts without spaces between words: the line is only broken in the file.
        Some(before) => {
            !(spaces.contains('\n')
                && is_chinese_or_japanese(before)
                && after.is_some_and(is_chinese_or_japanese))
        }
    }
}
