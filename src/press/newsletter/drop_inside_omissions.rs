//! Drops diagnostics about texts that are left out as a whole.

use super::group_omissions::find_omission;
use crate::source_map::Span;
use crate::{Diagnostic, Rule};

/// Drops the diagnostics about words inside of an omission: nobody needs to fix what no reader sees.
pub(crate) fn drop_inside_omissions(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let no_place = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.rule == Rule::NoPlace);
    let omissions = merge_spans(no_place.filter_map(find_omission).collect());
    let is_left_out = |span: &Span| {
        let above = omissions.partition_point(|omission| omission.start <= span.start);
        let omission = omissions[..above].last();
        omission.is_some_and(|omission| span.end <= omission.end)
    };
    let is_kept = |diagnostic: &Diagnostic| {
        let span = diagnostic
            .spans
            .first()
            .filter(|_| diagnostic.file.is_none());
        !is_about_words(diagnostic.rule) || !span.is_some_and(|found| is_left_out(&found.span))
    };
    diagnostics.into_iter().filter(is_kept).collect()
}

/// Returns true for rules about the words of a text, and not about its place.
fn is_about_words(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::HalfWritten
            | Rule::InvisibleCharacter
            | Rule::LinkTitle
            | Rule::Marks
            | Rule::PlaceholderLink
            | Rule::TemplateCode
            | Rule::UndefinedReference
            | Rule::UnusableLink
    )
}

/// Sorts spans and merges those that overlap.
fn merge_spans(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| span.start);
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_diagnostics_about_words_inside_an_omission_are_dropped() {
        let omission = |span: Span| {
            Diagnostic::unsupported(span, "a paragraph", "an issue", "").into_omission()
        };
        let word = |span: Span| Diagnostic::warning(Rule::HalfWritten, span, "", "");
        let date = Diagnostic::warning(Rule::Date, 12..13, "", "");
        let kept = [
            omission(10..20),
            omission(12..15),
            word(20..22),
            word(0..5),
            date,
        ];
        let mut all = kept.to_vec();
        all.extend([word(10..12), word(18..20)]);
        assert_eq!(drop_inside_omissions(all), kept);
        let refused = Diagnostic::unsupported(10..20, "a paragraph", "an issue", "");
        let kept = vec![refused, word(12..13)];
        assert_eq!(drop_inside_omissions(kept.clone()), kept);
    }
}
