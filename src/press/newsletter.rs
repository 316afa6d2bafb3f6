//! Newsletters in Markdown and the issues they become.
//!
//! The modules are in the order of the steps, and none imports from a later one: labels, front
//! matter, Markdown blocks, rich text, masthead, layout.

mod corrections;
mod drop_inside_omissions;
mod foreign_hosts;
mod front_matter;
mod group_omissions;
mod label;
mod layout;
mod map_source;
mod markdown;
mod masthead;
mod rich_text;
mod slug;
mod structure;
mod volume_notation;

use std::path::Path;

use digest_issue::{Issue, Lang};

use crate::budget::{Budget, Limit};
use crate::image_source::WordParts;
use crate::source_map::SourceMap;
use crate::{Diagnostic, Rule, Series, Unplaced};
use corrections::extract_corrections;
use drop_inside_omissions::drop_inside_omissions;
use foreign_hosts::find_foreign_hosts;
use group_omissions::group_omissions;
use map_source::map_source;
use structure::Newsletter;

pub(crate) use slug::rename_repeated_headlines;

/// A newsletter as far as it could be parsed.
pub(crate) struct ParsedNewsletter {
    /// The issue; parts of it are missing if there are errors.
    pub(crate) issue: Issue,
    /// True if the newsletter says that it is a draft.
    pub(crate) is_draft: bool,
    /// The spans of the issue's parts in the source.
    pub(crate) source_map: SourceMap,
    /// All errors and warnings, in the order of the source.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Parses a newsletter. It goes on after an error, to find all of them.
pub(crate) fn parse_newsletter(
    source: &str,
    word_parts: &WordParts,
    file: Option<&Path>,
    series: &Series,
) -> ParsedNewsletter {
    let mut diagnostics = Vec::from_iter(unusable_lang(&series.lang));
    let mut budget = Budget::default();
    let is_leaving_out = series.unplaced == Unplaced::LeaveOut;
    let (blanked, omissions) = if is_leaving_out {
        markdown::blank_statements(source)
    } else {
        (source.into(), Vec::new())
    };
    let source = &*blanked;
    diagnostics.extend(omissions);
    let newsletter = Newsletter::parse(
        source,
        word_parts,
        file,
        series,
        &mut budget,
        &mut diagnostics,
    );
    let mut issue = layout::read_issue(&newsletter, series, &mut diagnostics);
    let footnotes = layout::read_footnotes(&newsletter, &mut diagnostics);
    issue.outro.extend(footnotes);
    extract_corrections(&mut issue);
    budget.spend(Limit::Headlines, issue.headlines.len());
    if let Err(error) = budget.check() {
        issue.headlines.clear();
        return ParsedNewsletter {
            issue,
            is_draft: newsletter.front_matter.is_draft(),
            source_map: SourceMap::default(),
            diagnostics: vec![error],
        };
    }
    if is_leaving_out {
        let omissions = diagnostics.into_iter().map(Diagnostic::into_omission);
        diagnostics = drop_inside_omissions(omissions.collect());
    }
    if !diagnostics.iter().any(Diagnostic::is_error) {
        // The layouts find every error an editor can make. This guards against faults of this
        // program.
        diagnostics.extend(issue.find_problems().into_iter().map(Diagnostic::from));
    }
    let source_map = map_source(&newsletter, &issue);
    diagnostics.extend(find_foreign_hosts(&issue, series, source));
    diagnostics.sort_by_key(Diagnostic::sort_key);
    ParsedNewsletter {
        issue,
        is_draft: newsletter.front_matter.is_draft(),
        source_map,
        diagnostics: group_omissions(diagnostics, source),
    }
}

fn unusable_lang(lang: &Lang) -> Option<Diagnostic> {
    let message = format!("expected a language tag, found {:?}", lang.as_str());
    let error = || {
        Diagnostic::without_span(
            Rule::Language,
            message,
            "write \"en\" for English, \"ja\" for Japanese",
        )
    };
    (!lang.is_well_formed()).then(error)
}
