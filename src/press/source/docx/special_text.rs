//! Reads text that is not written as such: fields, and characters given by their codes.

use roxmltree::Node;

use super::field::FieldStart;
use super::field_code::{FieldContent, evaluate_field};
use super::form_field::read_form_value;
use super::reader::DocxReader;
use super::symbol_font::{is_private_code, is_symbol_font, map_symbol};
use super::xml::{attribute, elements, keeps_space, own_text};
use crate::source::document::{DocumentPiece, Style};

/// White space around a text, which Word ignores unless it is marked.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

impl<'a> DocxReader<'a, '_> {
    pub(super) fn read_text(&mut self, node: Node<'a, 'a>, style: &Style) {
        let text = own_text(node);
        let trimmed = text.trim_matches(SPACE);
        let text = if trimmed.len() == text.len() || keeps_space(node, self.budget) {
            &text
        } else {
            trimmed
        };
        self.push_font_text(text, style);
    }

    /// Pushes text that may be in a symbol font.
    fn push_font_text(&mut self, text: &str, style: &Style) {
        let font = self.font.unwrap_or_default();
        let is_symbols = is_symbol_font(font);
        let is_private = |character: char| is_private_code(u32::from(character));
        if !is_symbols && !text.contains(is_private) {
            return self.push_text(text, style);
        }
        let mut kept = String::new();
        for character in text.chars() {
            match map_symbol(font, u32::from(character)) {
                Some(symbol) => kept.push(symbol),
                None if is_private(character) => {
                    self.push_text(&std::mem::take(&mut kept), style);
                    self.push_symbol(font, u32::from(character), style);
                }
                None => kept.push(character),
            }
        }
        self.push_text(&kept, style);
    }

    /// Reads a character given by its code in a font.
    pub(super) fn read_symbol(&mut self, node: Node<'a, 'a>, style: &Style) {
        let font = attribute(node, "font").unwrap_or_default();
        let code = attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
        self.push_symbol(font, code.unwrap_or_default(), style);
    }

    fn push_symbol(&mut self, font: &str, code: u32, style: &Style) {
        let plain = char::from_u32(code)
            .filter(|character| !is_private_code(code) && !character.is_control());
        match map_symbol(font, code).or(plain.filter(|_| !is_symbol_font(font))) {
            Some(symbol) => self.push_text(symbol.encode_utf8(&mut [0; 4]), style),
            // Bullets mean the same in all fonts.
            None if matches!(code, 0xf0b7 | 0xf0a7) => self.push_text("•", style),
            None => {
                let text = format!("U+{code:04X} in the font {font}");
                let text = text.trim_end_matches(" in the font ");
                self.push(DocumentPiece::omission("a symbol", text));
            }
        }
    }

    pub(super) fn read_simple_field(&mut self, node: Node<'a, 'a>, style: &Style) {
        self.begin_field(node);
        self.fields
            .push_code(attribute(node, "instr").unwrap_or_default());
        self.separate_field();
        self.read_inlines(node, style);
        self.end_field(style);
    }

    pub(super) fn read_field_character(&mut self, node: Node<'a, 'a>, style: &Style) {
        match attribute(node, "fldCharType") {
            Some("begin") => self.begin_field(node),
            Some("separate") => self.separate_field(),
            _ => self.end_field(style),
        }
    }

    /// Follows the fields of hidden text, which may begin or end in it, and shows nothing.
    pub(super) fn skip_fields(&mut self, node: Node<'a, 'a>) {
        for child in elements(node) {
            match (child.tag_name().name(), attribute(child, "fldCharType")) {
                ("instrText", _) => self.fields.push_code(&own_text(child)),
                ("fldChar", Some("begin")) => self.begin_field(child),
                ("fldChar", Some("separate")) => self.separate_field(),
                ("fldChar", _) => {
                    self.fields.end();
                }
                _ => {}
            }
        }
    }

    fn begin_field(&mut self, node: Node<'a, 'a>) {
        let start = FieldStart {
            paragraph: self.paragraph,
            piece: self.pieces.len(),
        };
        self.fields.begin(start, read_form_value(node));
    }

    fn separate_field(&mut self) {
        if let Some(start) = self.fields.separate() {
            self.remove_code(start);
        }
    }

    /// Shows what a field without a text of its own stands for.
    fn end_field(&mut self, style: &Style) {
        let Some(field) = self.fields.end() else {
            return;
        };
        if !field.is_separated {
            self.remove_code(field.start);
        }
        if field.has_result {
            return;
        }
        match evaluate_field(&field.code, field.form_value.as_deref()) {
            FieldContent::Text(text) => self.push_text(&text, style),
            FieldContent::Symbol { font, code } => self.push_symbol(&font, code, style),
            FieldContent::EmptyLink(address) => {
                if let Some(warning) = DocumentPiece::empty_link(&address) {
                    self.push(warning);
                }
            }
            // An empty text is what Word has worked out.
            FieldContent::Unknown if !field.is_separated => {
                self.push(DocumentPiece::omission("a field", &field.code));
            }
            FieldContent::Nothing | FieldContent::Unknown => {}
        }
    }

    /// Removes text that is part of a field's code. A code that goes on in another paragraph is
    /// likely not one, so its text is kept.
    fn remove_code(&mut self, start: FieldStart) {
        if start.paragraph != self.paragraph || start.piece >= self.pieces.len() {
            return;
        }
        let mut code = self.pieces.split_off(start.piece);
        code.retain(|piece| !matches!(piece, DocumentPiece::Text(_) | DocumentPiece::Break));
        self.pieces.append(&mut code);
    }
}
