//! Groups warnings about neighbouring omissions into one.

use crate::count::format_count;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, Severity};

/// Groups omissions for the same reason with only spaces between them. The warning of a group spans
/// from the first omission to the last. The diagnostics are in the order of the source.
pub(crate) fn group_omissions(diagnostics: Vec<Diagnostic>, source: &str) -> Vec<Diagnostic> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = None;
    for diagnostic in diagnostics {
        let span = find_omission(&diagnostic);
        match open
            .and_then(|open: usize| groups.get_mut(open))
            .zip(span.clone())
        {
            Some((group, span)) if group.includes(&diagnostic, &span, source) => {
                group.last = span;
                group.more += 1;
            }
            _ => {
                // Other diagnostics, such as one about a link in the omission, do not end a group.
                open = if span.is_some() {
                    Some(groups.len())
                } else {
                    open
                };
                groups.push(Group {
                    first: diagnostic,
                    last: span.unwrap_or_default(),
                    more: 0,
                });
            }
        }
    }
    let newlines: Vec<_> = source
        .match_indices('\n')
        .map(|(offset, _)| offset)
        .collect();
    groups
        .into_iter()
        .map(|group| group.into_diagnostic(source, &newlines))
        .collect()
}

/// Returns the span of the omission that a diagnostic is about.
pub(super) fn find_omission(diagnostic: &Diagnostic) -> Option<Span> {
    let is_left_out = matches!(diagnostic.rule, Rule::NoPlace | Rule::LeftOut)
        && diagnostic.severity == Severity::Warning
        && diagnostic.file.is_none();
    diagnostic
        .spans
        .first()
        .filter(|_| is_left_out)
        .map(|labeled| labeled.span.clone())
}

/// Neighbouring omissions, or one other diagnostic.
struct Group {
    first: Diagnostic,
    last: Span,
    /// Number of further omissions.
    more: usize,
}

impl Group {
    /// Returns true if `next`, about `span`, has the same reason and only spaces before it.
    fn includes(&self, next: &Diagnostic, span: &Span, source: &str) -> bool {
        let between = source.get(self.last.end..span.start);
        self.first.rule == next.rule
            && self.first.remedy == next.remedy
            && between.is_some_and(|between| between.trim().is_empty())
    }

    fn into_diagnostic(self, source: &str, newlines: &[usize]) -> Diagnostic {
        let Group {
            mut first,
            last,
            more,
        } = self;
        let Some(labeled) = first.spans.first_mut().filter(|_| more > 0) else {
            return first;
        };
        let end = last.start
            + source
                .get(last.clone())
                .unwrap_or_default()
                .trim_end()
                .len();
        labeled.span.end = end;
        let above = newlines.partition_point(|newline| *newline < end);
        first.message += &format!(
            ", with {} up to line {}",
            format_count(more, "more part"),
            above + 1
        );
        // Labels the last line of an omission of several lines.
        let line = newlines[..above].last().map_or(0, |newline| newline + 1);
        first.with_label(last.start.max(line)..end, "up to here")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "a\n\nb\nc d e";

    fn omission(part: &str, remedy: &str) -> Diagnostic {
        let start = SOURCE.find(part).unwrap();
        Diagnostic::unsupported(start..start + part.len(), part, "an issue", remedy).into_omission()
    }

    /// Returns the messages and the texts of their spans.
    fn group_and_show(diagnostics: Vec<Diagnostic>) -> Vec<(String, Vec<&'static str>)> {
        let grouped = group_omissions(diagnostics, SOURCE).into_iter();
        grouped
            .map(|diagnostic| {
                let spans = diagnostic
                    .spans
                    .iter()
                    .map(|labeled| &SOURCE[labeled.span.clone()])
                    .collect();
                (diagnostic.message, spans)
            })
            .collect()
    }

    #[test]
    fn neighbours_with_the_same_reason_are_one_warning() {
        let link = Diagnostic::warning(Rule::PlaceholderLink, 3..4, "a link", "fix it");
        let all = ["a", "b", "c"].map(|part| omission(part, "remove it"));
        let [a, b, c] = all;
        let message = "this is a, which has no place in an issue: it is left out, \
             with 2 more parts up to line 4";
        assert_eq!(
            group_and_show(vec![a, link, b, c]),
            [
                (message.to_owned(), vec!["a\n\nb\nc", "c"]),
                ("a link".to_owned(), vec!["b"])
            ]
        );
    }

    #[test]
    fn other_reasons_and_text_between_stay_apart() {
        for (one, other) in [
            (
                omission("a", "remove it"),
                omission("b", "write it otherwise"),
            ),
            (omission("c", "remove it"), omission("e", "remove it")),
            (omission("c d", "remove it"), omission("d", "remove it")),
            (
                omission("a", "remove it"),
                Diagnostic::unsupported(3..4, "b", "an issue", "remove it"),
            ),
        ] {
            assert_eq!(
                group_omissions(vec![one.clone(), other.clone()], SOURCE),
                [one, other]
            );
        }
    }
}
