//! Front matter in TOML.

use std::collections::BTreeMap;

use toml::{Spanned, Value};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::settings::{FrontMatterError, RawEntry, Settings};
use crate::source_map::Span;

/// Parses the keys and the comments of a TOML document, in the order of the text.
pub(super) fn parse_settings(text: &str) -> Result<Settings, FrontMatterError> {
    let table: BTreeMap<Spanned<String>, Spanned<Value>> =
        toml::from_str(text).map_err(|error| FrontMatterError {
            message: error.message().replace('\n', "; "),
            span: error.span().unwrap_or(0..0),
        })?;
    let new_entry = |(key, value): (Spanned<String>, Spanned<Value>)| {
        let span = key.span().start..value.span().end.max(key.span().end);
        RawEntry {
            name: key.into_inner(),
            value: value_as_written(&value, text),
            span,
        }
    };
    let mut entries: Vec<_> = table.into_iter().map(new_entry).collect();
    entries.sort_by_key(|entry| entry.span.start);
    Ok(Settings {
        entries,
        comments: find_comments(text),
    })
}

fn find_comments(text: &str) -> Vec<Span> {
    let comments = Source::new(text)
        .lex()
        .filter(|token| token.kind() == TokenKind::Comment);
    comments
        .map(|token| token.span().start()..token.span().end())
        .collect()
}

/// Returns the value as the text has it: as a number, the volume 1.10 would be 1.1.
fn value_as_written(value: &Spanned<Value>, text: &str) -> Option<String> {
    match value.get_ref() {
        Value::Array(_) | Value::Table(_) => None,
        Value::String(string) => Some(string.clone()),
        _ => text.get(value.span()).map(str::to_owned),
    }
}
