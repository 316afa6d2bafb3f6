//! Definitions of reference links, `[name]: address`: the ones all issues share, and errors in
//! them.

use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser, RefDefs};

use super::joined_text::{JoinedText, split_paragraphs};
use super::tree::Inline;
use super::uncounted_definitions::explain_by_file;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, SourceFile};

/// The addresses that all issues of a series share.
pub(super) struct References<'a> {
    file: Option<&'a SourceFile>,
    options: Options,
    parser: Option<Parser<'a>>,
}

/// Maximum number of pieces of text that are searched for definitions that do not count.
const MAX_PIECES: usize = 50_000;

impl<'a> References<'a> {
    /// Parses them; a name with two addresses is an error.
    pub(super) fn parse(
        file: Option<&'a Arc<SourceFile>>,
        options: Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> References<'a> {
        let parser = file.map(|file| {
            let parser = Parser::new_ext(&file.text, options);
            let errors = find_redefined(&file.text, parser.reference_definitions(), options);
            diagnostics.extend(errors.into_iter().map(|error| error.in_file(file.clone())));
            parser
        });
        References {
            file: file.map(Arc::as_ref),
            options,
            parser,
        }
    }

    /// Explains the errors about names that the file seems to define.
    pub(super) fn explain(&self, undefined: &mut [(String, Diagnostic)]) {
        let Some(file) = self.file.filter(|_| !undefined.is_empty()) else {
            return;
        };
        let parser = Parser::new_ext(&file.text, self.options).into_offset_iter();
        let inlines: Vec<_> = parser
            .take(MAX_PIECES)
            .map(|(event, span)| Inline {
                event,
                image: None,
                span,
            })
            .collect();
        let paragraphs = split_paragraphs(&inlines).into_iter();
        let paragraphs: Vec<_> = paragraphs
            .map(|paragraph| JoinedText::new(paragraph, &file.text))
            .collect();
        explain_by_file(&paragraphs, file, undefined);
    }

    /// Returns the address and the title of a name.
    pub(super) fn find(&self, name: &str) -> Option<(CowStr<'static>, CowStr<'static>)> {
        let definition = self.parser.as_ref()?.reference_definitions().get(name)?;
        let owned = |text: &str| CowStr::from(text.to_owned());
        Some((
            owned(&definition.dest),
            owned(definition.title.as_deref().unwrap_or_default()),
        ))
    }
}

/// Stands for the address of an undefined name, which has its error already. No newsletter can hold
/// it.
pub(crate) const UNDEFINED: &str = "\0";

/// Returns the error for a link with an undefined name; `None` if it may be text in brackets.
pub(super) fn undefined_error(link: &BrokenLink<'_>, span: Span) -> Option<Diagnostic> {
    let name = &link.reference;
    let is_link = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
    let remedy = if name.contains("://") {
        format!("write the address in round brackets: [text]({name})")
    } else {
        format!("add a line “[{name}]: https://…” at the end of the file, below an empty line")
    };
    is_link.then(|| {
        let message = format!("no address is defined for “{name}”");
        Diagnostic::error(Rule::UndefinedReference, span, message, remedy)
    })
}

/// Returns the warning for a text in brackets, `[name]`, in a newsletter that has links of this form.
pub(super) fn undefined_shortcut_warning(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(
        Rule::HalfWritten,
        span,
        format!("“[{name}]” looks like a link, but no address is defined for it"),
        format!("add a line “[{name}]: https://…” at the end of the file, or write \\[{name}\\]"),
    )
}

/// Returns an error for each name with a second address or title, which Markdown drops silently.
pub(super) fn find_redefined(
    text: &str,
    definitions: &RefDefs<'_>,
    options: Options,
) -> Vec<Diagnostic> {
    let spans: Vec<_> = definitions
        .iter()
        .map(|(_, definition)| definition.span.clone())
        .collect();
    if spans.is_empty() {
        return Vec::new();
    }
    // Without the first definitions, the parser finds the second ones.
    let others = blank_out(text, spans);
    let others = Parser::new_ext(&others, options);
    let mut errors = Vec::new();
    for (name, second) in others.reference_definitions().iter() {
        let Some(first) = definitions.get(name) else {
            continue;
        };
        let message = match (&first.title, &second.title) {
            _ if first.dest != second.dest => {
                format!(
                    "“{name}” has two addresses, “{}” and “{}”",
                    first.dest, second.dest
                )
            }
            (one, other) if one != other => format!("“{name}” has one address, but two titles"),
            _ => continue,
        };
        let error = Diagnostic::error(
            Rule::Twice,
            second.span.clone(),
            message,
            "keep the one that is right",
        );
        errors.push(error.with_label(first.span.clone(), "the first one"));
    }
    errors
}

/// Replaces the spans by spaces, so that all others stay valid.
fn blank_out(text: &str, mut spans: Vec<Span>) -> String {
    spans.sort_by_key(|span| span.start);
    let mut blanked = String::with_capacity(text.len());
    for span in spans {
        blanked.push_str(&text[blanked.len()..span.start]);
        let spaces = text[span].bytes().map(|byte| {
            if matches!(byte, b'\n' | b'\r') {
                char::from(byte)
            } else {
                ' '
            }
        });
        blanked.extend(spaces);
    }
    blanked.push_str(&text[blanked.len()..]);
    blanked
}
