//! Fields: a code, such as `HYPERLINK "https://…"`, followed by the text to show, with marks between
//! them.

use std::mem;
use std::rc::Rc;

use super::field_code::parse_hyperlink;

/// The fields that have begun and not ended, outermost first.
#[derive(Default)]
pub(crate) struct OpenFields {
    fields: Vec<WordField>,
    /// The indexes of those whose code has not ended.
    in_code: Vec<usize>,
}

/// A field.
#[derive(Default)]
pub(crate) struct WordField {
    pub(crate) code: String,
    /// The value of a form field.
    pub(crate) form_value: Option<String>,
    pub(crate) start: FieldStart,
    /// True once the code has ended and the text to show follows.
    pub(crate) is_separated: bool,
    /// True if there was a text to show.
    pub(crate) has_result: bool,
    /// The address that the text at this position links to: that of this field, once its code is
    /// read, or that of the field around it.
    href: Option<Rc<str>>,
}

/// The position where a field begins: a paragraph, and the number of its pieces before the field.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FieldStart {
    pub(crate) paragraph: usize,
    pub(crate) piece: usize,
}

impl OpenFields {
    pub(crate) fn begin(&mut self, start: FieldStart, form_value: Option<&str>) {
        self.in_code.push(self.fields.len());
        self.fields.push(WordField {
            start,
            form_value: form_value.map(str::to_owned),
            href: self.href(),
            ..WordField::default()
        });
    }

    /// Adds to the code of the innermost field whose code has not ended.
    pub(crate) fn push_code(&mut self, code: &str) {
        let field = self
            .in_code
            .last()
            .and_then(|index| self.fields.get_mut(*index));
        if let Some(field) = field {
            field.code.push_str(code);
        }
    }

    /// Returns true if text at this position is part of a code.
    pub(crate) fn is_in_code(&self) -> bool {
        !self.in_code.is_empty()
    }

    /// Notes that the innermost field shows something.
    pub(crate) fn mark_result(&mut self) {
        if let Some(field) = self.fields.last_mut() {
            field.has_result |= field.is_separated;
        }
    }

    /// Ends the code of the innermost field; the text to show follows. Returns where it began.
    pub(crate) fn separate(&mut self) -> Option<FieldStart> {
        let index = self.fields.len().checked_sub(1)?;
        self.in_code.pop_if(|open| *open == index)?;
        let field = self.fields.last_mut()?;
        field.is_separated = true;
        if let Some(href) = parse_hyperlink(&field.code) {
            field.href = Some(href.into());
        }
        Some(field.start)
    }

    /// Ends the innermost field.
    pub(crate) fn end(&mut self) -> Option<WordField> {
        let mut field = self.fields.pop()?;
        let index = self.fields.len();
        self.in_code.pop_if(|open| *open == index);
        if field.has_result {
            self.mark_result();
        }
        field.code = mem::take(&mut field.code).trim().to_owned();
        Some(field)
    }

    /// Returns the address that the text at this position links to.
    pub(crate) fn href(&self) -> Option<Rc<str>> {
        self.fields.last()?.href.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shown_text_is_linked_also_in_inner_fields() {
        let mut fields = OpenFields::default();
        fields.begin(FieldStart::default(), None);
        fields.push_code("HYPERLINK ");
        fields.push_code("\"https://example.com/\"");
        assert_eq!(fields.href(), None);
        fields.separate();
        fields.begin(FieldStart::default(), None);
        fields.push_code("PAGE");
        fields.separate();
        assert_eq!(fields.href().as_deref(), Some("https://example.com/"));
        fields.end();
        fields.end();
        fields.end();
        assert_eq!(fields.href(), None);
    }

    #[test]
    fn text_of_an_inner_field_belongs_to_the_outer_code() {
        let mut fields = OpenFields::default();
        fields.begin(FieldStart::default(), None);
        fields.push_code("QUOTE \"");
        fields.begin(FieldStart::default(), None);
        fields.push_code("DATE");
        fields.separate();
        assert!(fields.is_in_code());
        fields.push_code("Friday");
        fields.mark_result();
        fields.end();
        fields.push_code("\"");
        assert_eq!(fields.end().unwrap().code, "QUOTE \"Friday\"");
        assert!(!fields.is_in_code());
    }
}
