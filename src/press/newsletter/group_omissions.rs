//! Long lists of what is left out, in short.

use super::markdown::Span;
use crate::count::format_count;
use crate::{Diagnostic, Rule, Severity};

/// The same warnings, in the order of the source, but one for all things that are left out for the same
/// reason with nothing but spaces between them: its place is from the first one to the last.
pub(crate) fn in_runs(diagnostics: Vec<Diagnostic>, source: &str) -> Vec<Diagnostic> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = None;
    for diagnostic in diagnostics {
        let place = place(&diagnostic);
        match open
            .and_then(|open: usize| runs.get_mut(open))
            .zip(place.clone())
        {
            Some((run, place)) if run.goes_on(&diagnostic, &place, source) => {
                run.last = place;
                run.more += 1;
            }
            _ => {
                // What else is said about a thing, such as a link in it, does not end a run.
                open = if place.is_some() {
                    Some(runs.len())
                } else {
                    open
                };
                runs.push(Run {
                    first: diagnostic,
                    last: place.unwrap_or_default(),
                    more: 0,
                });
            }
        }
    }
    let newlines: Vec<_> = source
        .match_indices('\n')
        .map(|(offset, _)| offset)
        .collect();
    runs.into_iter()
        .map(|run| run.told(source, &newlines))
        .collect()
}

/// Where something is left out, if the diagnostic says so.
fn place(diagnostic: &Diagnostic) -> Option<Span> {
    let is_left_out = matches!(diagnostic.rule, Rule::NoPlace | Rule::LeftOut)
        && diagnostic.severity == Severity::Warning
        && diagnostic.file.is_none();
    diagnostic
        .spans
        .first()
        .filter(|_| is_left_out)
        .map(|place| place.span.clone())
}

/// A diagnostic, and how far what it says holds.
struct Run {
    first: Diagnostic,
    last: Span,
    /// How many things there are besides the first one.
    more: usize,
}

impl Run {
    /// Whether `next`, which is about `place`, is left out for the same reason, and nothing is between.
    fn goes_on(&self, next: &Diagnostic, place: &Span, source: &str) -> bool {
        let between = source.get(self.last.end..place.start);
        self.first.rule == next.rule
            && self.first.remedy == next.remedy
            && between.is_some_and(|between| between.trim().is_empty())
    }

    fn told(self, source: &str, newlines: &[usize]) -> Diagnostic {
        let Run {
            mut first,
            last,
            more,
        } = self;
        let Some(place) = first.spans.first_mut().filter(|_| more > 0) else {
            return first;
        };
        let end = last.start
            + source
                .get(last.clone())
                .unwrap_or_default()
                .trim_end()
                .len();
        place.span.end = end;
        let above = newlines.partition_point(|newline| *newline < end);
        first.message += &format!(
            ", with {} up to line {}",
            format_count(more, "more part"),
            above + 1
        );
        // Of a thing of several lines, the last one.
        let line = newlines[..above].last().map_or(0, |newline| newline + 1);
        first.with_label(last.start.max(line)..end, "up to here")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "a\n\nb\nc d e";

    fn left_out(part: &str, remedy: &str) -> Diagnostic {
        let start = SOURCE.find(part).unwrap();
        Diagnostic::unsupported(start..start + part.len(), part, "an issue", remedy).into_omission()
    }

    /// What is said with the texts of the places.
    fn told(diagnostics: Vec<Diagnostic>) -> Vec<(String, Vec<&'static str>)> {
        let told = in_runs(diagnostics, SOURCE).into_iter();
        told.map(|told| {
            let places = told
                .spans
                .iter()
                .map(|place| &SOURCE[place.span.clone()])
                .collect();
            (told.message, places)
        })
        .collect()
    }

    #[test]
    fn neighbours_that_are_left_out_for_the_same_reason_are_one_warning() {
        let link = Diagnostic::warning(Rule::PlaceholderLink, 3..4, "a link", "mend it");
        let all = ["a", "b", "c"].map(|part| left_out(part, "remove it"));
        let [a, b, c] = all;
        let said = "this is a, which has no place in an issue: it is left out, with 2 more parts up to line 4";
        assert_eq!(
            told(vec![a, link, b, c]),
            [
                (said.to_owned(), vec!["a\n\nb\nc", "c"]),
                ("a link".to_owned(), vec!["b"])
            ]
        );
    }

    #[test]
    fn other_reasons_and_what_has_text_between_stay_apart() {
        for (one, other) in [
            (
                left_out("a", "remove it"),
                left_out("b", "write it otherwise"),
            ),
            (left_out("c", "remove it"), left_out("e", "remove it")),
            (left_out("c d", "remove it"), left_out("d", "remove it")),
            (
                left_out("a", "remove it"),
                Diagnostic::unsupported(3..4, "b", "an issue", "remove it"),
            ),
        ] {
            assert_eq!(
                in_runs(vec![one.clone(), other.clone()], SOURCE),
                [one, other]
            );
        }
    }
}
