//! Finds out what a paragraph is: a heading, a list item or text.

use super::list_counter::ListMarker;
use super::reader::DocxReader;
use super::styles::ParagraphProperties;
use super::typed_bullet::take_typed_bullet;
use crate::Rule;
use crate::budget::Limit;
use crate::shorten::shorten;
use crate::source::document::{DocumentPiece, ItemMarker, Role, Style, is_blank};
use crate::source::number_format::format_number;

/// The properties of a paragraph.
pub(super) struct ResolvedParagraph<'a> {
    /// Those that it sets itself.
    pub(super) own: ParagraphProperties<'a>,
    /// Those and the ones of its style.
    pub(super) all: ParagraphProperties<'a>,
    pub(super) style: Option<&'a str>,
}

impl<'a> DocxReader<'a, '_> {
    pub(super) fn resolve_role(&mut self, paragraph: &ResolvedParagraph<'a>) -> Role {
        let item = self.item.take();
        if let Some(list) = paragraph.all.numbering.filter(|list| *list != "0") {
            return self.resolve_numbered(list, paragraph);
        }
        if let Some(level) = paragraph.all.heading() {
            return Role::Heading(level);
        }
        match (item, paragraph.all.indent) {
            // Indented like the text of the item above, so it looks like a part of it.
            (Some((level, indent)), Some(own)) if own >= indent && own > 0 => {
                self.item = item;
                Role::Continued { level }
            }
            _ => self.resolve_typed_bullet(&paragraph.all),
        }
    }

    fn resolve_typed_bullet(&mut self, paragraph: &ParagraphProperties<'a>) -> Role {
        let Some(level) = take_typed_bullet(&mut self.pieces) else {
            return Role::Text;
        };
        let indent = paragraph.indent.filter(|indent| *indent > 0);
        self.item = indent.map(|indent| (level, indent));
        Role::Item {
            level,
            marker: ItemMarker::Bullet,
        }
    }

    fn resolve_numbered(&mut self, list: &'a str, paragraph: &ResolvedParagraph<'a>) -> Role {
        let numbering = &self.parts.numbering;
        let level = self.find_level(list, paragraph);
        let marker = self.counter.count_item(numbering, list, level);
        self.warn_about_notation(list, level);
        if let Some(heading) = paragraph.all.heading() {
            self.write_heading_number(&marker);
            return Role::Heading(heading);
        }
        let of_level = || numbering.level(list, level)?.indent;
        let indent = paragraph.own.indent.or_else(of_level);
        let indent = indent.or(paragraph.all.indent).unwrap_or(i64::MAX);
        self.item = Some((level, indent));
        let marker = match marker {
            ListMarker::None => return Role::Continued { level },
            ListMarker::Bullet => ItemMarker::Bullet,
            ListMarker::Number { value, delimiter } => ItemMarker::Number { value, delimiter },
            ListMarker::Text(text) => {
                self.write_marker(&text);
                ItemMarker::Bullet
            }
        };
        Role::Item { level, marker }
    }

    /// A list can have a level for each of several styles.
    fn find_level(&self, list: &str, paragraph: &ResolvedParagraph<'a>) -> usize {
        let ResolvedParagraph { own, all, style } = paragraph;
        let of_style = || self.parts.numbering.level_of_style(list, (*style)?);
        let level = match own.numbering {
            Some(_) => all.level,
            None => own.level.or_else(of_style).or(all.level),
        };
        level.unwrap_or(0)
    }

    fn warn_about_notation(&mut self, list: &str, level: usize) {
        let format = self.parts.numbering.level(list, level);
        let unknown = format.filter(|format| format_number(format.notation, 1).is_none());
        if let Some(format) = unknown {
            let message = format!(
                "this item is numbered in Word's notation “{}”, and in digits in the issue",
                shorten(format.notation)
            );
            self.push(DocumentPiece::Warning(Rule::Look, message));
        }
    }

    fn write_heading_number(&mut self, marker: &ListMarker) {
        match marker {
            ListMarker::Number { value, delimiter } => {
                self.write_marker(&format!("{value}{delimiter} "));
            }
            ListMarker::Text(text) => self.write_marker(text),
            ListMarker::Bullet | ListMarker::None => {}
        }
    }

    /// Writes a marker before the text of the paragraph, in the style of the text.
    fn write_marker(&mut self, marker: &str) {
        if is_blank(&self.pieces) || !self.budget.spend(Limit::Text, marker.len()) {
            return;
        }
        let style = self.pieces.iter().find_map(|piece| match piece {
            DocumentPiece::Text(run) => Some(run.style.clone()),
            _ => None,
        });
        let style = Style {
            href: None,
            ..style.unwrap_or_default()
        };
        self.pieces.insert(0, DocumentPiece::text(marker, &style));
    }
}
