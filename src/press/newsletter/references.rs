use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser, RefDefs};

use super::markdown::Span;
use crate::{Diagnostic, Rule, SourceFile};

/// The addresses that all issues of a series share: `[name]: address`.
pub(crate) struct References<'a> {
    parser: Option<Parser<'a>>,
}

impl<'a> References<'a> {
    /// Reads them; a name with two addresses is named.
    pub(crate) fn of(
        file: Option<&'a Arc<SourceFile>>,
        options: Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> References<'a> {
        let parser = file.map(|file| {
            let parser = Parser::new_ext(&file.text, options);
            let errors = redefined(&file.text, parser.reference_definitions(), options);
            diagnostics.extend(errors.into_iter().map(|error| error.in_file(file.clone())));
            parser
        });
        References { parser }
    }

    /// The address and the title behind a name.
    pub(crate) fn find(&self, name: &str) -> Option<(CowStr<'static>, CowStr<'static>)> {
        let definition = self.parser.as_ref()?.reference_definitions().get(name)?;
        let owned = |text: &str| CowStr::from(text.to_owned());
        Some((
            owned(&definition.dest),
            owned(definition.title.as_deref().unwrap_or_default()),
        ))
    }
}

/// The address of a link whose name has none, which no newsletter can hold: the error has
/// named it already.
pub(crate) const UNDEFINED: &str = "\0";

/// The error for a link whose name has no address; `None` if it may be text in brackets.
pub(crate) fn undefined(link: &BrokenLink<'_>, span: Span) -> Option<Diagnostic> {
    let is_link = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
    is_link.then(|| {
        Diagnostic::error(
            Rule::UndefinedReference,
            span,
            format!("no address is defined for “{}”", link.reference),
            format!(
                "add a line “[{}]: https://…” at the end of the file",
                link.reference
            ),
        )
    })
}

/// The errors for names that have a second address or title, which Markdown drops without a word.
pub(crate) fn redefined(
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
    // Without the first definitions, the second ones are found.
    let others = blanked(text, spans);
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
        let twice = Diagnostic::error(
            Rule::Twice,
            second.span.clone(),
            message,
            "keep the one that is right",
        );
        errors.push(twice.with_label(first.span.clone(), "the first one"));
    }
    errors
}

fn blanked(text: &str, mut spans: Vec<Span>) -> String {
    spans.sort_by_key(|span| span.start);
    let mut blanked = String::with_capacity(text.len());
    for span in spans {
        blanked.push_str(&text[blanked.len()..span.start]);
        let space = text[span].bytes().map(|byte| {
            if matches!(byte, b'\n' | b'\r') {
                char::from(byte)
            } else {
                ' '
            }
        });
        blanked.extend(space);
    }
    blanked.push_str(&text[blanked.len()..]);
    blanked
}
