//! Lists and their items.

use scraper::ElementRef;

use super::{Context, HtmlReader, ListItem, ListNumbers};
use crate::budget::Limit;
use crate::source::document::{DocumentBlock, DocumentPiece, Role, Style};
use crate::source::html::list_notation::DECIMAL;
use crate::source::html::style::ElementStyle;
use crate::source::html::vendor;

impl<'a> HtmlReader<'a, '_> {
    pub(super) fn read_list(
        &mut self,
        element: ElementRef<'a>,
        style: ElementStyle,
        context: &Context,
    ) {
        self.end_paragraph(context.role);
        let google_class = vendor::find_list_class(element);
        let level = google_class.and_then(vendor::find_list_level);
        let lists = level.map_or(context.lists + 1, |level| level.saturating_add(1));
        let numbers = google_class.map_or_else(
            || ListNumbers::new(element, style),
            |class| self.number_google_list(element, class),
        );
        let outer = std::mem::replace(&mut self.list, numbers);
        let context = Context {
            lists,
            ..context.clone()
        };
        self.read_children(element, &context);
        self.end_paragraph(context.role);
        let inner = std::mem::replace(&mut self.list, outer);
        if let Some(class) = google_class {
            self.google_numbers.insert(class, inner.next);
        }
    }

    /// Google Docs divides a list where another one is inside it, and writes its numbers itself.
    fn number_google_list(&self, list: ElementRef<'a>, class: &'a str) -> ListNumbers {
        let mut numbers = ListNumbers::new(list, ElementStyle::default());
        if list.value().name() == "ol" {
            let notation = self.google_notations.get(class).copied();
            numbers = numbers.with_notation(notation.unwrap_or(DECIMAL));
        }
        let starts =
            list.attr("start").is_some() || list.value().classes().any(|class| class == "start");
        if let Some(next) = self.google_numbers.get(class).filter(|_| !starts) {
            numbers.next = *next;
        }
        numbers
    }

    pub(super) fn read_list_item(
        &mut self,
        element: ElementRef<'a>,
        style: ElementStyle,
        context: &Context,
    ) {
        self.end_paragraph(context.role);
        self.end_empty_item();
        let level = context.lists.saturating_sub(1);
        self.item = Some(self.list.count_item(element, style, level));
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

    /// Returns the role and text of a paragraph, which a list item may begin.
    pub(super) fn start_item(
        &mut self,
        role: Role,
        mut pieces: Vec<DocumentPiece>,
    ) -> (Role, Vec<DocumentPiece>) {
        let Some(item) = self.item.take() else {
            return (role, pieces);
        };
        if let Some(label) = &item.label
            && self.budget.spend(Limit::Text, label.len())
        {
            pieces.insert(0, DocumentPiece::text(label, &Style::default()));
        }
        (item.role(), pieces)
    }

    /// Writes an item without text too: the import reports it.
    pub(super) fn end_empty_item(&mut self) {
        if let Some(item) = self.item.take()
            && self.budget.spend(Limit::Pieces, 1)
        {
            let block = DocumentBlock::Paragraph(item.role(), Vec::new());
            self.document.blocks.push(block);
        }
    }
}

impl ListItem {
    fn role(&self) -> Role {
        Role::Item {
            level: self.level,
            marker: self.marker,
        }
    }
}
