//! The layout of a newsletter: a title, labels, a list of headlines and a list of their details,
//! paired by position.

use digest_issue::{Headline, Issue};

use super::document::Document;
use super::label::Label;
use super::markdown::{Block, Content, Item, List, Span};
use super::masthead::{self, Masthead};
use super::parts::{Part, Parts, Text, unlabelled};
use super::slug::HeadlineIds;
use super::{bullet, detail, unlabelled_lists};
use crate::count::format_count;
use crate::{Diagnostic, Rule, Series};

/// The issue that a newsletter holds. If an error is added to `diagnostics`, it is not whole.
pub(crate) fn read(
    document: &Document<'_>,
    series: &Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> Issue {
    let (parts, lists) = sort(document, series, diagnostics);
    let masthead = Masthead::read(document, &parts, series, diagnostics);
    let headlines = Reader {
        source: document.source,
        parts,
        lists,
        diagnostics,
    }
    .headlines();
    masthead.issue(headlines)
}

/// The lists of a newsletter.
#[derive(Default)]
struct Lists<'a> {
    /// Each with the place of the label above it.
    labelled: Vec<(Span, Label, &'a [Item<'a>])>,
    others: Vec<&'a Block<'a>>,
}

fn sort<'a>(
    document: &'a Document<'a>,
    series: &'a Series,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Parts<'a>, Lists<'a>) {
    let mut parts = Parts::new(document, series);
    let mut lists = Lists::default();
    for block in &document.blocks {
        let Content::List(List { items, .. }) = &block.content else {
            parts.add(block, diagnostics);
            continue;
        };
        match parts
            .last()
            .filter(|part| part.label.has_list() && !lists.has(part))
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
    fn has(&self, part: &Part) -> bool {
        self.labelled
            .last()
            .is_some_and(|(span, ..)| *span == part.value.span)
    }

    fn below(&self, label: Label) -> &'a [Item<'a>] {
        self.labelled
            .iter()
            .find(|(_, found, _)| *found == label)
            .map_or(&[], |(.., items)| items)
    }
}

struct Reader<'p, 'd> {
    source: &'p str,
    parts: Parts<'p>,
    lists: Lists<'p>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'p> Reader<'p, '_> {
    fn headlines(&mut self) -> Vec<Headline> {
        if let Some(error) = self.unlabelled() {
            self.diagnostics.push(error);
            return Vec::new();
        }
        self.check_labels();
        self.check_pairs();
        let headlines = self.lists.below(Label::Headlines);
        let details = self.lists.below(Label::Details);
        let texts: Vec<_> = headlines.iter().map(|item| self.headline(item)).collect();
        let details: Vec<_> = details
            .iter()
            .map(|item| detail::read(item, self.diagnostics))
            .collect();
        let mut ids = HeadlineIds::default();
        let pairs = texts.into_iter().zip(details);
        pairs
            .map(|(text, detail)| Headline {
                id: ids.next(&text),
                text,
                detail,
            })
            .collect()
    }

    fn headline(&mut self, item: &Item<'_>) -> String {
        let runs = bullet::line(item, "a headline", self.diagnostics);
        masthead::plain(
            &Text {
                runs,
                span: item.span.clone(),
            },
            "a headline",
            self.diagnostics,
        )
    }

    /// Names the labels and lists that are missing.
    fn check_labels(&mut self) {
        for label in [Label::Headlines, Label::Details] {
            match self.parts.find(label) {
                Some(part) => check_list(part, self.lists.below(label), self.diagnostics),
                None => self.diagnostics.push(masthead::missing(label, &self.parts)),
            }
        }
        let others = self.lists.others.iter();
        self.diagnostics
            .extend(others.map(|block| unlabelled(block, block.span.clone())));
    }

    /// The error for lists that may be the headlines and the details, if the labels were there.
    fn unlabelled(&self) -> Option<Diagnostic> {
        let labels =
            [Label::Headlines, Label::Details].map(|label| self.parts.find(label).is_some());
        match (labels, self.lists.others.as_slice()) {
            ([false, false], others) => unlabelled_lists::without_labels(self.source, others),
            ([true, false], []) => {
                unlabelled_lists::without_details(self.source, self.lists.below(Label::Headlines))
            }
            _ => None,
        }
    }

    /// Headlines and details belong together by their position, so there must be as many of each.
    fn check_pairs(&mut self) {
        let both = (
            self.parts.find(Label::Headlines),
            self.parts.find(Label::Details),
        );
        let (Some(headlines), Some(details)) = both else {
            return;
        };
        let counts = [Label::Headlines, Label::Details].map(|label| self.lists.below(label).len());
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

/// Names what is wrong with a label that is there.
fn check_list(part: &Part, items: &[Item<'_>], diagnostics: &mut Vec<Diagnostic>) {
    if !part.value.runs.is_empty() {
        diagnostics.push(masthead::refused(part, "has text beside it"));
    }
    if items.is_empty() {
        diagnostics.push(masthead::refused(part, "has no list below it"));
    }
}
