//! The layout `parallel-lists`: a list of headlines and a list of their details, paired by
//! position.

use digest_issue::{Block, Headline, Issue};

use super::{bullet, detail, unlabelled_lists};
use crate::count::format_count;
use crate::newsletter::label::Label;
use crate::newsletter::markdown::{Content, List, ListItem, MarkdownBlock};
use crate::newsletter::masthead::{LabelledPart, LabelledParts, Masthead, unlabelled_error};
use crate::newsletter::rich_text::RichText;
use crate::newsletter::slug::HeadlineIds;
use crate::newsletter::structure::Newsletter;
use crate::source_map::Span;
use crate::{Diagnostic, Rule, Series, Unplaced};

/// Reads the issue of a newsletter. Parts of it are missing if `diagnostics` has errors.
pub(super) fn read_issue(
    newsletter: &Newsletter<'_>,
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Issue {
    let (parts, lists) = sort_blocks(newsletter, series, diagnostics);
    let masthead = Masthead::read(newsletter, &parts, series, diagnostics);
    let headlines = ListsReader {
        source: newsletter.source,
        parts,
        lists,
        is_leaving_out: series.unplaced == Unplaced::LeaveOut,
        diagnostics,
    }
    .read_headlines();
    masthead.into_issue(Vec::new(), headlines, Vec::new())
}

/// The lists of a newsletter.
#[derive(Default)]
struct Lists<'a> {
    /// Each with the span of the label above it.
    labelled: Vec<(Span, Label, &'a [ListItem<'a>])>,
    others: Vec<&'a MarkdownBlock<'a>>,
}

/// Sorts the blocks into lists and all other parts.
fn sort_blocks<'a>(
    newsletter: &'a Newsletter<'a>,
    series: &'a Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> (LabelledParts<'a>, Lists<'a>) {
    let mut parts = LabelledParts::new(newsletter, series);
    let mut lists = Lists::default();
    for block in &newsletter.blocks {
        let Content::List(List { items, .. }) = &block.content else {
            parts.add(block, diagnostics);
            continue;
        };
        match parts
            .last()
            .filter(|part| part.label.has_list() && !lists.has_list_of(part))
        {
            Some(part) => lists
                .labelled
                .push((part.value.span.clone(), part.label, items)),
            None => lists.others.push(block),
        }
    }
    (parts, lists)
}

impl<'a> Lists<'a> {
    fn has_list_of(&self, part: &LabelledPart) -> bool {
        self.labelled
            .last()
            .is_some_and(|(span, ..)| *span == part.value.span)
    }

    fn find_items(&self, label: Label) -> &'a [ListItem<'a>] {
        self.labelled
            .iter()
            .find(|(_, found, _)| *found == label)
            .map_or(&[], |(.., items)| items)
    }
}

struct ListsReader<'p, 'd> {
    source: &'p str,
    parts: LabelledParts<'p>,
    lists: Lists<'p>,
    /// True if what has no place is left out, with a warning.
    is_leaving_out: bool,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'p> ListsReader<'p, '_> {
    fn read_headlines(&mut self) -> Vec<Headline> {
        if let Some(error) = self.find_unlabelled_lists() {
            self.diagnostics.push(error);
            return Vec::new();
        }
        self.check_labels();
        self.check_pairs();
        let headlines = self.lists.find_items(Label::Headlines);
        let details = self.lists.find_items(Label::Details);
        let texts: Vec<_> = headlines
            .iter()
            .map(|item| self.read_headline(item))
            .collect();
        let blocks: Vec<_> = details
            .iter()
            .map(|item| detail::read_detail(item, self.diagnostics))
            .collect();
        let mut ids = HeadlineIds::default();
        let mut pairs = Vec::new();
        let items = headlines.iter().zip(details);
        for ((text, detail), items) in texts.into_iter().zip(blocks).zip(items) {
            if self.is_leaving_out && (text.is_empty() || detail.is_empty()) {
                self.leave_out_pair(items, &text, &detail);
                continue;
            }
            pairs.push(Headline {
                id: ids.create_id(&text),
                text,
                detail,
                ..Headline::default()
            });
        }
        pairs
    }

    /// Reports a headline or a detail whose other half is left out.
    fn leave_out_pair(
        &mut self,
        (headline, detail): (&ListItem<'_>, &ListItem<'_>),
        text: &str,
        blocks: &[Block],
    ) {
        let halves = [
            (headline, !text.is_empty(), "a headline without a detail"),
            (detail, !blocks.is_empty(), "a detail without a headline"),
        ];
        let left = halves.into_iter().filter(|(_, has_text, _)| *has_text);
        self.diagnostics.extend(left.map(|(item, _, what)| {
            let remedy = "write both as text, or remove both";
            Diagnostic::unsupported(item.span.clone(), what, "an issue", remedy)
        }));
    }

    fn read_headline(&mut self, item: &ListItem<'_>) -> String {
        let runs = bullet::read_line(item, "a headline", self.diagnostics);
        let span = item.span.clone();
        RichText { runs, span }.to_plain_text("a headline", self.diagnostics)
    }

    /// Reports missing labels and lists.
    fn check_labels(&mut self) {
        for label in [Label::Headlines, Label::Details] {
            match self.parts.find(label) {
                Some(part) => check_list(part, self.lists.find_items(label), self.diagnostics),
                None => self.diagnostics.push(self.parts.missing_label_error(label)),
            }
        }
        let others = self.lists.others.iter();
        self.diagnostics
            .extend(others.map(|block| unlabelled_error(block, block.span.clone())));
    }

    /// Returns the error for lists that may be the headlines and the details without their labels.
    fn find_unlabelled_lists(&self) -> Option<Diagnostic> {
        let labels =
            [Label::Headlines, Label::Details].map(|label| self.parts.find(label).is_some());
        match (labels, self.lists.others.as_slice()) {
            ([false, false], others) => unlabelled_lists::missing_labels_error(self.source, others),
            ([true, false], []) => unlabelled_lists::missing_details_error(
                self.source,
                self.lists.find_items(Label::Headlines),
            ),
            _ => None,
        }
    }

    /// Reports lists of different lengths, since headlines and details are paired by position.
    fn check_pairs(&mut self) {
        let both = (
            self.parts.find(Label::Headlines),
            self.parts.find(Label::Details),
        );
        let (Some(headlines), Some(details)) = both else {
            return;
        };
        let counts =
            [Label::Headlines, Label::Details].map(|label| self.lists.find_items(label).len());
        if counts[0] == counts[1] || counts.contains(&0) {
            return;
        }
        let message = format!(
            "the lists do not match: {}, {}",
            format_count(counts[0], "headline"),
            format_count(counts[1], "detail")
        );
        let error = Diagnostic::error(
            Rule::Pairs,
            details.value.span.clone(),
            message,
            "write one bullet for each headline below “Details:”, in the same order",
        );
        self.diagnostics
            .push(error.with_label(headlines.value.span.clone(), "the headlines"));
    }
}

/// Reports a label with text beside it, or without a list below it.
fn check_list(part: &LabelledPart, items: &[ListItem<'_>], diagnostics: &mut Vec<Diagnostic>) {
    if !part.value.runs.is_empty() {
        diagnostics.push(part.invalid_value_error("has text beside it"));
    }
    if items.is_empty() {
        diagnostics.push(part.invalid_value_error("has no list below it"));
    }
}
