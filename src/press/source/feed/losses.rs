//! Counts what a feed has and an issue has no place for.

use std::collections::BTreeMap;

use crate::shorten::shorten;
use crate::{Diagnostic, Rule};

/// A kind of part that is left out, in the singular and the plural.
pub(super) type Kind = [&'static str; 2];

pub(super) const AUTHOR: Kind = ["author", "authors"];
pub(super) const CATEGORY: Kind = ["category", "categories"];
pub(super) const CONTENT: Kind = ["content that is no text", "contents that are no text"];
pub(super) const CONTROL: Kind = [
    "invisible control character",
    "invisible control characters",
];
pub(super) const COPYRIGHT: Kind = ["copyright notice", "copyright notices"];
pub(super) const DATE: Kind = ["date of an entry", "dates of entries"];
pub(super) const DESCRIPTION: Kind = [
    "description of an attached file",
    "descriptions of attached files",
];
pub(super) const EMPTY_ENTRY: Kind = [
    "entry without a title, a text or a link",
    "entries without a title, a text or a link",
];
pub(super) const ENCLOSURE: Kind = ["attached file", "attached files"];
pub(super) const ENTITY: Kind = ["definition of an entity", "definitions of entities"];
pub(super) const LANGUAGE: Kind = ["language", "languages"];
pub(super) const LINK: Kind = ["further link", "further links"];
pub(super) const LOGO: Kind = ["picture of the feed", "pictures of the feed"];
pub(super) const PICTURE: Kind = ["picture beside a text", "pictures beside texts"];
pub(super) const RULE: Kind = ["line across the page", "lines across the page"];
pub(super) const SUMMARY: Kind = ["summary beside a text", "summaries beside texts"];
pub(super) const TEXT_OUTSIDE: Kind = ["text outside of any part", "texts outside of any part"];

/// The number of samples that a warning quotes, at most.
const MAX_SAMPLES: usize = 5;

/// The number of kinds that are named by the feed's own words, at most.
const MAX_NAMES: usize = 50;

/// The parts that are left out, by their kinds.
#[derive(Debug, Default)]
pub(super) struct Losses {
    kinds: BTreeMap<Kind, Count>,
    /// Parts that only the feed has a name for, by that name.
    named: BTreeMap<String, Count>,
}

#[derive(Debug, Default)]
struct Count {
    total: usize,
    samples: Vec<String>,
}

impl Losses {
    /// Counts a part that is left out, with its text.
    pub(super) fn add(&mut self, kind: Kind, text: &str) {
        self.kinds.entry(kind).or_default().add(text);
    }

    /// Counts a part that only the feed has a name for.
    pub(super) fn add_named(&mut self, name: &str, text: &str) {
        let is_new = !self.named.contains_key(name);
        let name = if is_new && self.named.len() >= MAX_NAMES {
            "other parts"
        } else {
            name
        };
        self.named.entry(shorten(name)).or_default().add(text);
    }

    /// Returns a warning for each kind.
    pub(super) fn into_warnings(self) -> Vec<Diagnostic> {
        let kinds = self.kinds.into_iter().map(|(kind, count)| {
            let [one, many] = kind;
            let noun = if count.total == 1 { one } else { many };
            count.into_warning(noun)
        });
        let named = self.named.into_iter().map(|(name, count)| {
            let noun = if count.total == 1 { "part" } else { "parts" };
            count.into_warning(&format!("{noun} “{name}”"))
        });
        kinds.chain(named).collect()
    }
}

impl Count {
    fn add(&mut self, text: &str) {
        self.total += 1;
        if self.samples.len() < MAX_SAMPLES {
            let sample = shorten(text);
            if !sample.is_empty() && !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }

    fn into_warning(self, noun: &str) -> Diagnostic {
        let verb = if self.total == 1 { "is" } else { "are" };
        let samples: Vec<_> = self
            .samples
            .iter()
            .map(|sample| format!("“{sample}”"))
            .collect();
        let colon = if samples.is_empty() { "" } else { ": " };
        let message = format!(
            "{} {noun} {verb} left out{colon}{}",
            self.total,
            samples.join(", ")
        );
        let remedy = "if readers should see it, write it into the text of an entry";
        Diagnostic::warning(Rule::LeftOut, None, message, remedy)
    }
}
