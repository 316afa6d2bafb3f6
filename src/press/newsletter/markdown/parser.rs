//! Runs pulldown-cmark on a newsletter and finds undefined, redefined and unused addresses.

use std::borrow::Cow;
use std::collections::HashSet;
use std::mem;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::bare_addresses::link_bare_addresses;
use super::cjk_emphasis::SeparatedText;
use super::footnotes::number_footnotes;
use super::leftovers::Paragraphs;
use super::references::{self, References};
use super::tree::Inline;
use crate::budget::{Budget, Limit};
use crate::image_source::WordParts;
use crate::source_map::Span;
use crate::{Diagnostic, SourceFile};

/// These extensions carry text that would otherwise be mangled silently.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// The events of a Markdown document.
pub(super) struct ParsedInlines<'a> {
    pub(super) inlines: Vec<Inline<'a>>,
    /// The links without an address, by their names.
    undefined: Vec<(String, Diagnostic)>,
    /// The warnings about texts in brackets, `[name]`, that may be links.
    undefined_shortcuts: Vec<Diagnostic>,
    /// The definitions `[name]: address` that no link uses.
    pub(super) unused_definitions: Vec<Span>,
}

/// Parses the events of the document that begins at `start` in `source`.
pub(super) fn parse_inlines<'a>(
    source: &'a str,
    start: usize,
    references: Option<&Arc<SourceFile>>,
    word_parts: &WordParts,
    budget: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> ParsedInlines<'a> {
    let separated = SeparatedText::new(&source[start..]);
    let map_span = |span: Span| {
        separated.original_offset(span.start) + start..separated.original_offset(span.end) + start
    };
    let references = References::parse(references, OPTIONS, diagnostics);
    let mut parsed = match &separated.text {
        Cow::Borrowed(text) => parse_text(text, &references, &map_span, budget, diagnostics),
        Cow::Owned(text) => {
            let parsed = parse_text(text, &references, &map_span, budget, diagnostics);
            let inlines = parsed.inlines.into_iter();
            ParsedInlines {
                inlines: inlines.map(without_separators).collect(),
                undefined: parsed.undefined,
                undefined_shortcuts: parsed.undefined_shortcuts,
                unused_definitions: parsed.unused_definitions,
            }
        }
    };
    let before = parsed.inlines.len();
    parsed.inlines = link_bare_addresses(parsed.inlines, source);
    budget.spend(Limit::Pieces, parsed.inlines.len().saturating_sub(before));
    if !budget.is_exceeded() {
        references.explain(&mut parsed.undefined);
        let paragraphs = Paragraphs::new(&parsed.inlines, source);
        diagnostics.extend(paragraphs.find_leftovers(&mut parsed.undefined));
    }
    let undefined = mem::take(&mut parsed.undefined).into_iter();
    diagnostics.extend(undefined.map(|(_, error)| error));
    diagnostics.append(&mut parsed.undefined_shortcuts);
    for inline in &mut parsed.inlines {
        if let Event::Start(Tag::Image { dest_url, .. }) = &inline.event {
            inline.image = Some(word_parts.find_source(dest_url));
        }
    }
    number_footnotes(&mut parsed.inlines);
    parsed
}

