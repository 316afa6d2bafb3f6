//! Finds definitions of addresses, `[name]: address`, that Markdown takes for text: those without
//! an empty line above them.

use std::collections::HashMap;

use super::joined_text::JoinedText;
use crate::diagnostic::line_number;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, SourceFile};

/// The definitions that do not count, each with its name.
pub(super) struct UncountedDefinitions(Vec<(String, Span, Fault)>);

/// The reason why a definition does not count.
#[derive(Clone, Copy)]
enum Fault {
    TextAbove,
    Form,
}

impl UncountedDefinitions {
    pub(super) fn find(paragraphs: &[JoinedText]) -> UncountedDefinitions {
        UncountedDefinitions(paragraphs.iter().flat_map(find_in_paragraph).collect())
    }

    /// Explains the errors about names without an address that have such a definition, and returns
    /// warnings about the other definitions.
    pub(super) fn explain(self, undefined: &mut [(String, Diagnostic)]) -> Vec<Diagnostic> {
        let mut unused: HashMap<_, _> = HashMap::new();
        for (name, span, fault) in self.0 {
            unused.entry(name).or_insert((span, fault, false));
        }
        for (name, error) in undefined {
            if let Some((span, fault, is_explained)) = unused.get_mut(&normalize_name(name)) {
                *is_explained = true;
                error.remedy = fault.remedy().to_owned();
                let label = "this line is read as text, not as a definition";
                *error = error.clone().with_label(span.clone(), label);
            }
        }
        let unused = unused
            .into_values()
            .filter(|(.., is_explained)| !is_explained);
        unused
            .map(|(span, fault, _)| fault.into_warning(span))
            .collect()
    }
}

/// Explains the errors about names that the references file defines in lines that do not count.
pub(super) fn explain_by_file(
    paragraphs: &[JoinedText],
    file: &SourceFile,
    undefined: &mut [(String, Diagnostic)],
) {
    let found = UncountedDefinitions::find(paragraphs).0.into_iter();
    let lines: HashMap<_, _> = found
        .map(|(name, span, fault)| (name, (span, fault)))
        .collect();
    for (name, error) in undefined {
        if let Some((span, fault)) = lines.get(&normalize_name(name)) {
            let line = line_number(&file.text, span.start);
            let path = file.path.display();
            error.remedy = format!("line {line} of {path} is read as text: {}", fault.remedy());
        }
    }
}

impl Fault {
    fn remedy(self) -> &'static str {
        match self {
            Fault::TextAbove => "add an empty line above it",
            Fault::Form => "write only “[name]: https://address” on the line of the definition",
        }
    }

    fn into_warning(self, span: Span) -> Diagnostic {
        let message = match self {
            Fault::TextAbove => {
                "this line is read as text and defines no address: there is text above it"
            }
            Fault::Form => "this line is read as text and defines no address",
        };
        Diagnostic::warning(Rule::HalfWritten, span, message, self.remedy())
    }
}

fn find_in_paragraph(paragraph: &JoinedText) -> Vec<(String, Span, Fault)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, line) in paragraph.signs.split('\n').enumerate() {
        if let Some(name) = parse_name(line) {
            let fault = if index > 0 {
                Fault::TextAbove
            } else {
                Fault::Form
            };
            let span = paragraph.source_span(start..start + line.len());
            found.push((normalize_name(name), span, fault));
        }
        start += line.len() + 1;
    }
    found
}

/// Returns the name in “[name]: https://…”.
fn parse_name(line: &str) -> Option<&str> {
    let (name, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    let address = rest.trim_start().strip_prefix([':', '：'])?.trim_start();
    let address = address.trim_start_matches('<');
    let starts = ["https:", "http:", "mailto:"];
    let is_definition = !name.is_empty() && starts.iter().any(|start| address.starts_with(start));
    is_definition.then_some(name)
}

/// Returns the form in which Markdown compares names.
fn normalize_name(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::check_text;

    #[test]
    fn definitions_without_an_empty_line_above_explain_the_missing_address() {
        for source in [
            "See [release][cl].\n[cl]: https://a.example/",
            "See [release][CL].\n\n{% x %}\n[cl]: <https://a.example/>",
            "- See [release][cl].\n  [cl]: https://a.example/",
        ] {
            let found = check_text(source);
            let error = found.iter().find(|error| error.is_error()).unwrap();
            assert_eq!(error.remedy, "add an empty line above it", "{source}");
            assert!(
                source[error.spans[1].span.clone()].starts_with("[cl]:"),
                "{source}"
            );
        }
    }

    #[test]
    fn other_definitions_that_do_not_count_are_warnings() {
        for (source, remedy) in [
            ("text\n[a]: https://a.example/", "empty line above"),
            ("[a]: https://a.example/ b", "write only"),
            ("[a] : https://a.example/", "write only"),
        ] {
            let found = check_text(source);
            assert_eq!(found.len(), 1, "{source}: {found:?}");
            assert!(found[0].remedy.contains(remedy), "{source}: {found:?}");
        }
        for source in [
            "[a]\n\n[a]: https://a.example/",
            "[a]: b",
            "`[a]: https://a.example/`",
        ] {
            assert_eq!(check_text(source), [], "{source}");
        }
    }
}
