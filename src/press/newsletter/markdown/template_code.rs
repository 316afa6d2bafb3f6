//! Finds code of templates and mail programs, which was to be replaced before publication.

use crate::source_map::Span;
use crate::{Diagnostic, Rule};

/// The signs around code: Jinja, Liquid and Hugo, Jekyll, Mailchimp, ERB.
const FENCES: [(&str, &str); 4] = [("{{", "}}"), ("{%", "%}"), ("*|", "|*"), ("<%", "%>")];

/// Maximum length of code in bytes.
const MAX_LENGTH: usize = 500;

/// Returns the warnings about a part of a newsletter that is no Markdown code.
pub(super) fn find_template_code(source: &str, part: Span) -> Vec<Diagnostic> {
    let spans = find_spans(source, part).into_iter();
    spans
        .map(|span| code_warning(span.clone(), &source[span]))
        .collect()
}

/// Returns the code in a part that stands for no text: statements, as in Jinja and Liquid, and
/// attributes of Markdown, as in kramdown.
pub(super) fn find_statements(source: &str, part: Span) -> Vec<Span> {
    let mut spans = find_spans(source, part);
    let is_statement = |code: &str| code.starts_with("{%") || code.starts_with("{:");
    spans.retain(|span| is_statement(&source[span.clone()]));
    spans
}

fn find_spans(source: &str, part: Span) -> Vec<Span> {
    let text = source.get(part.clone()).unwrap_or_default();
    let mut spans = Vec::new();
    let mut end = 0;
    for (start, _) in text.match_indices(['{', '*', '%', '<']) {
        if start < end || text[..start].ends_with('\\') {
            continue;
        }
        if let Some(length) = find_code(text, start) {
            end = start + length;
            spans.push(part.start + start..part.start + end);
        }
    }
    spans
}

fn code_warning(span: Span, code: &str) -> Diagnostic {
    Diagnostic::warning(
        Rule::TemplateCode,
        span,
        format!("“{code}” is code of a template or mail program, and readers would see it"),
        "write what should stand here, or remove it; text about code stands between backticks, `…`",
    )
}

/// Returns the length of the code at `start`.
fn find_code(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let rest = &rest[..rest.floor_char_boundary(MAX_LENGTH)];
    let fenced = FENCES.iter().find_map(|(open, close)| {
        let inside = rest.strip_prefix(open)?;
        let length = inside.find(close)?;
        let code = &inside[..length];
        let has_text = match *open {
            "*|" => code.starts_with(char::is_alphabetic),
            _ => code.contains(char::is_alphanumeric),
        };
        (has_text && !is_math(&text[..start])).then_some(open.len() + length + close.len())
    });
    fenced
        .or_else(|| find_merge_field(rest))
        .or_else(|| find_attributes(rest))
}

/// Returns true if braces belong to a formula: “x^{{2}}”, “\frac{{a}}{b}”.
fn is_math(before: &str) -> bool {
    let command = before.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    before.ends_with(['^', '_', '}']) || command.len() < before.len() && command.ends_with('\\')
}

/// Finds “%%name%%”.
fn find_merge_field(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix("%%")?;
    let length = name.find("%%")?;
    is_name(&name[..length]).then_some(length + 4)
}

/// Finds attributes as in kramdown and Pandoc: “{#id}”, “{.class}”, “{: .class key="value"}”.
fn find_attributes(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('{')?;
    let length = inside.find(['}', '{', '\n'])?;
    let attributes = inside[..length]
        .strip_prefix(':')
        .unwrap_or(&inside[..length]);
    let is_attribute = |word: &str| match word.strip_prefix(['#', '.']) {
        Some(name) => is_name(name),
        None => word.contains('='),
    };
    let mut words = attributes.split_whitespace();
    let starts = words.next().is_some_and(|word| {
        is_attribute(word) && (word.starts_with(['#', '.']) || inside.starts_with(':'))
    });
    (starts && inside[length..].starts_with('}') && words.all(is_attribute)).then_some(length + 2)
}

fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text
            .chars()
            .all(|sign| sign.is_alphanumeric() || "-_.:".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::super::check_text;

    fn find(source: &str) -> Vec<&str> {
        check_text(source)
            .into_iter()
            .filter(|warning| warning.rule == crate::Rule::TemplateCode)
            .map(|warning| &source[warning.spans[0].span.clone()])
            .collect()
    }

    #[test]
    fn template_code_is_a_warning() {
        for (source, expected) in [
            ("Dear {{ first_name }}, hello", "{{ first_name }}"),
            ("こんにちは{{name}}さん", "{{name}}"),
            ("{% include references.md %}", "{% include references.md %}"),
            ("see {{< ref \"a_b_c.md\" >}}", "{{< ref \"a_b_c.md\" >}}"),
            ("{{% note %}}", "{{% note %}}"),
            ("## Jobs {#jobs}", "{#jobs}"),
            ("text {:.center}", "{:.center}"),
            ("text {: .a #b width=\"5\"}", "{: .a #b width=\"5\"}"),
            ("[a](https://a.example/){.button}", "{.button}"),
            ("Hi *|FNAME|*!", "*|FNAME|*"),
            ("Hi %%first_name%%!", "%%first_name%%"),
            ("Hi <%= name %>!", "<%= name %>"),
            ("[a]({{site.url}}/b)", "{{site.url}}"),
        ] {
            assert_eq!(find(source), [expected], "{source}");
        }
        assert_eq!(find("{{ a }} and {% b %}\n\n{{ c }}").len(), 3);
    }

    #[test]
    fn ordinary_text_has_no_warning() {
        for source in [
            "`{{ a }}` and ``{% b %}``",
            "```\n{{ a }}\n```",
            "\\{\\{ a }} \\{{ b }}",
            "x^{{2}}, \\frac{{a}}{b}, {x : x > 0}, {1, 2}, {}, {{}}, {.5}, {# 1}",
            "100%% and 50%%, 5*|6|*7, {a} {:}",
            "{{ open, {% open, *| open",
        ] {
            assert_eq!(find(source), Vec::<&str>::new(), "{source}");
        }
    }

    #[test]
    fn long_texts_are_fast() {
        for part in ["{{", "{%a", "*|a", "{#", "%%a", "<%", "{:"] {
            find(&part.repeat(50_000));
        }
    }
}
