//! Removes code of templates that stands for no text, such as `{% include links.md %}`, before the
//! Markdown is parsed: what follows it, such as definitions of addresses, then counts as it does for
//! the program that the code is for.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag};

use super::parser::OPTIONS;
use super::template_code::find_statements;
use crate::source_map::Span;
use crate::{Diagnostic, Rule};

/// Replaces each statement by as many spaces, so that all spans stay right. Returns a warning for
/// each.
///
/// A statement at the start of a line with text behind it stays: behind so many spaces the text would
/// be code.
pub(crate) fn blank_statements(source: &str) -> (Cow<'_, str>, Vec<Diagnostic>) {
    let statements: Vec<Span> = parts_without_code(source)
        .into_iter()
        .flat_map(|part| find_statements(source, part))
        .filter(|span| !begins_line_of_text(source, span))
        .collect();
    if statements.is_empty() {
        return (source.into(), Vec::new());
    }
    let mut blanked = String::with_capacity(source.len());
    for span in &statements {
        blanked.push_str(&source[blanked.len()..span.start]);
        blanked.extend(source[span.clone()].bytes().map(|_| ' '));
    }
    blanked.push_str(&source[blanked.len()..]);
    let warnings = statements
        .into_iter()
        .map(|span| omission_warning(source, span));
    let warnings = warnings.collect();
    (blanked.into(), warnings)
}

fn omission_warning(source: &str, span: Span) -> Diagnostic {
    let code = &source[span.clone()];
    Diagnostic::warning(
        Rule::TemplateCode,
        span,
        format!("“{code}” is code of a template, which stands for no text: it is left out"),
        "remove it; text about code stands between backticks, `…`",
    )
}

/// Returns the spans between pieces of Markdown code.
fn parts_without_code(source: &str) -> Vec<Span> {
    if !source.contains("{%") && !source.contains("{:") {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (event, span) in Parser::new_ext(source, OPTIONS).into_offset_iter() {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            parts.push(start..span.start.max(start));
            start = span.end.max(start);
        }
    }
    parts.push(start..source.len());
    parts
}

fn begins_line_of_text(source: &str, span: &Span) -> bool {
    // Only the white space around it is read: a line may hold many statements.
    let is_space = |sign: char| sign != '\n' && sign.is_whitespace();
    let before = source[..span.start].trim_end_matches(is_space);
    let after = source[span.end..].trim_start_matches(is_space);
    let begins = before.is_empty() || before.ends_with('\n');
    begins && !after.is_empty() && !after.starts_with('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the words of each line.
    fn list_words(text: &str) -> Vec<Vec<&str>> {
        let lines = text.split('\n');
        lines
            .map(|line| line.split_whitespace().collect())
            .collect()
    }

    #[test]
    fn statements_and_attributes_are_blanked() {
        for (source, expected) in [
            ("a\n\n{% include b.md %}\n[c]: d", "a\n\n \n[c]: d"),
            ("a. {% assign b=\"1:00\" %}\nc", "a. \nc"),
            ("text\n{:.center}\n\nb", "text\n \n\nb"),
            ("a {% if b %}c{% endif %} d", "a c d"),
            ("日本 {% assign b=\"日\" %}\n", "日本 \n"),
        ] {
            let (blanked, warnings) = blank_statements(source);
            assert_eq!(blanked.len(), source.len(), "{source}");
            assert_eq!(list_words(&blanked), list_words(expected), "{source}");
            assert!(!warnings.is_empty(), "{source}");
        }
    }

    #[test]
    fn other_code_and_text_stay() {
        for source in [
            "`{% a %}` and\n\n```\n{% b %}\n```\n\n    {% c %}\n",
            "Dear {{ name }}, *|FNAME|*",
            "{% note %} text behind it",
            "{% open",
            "{: not attributes }",
        ] {
            let (blanked, warnings) = blank_statements(source);
            assert_eq!(blanked, source);
            assert_eq!(warnings, [], "{source}");
        }
    }

    #[test]
    fn long_texts_are_fast() {
        for part in ["{% a %}", "{%", "{: .a }", "`{% a %}` "] {
            blank_statements(&part.repeat(50_000));
        }
    }
}