fn parse_text<'t>(
    text: &'t str,
    references: &References<'_>,
    map_span: &impl Fn(Span) -> Span,
    budget: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> ParsedInlines<'t> {
    let mut undefined = Vec::new();
    let mut shortcuts = Vec::new();
    // The parser itself limits how often the definitions in the text are copied.
    let mut copied = 0;
    let max_copied = budget.left(Limit::References);
    let resolve = |link: BrokenLink<'t>| {
        if let Some((address, title)) = references.find(&link.reference) {
            copied += (address.len() + title.len()) as u64;
            return (copied <= max_copied).then_some((address, title));
        }
        // “[a][b](address)” is a link to an address behind a text in brackets.
        let is_inline = text[link.span.end..].starts_with('(');
        let span = map_span(link.span.clone());
        let Some(error) = references::undefined_error(&link, span.clone()) else {
            let rest = text[link.span.end..].trim_start_matches(' ');
            // Round brackets have their own warning.
            let is_apart = !text[..link.span.start].ends_with(is_code_sign);
            if is_apart && !rest.starts_with(['(', '[', ':']) && may_be_name(&link.reference) {
                shortcuts.push(references::undefined_shortcut_warning(
                    &link.reference,
                    span,
                ));
            }
            return None;
        };
        if is_inline {
            return None;
        }
        undefined.push((link.reference.to_string(), error));
        Some((references::UNDEFINED.into(), "".into()))
    };
    let parser =
        Parser::new_with_broken_link_callback(text, OPTIONS, Some(resolve)).into_offset_iter();
    let definitions = parser.reference_definitions();
    for mut error in references::find_redefined(text, definitions, OPTIONS) {
        for span in &mut error.spans {
            span.span = map_span(span.span.clone());
        }
        diagnostics.push(error);
    }
    let definitions: Vec<_> = definitions
        .iter()
        .map(|(_, link)| (link.dest.to_string(), map_span(link.span.clone())))
        .collect();
    let inlines: Vec<_> = parser
        .take_while(|_| budget.spend(Limit::Pieces, 1))
        .map(|(event, span)| new_inline(event, span, text, map_span))
        .collect();
    budget.spend(Limit::References, copied as usize);
    if !inlines.iter().any(is_shortcut) {
        shortcuts.clear();
    }
    let unused_definitions = find_unused_definitions(definitions, &inlines);
    ParsedInlines {
        inlines,
        undefined,
        undefined_shortcuts: shortcuts,
        unused_definitions,
    }
}

/// Returns true unless a text in brackets is surely no name of a link: “[sic]”, “[…]”, “[x]”, “[1]”.
fn may_be_name(text: &str) -> bool {
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    letters > 1 && !text.eq_ignore_ascii_case("sic") && !text.starts_with('^')
}

/// Returns true for a character before brackets that makes them code: “a[i]”, “#[doc]”, “![a]”.
fn is_code_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "#!$@".contains(sign)
}

/// Returns true for a link `[name]`.
fn is_shortcut(inline: &Inline<'_>) -> bool {
    let Event::Start(Tag::Link { link_type, .. }) = &inline.event else {
        return false;
    };
    matches!(link_type, LinkType::Shortcut | LinkType::ShortcutUnknown)
}

fn new_inline<'t>(
    event: Event<'t>,
    span: Span,
    text: &str,
    map_span: &impl Fn(Span) -> Span,
) -> Inline<'t> {
    let is_double = text[span.clone()].starts_with("~~");
    let event = match event {
        // A single “~” is text: editors write “10~20” for “10 to 20”.
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) if !is_double => {
            Event::Text("~".into())
        }
        event => event,
    };
    Inline {
        event,
        image: None,
        span: map_span(span),
    }
}

fn find_unused_definitions(definitions: Vec<(String, Span)>, inlines: &[Inline<'_>]) -> Vec<Span> {
    let used: HashSet<_> = inlines
        .iter()
        .filter_map(|inline| link_address(&inline.event))
        .collect();
    let unused = definitions
        .into_iter()
        .filter(|(address, _)| !used.contains(address.as_str()));
    unused.map(|(_, span)| span).collect()
}

fn link_address<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    }
}

/// Removes the separators of [`SeparatedText`].
fn without_separators(inline: Inline<'_>) -> Inline<'static> {
    let mut event = inline.event.into_static();
    match &mut event {
        Event::Text(text) | Event::Code(text) => remove_separators(text),
        Event::Start(
            Tag::Link {
                dest_url, title, ..
            }
            | Tag::Image {
                dest_url, title, ..
            },
        ) => {
            remove_separators(dest_url);
            remove_separators(title);
        }
        _ => {}
    }
    Inline {
        event,
        image: inline.image,
        span: inline.span,
    }
}

fn remove_separators(text: &mut CowStr<'_>) {
    if let Some(clean) = SeparatedText::without_separators(text) {
        *text = clean.into();
    }
}
