//! The CSS properties that change how a newsletter's text is read.

use super::css::Declaration;
use super::list_notation::ListNotation;
use crate::source::document::Script;

/// The style of an element, as far as a newsletter needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ElementStyle {
    pub(crate) strong: Option<bool>,
    pub(crate) em: Option<bool>,
    pub(crate) del: Option<bool>,
    pub(crate) script: Option<Script>,
    pub(crate) font_size: Option<FontSize>,
    pub(crate) list_notation: Option<ListNotation>,
    /// In pixels; other lengths are `None`, but zero is zero in all.
    pub(crate) width: Option<Option<f32>>,
    pub(crate) height: Option<Option<f32>>,
    has_no_box: Option<bool>,
    is_invisible: Option<bool>,
    is_transparent: Option<bool>,
    has_no_height: Option<bool>,
    cuts_overflow: Option<bool>,
    is_hidden_in_outlook: Option<bool>,
}

/// The size of a text's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FontSize {
    Zero,
    /// A part of the size around it.
    Relative,
    Absolute,
}

impl ElementStyle {
    /// Sets what a declaration says.
    pub(crate) fn set(&mut self, declaration: &Declaration) {
        self.set_text_property(declaration);
        self.set_box_property(declaration);
    }

    fn set_text_property(
        &mut self,
        Declaration {
            property, words, ..
        }: &Declaration,
    ) {
        let first = words.first().map_or("", String::as_str);
        let is = |word| first == word && words.len() == 1;
        match property.as_str() {
            "font-weight" => self.strong = parse_weight(first).or(self.strong),
            "font-style" => self.em = Some(matches!(first, "italic" | "oblique")),
            "font-size" => self.font_size = parse_font_size(first).or(self.font_size),
            "font" => {
                let size = words.iter().find_map(|word| parse_font_size(word));
                self.font_size = size.or(self.font_size);
            }
            "text-decoration" | "text-decoration-line" => {
                self.del = Some(words.iter().any(|word| word == "line-through"));
            }
            "vertical-align" if is("super") => self.script = Some(Script::Raised),
            "vertical-align" if is("sub") => self.script = Some(Script::Lowered),
            "list-style" | "list-style-type" => {
                let notation = words.iter().find_map(|word| ListNotation::parse_css(word));
                self.list_notation = notation.or(self.list_notation);
            }
            _ => {}
        }
    }

    fn set_box_property(
        &mut self,
        Declaration {
            property, words, ..
        }: &Declaration,
    ) {
        let first = words.first().map_or("", String::as_str);
        let is_zero = || parse_length(first).is_some_and(|(number, _)| number == 0.0);
        match property.as_str() {
            "display" => self.has_no_box = Some(first == "none"),
            "visibility" => self.is_invisible = Some(matches!(first, "hidden" | "collapse")),
            "opacity" => self.is_transparent = Some(is_zero()),
            "max-height" => self.has_no_height = Some(is_zero()),
            "overflow" | "overflow-y" => {
                self.cuts_overflow = Some(matches!(first, "hidden" | "clip"));
            }
            "mso-hide" => self.is_hidden_in_outlook = Some(first == "all"),
            "width" => self.width = Some(parse_pixels(first)),
            "height" => self.height = Some(parse_pixels(first)),
            _ => {}
        }
    }

    /// Fills the properties that are not set from `other`.
    pub(crate) fn or(self, other: ElementStyle) -> ElementStyle {
        ElementStyle {
            strong: self.strong.or(other.strong),
            em: self.em.or(other.em),
            del: self.del.or(other.del),
            script: self.script.or(other.script),
            font_size: self.font_size.or(other.font_size),
            list_notation: self.list_notation.or(other.list_notation),
            width: self.width.or(other.width),
            height: self.height.or(other.height),
            has_no_box: self.has_no_box.or(other.has_no_box),
            is_invisible: self.is_invisible.or(other.is_invisible),
            is_transparent: self.is_transparent.or(other.is_transparent),
            has_no_height: self.has_no_height.or(other.has_no_height),
            cuts_overflow: self.cuts_overflow.or(other.cuts_overflow),
            is_hidden_in_outlook: self.is_hidden_in_outlook.or(other.is_hidden_in_outlook),
        }
    }

    /// Returns true if readers do not see the element with this tag name.
    pub(crate) fn hides(&self, name: &str) -> bool {
        let is_set = |property| property == Some(true);
        let is_flat = self.height == Some(Some(0.0)) && is_set(self.cuts_overflow);
        // A button's link is often hidden in Outlook alone, where a drawing replaces it.
        let is_hidden_in_outlook = is_set(self.is_hidden_in_outlook) && name != "a";
        is_flat
            || is_hidden_in_outlook
            || is_set(self.has_no_box)
            || is_set(self.is_invisible)
            || is_set(self.is_transparent)
            || is_set(self.has_no_height)
    }
}

fn parse_weight(weight: &str) -> Option<bool> {
    /// Browsers choose a bold face from this weight on.
    const BOLD: u32 = 600;
    match weight {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" | "initial" => Some(false),
        _ => weight.parse().ok().map(|weight: u32| weight >= BOLD),
    }
}

fn parse_font_size(size: &str) -> Option<FontSize> {
    match (size, parse_length(size)) {
        (_, Some((0.0, _))) => Some(FontSize::Zero),
        (_, Some((_, "em" | "ex" | "ch" | "%"))) | ("smaller" | "larger", _) => {
            Some(FontSize::Relative)
        }
        // Without a unit it is no size.
        (_, Some((_, ""))) => None,
        (_, Some(_)) => Some(FontSize::Absolute),
        ("initial" | "small" | "medium" | "large", _) => Some(FontSize::Absolute),
        _ if size.starts_with("x-") || size.starts_with("xx-") => Some(FontSize::Absolute),
        _ => None,
    }
}

/// Splits `1.5em` into its number and its unit.
fn parse_length(length: &str) -> Option<(f32, &str)> {
    let end = length.find(|character: char| character.is_ascii_alphabetic() || character == '%');
    let (number, unit) = length.split_at(end.unwrap_or(length.len()));
    Some((number.parse().ok()?, unit))
}

/// Parses a length in pixels.
pub(crate) fn parse_pixels(length: &str) -> Option<f32> {
    let (number, unit) = parse_length(length)?;
    (matches!(unit, "" | "px") || number == 0.0).then_some(number)
}
