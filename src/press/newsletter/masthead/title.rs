//! The title of an issue, which may repeat the title of its series and hold the volume.

use std::collections::HashSet;

use digest_issue::Volume;
use unicode_normalization::UnicodeNormalization;

use super::{Candidate, MastheadReader};
use crate::newsletter::front_matter::FrontMatterKey;
use crate::newsletter::label::Label;
use crate::newsletter::volume_notation::{is_digit, split_volume, split_volume_in_middle};
use crate::{Diagnostic, Layout, Rule, Series, VolumeFrom};

impl MastheadReader<'_, '_> {
    /// Returns the titles in the newsletter itself. None is an error unless the series has one.
    pub(super) fn find_titles(&mut self) -> Vec<Candidate> {
        let field = self.front_matter.find(FrontMatterKey::Title);
        let mut titles = Vec::from_iter(field.map(Candidate::from_field));
        if let Some(title) = &self.parts.title {
            titles.push(Candidate {
                text: title.to_plain_text("the title", self.diagnostics),
                span: title.span.clone(),
            });
        }
        if titles.is_empty() && self.series.title.is_none() && self.front_matter.is_whole {
            let remedy = if self.series.layout == Layout::Feed {
                format!("write title = \"…\" in {}", Series::FILE)
            } else {
                "write it first, in a separate paragraph".to_owned()
            };
            self.diagnostics.push(Diagnostic::error(
                Rule::MissingPart,
                self.parts.first_line(),
                "the newsletter has no title",
                remedy,
            ));
        }
        titles
    }

    /// Returns the title of the series, or else the first one. Words that it lacks are an error.
    pub(super) fn choose_title(
        &mut self,
        titles: &[Candidate],
        volume: Option<&Volume>,
    ) -> Option<String> {
        let first = titles.first().map(|title| self.without_volume(&title.text));
        let chosen = self.series.title.clone().or(first)?;
        for title in titles {
            if !has_more_words(&self.without_volume(&title.text), &chosen, volume) {
                continue;
            }
            self.diagnostics.push(Diagnostic::error(
                Rule::NoPlace,
                title.span.clone(),
                format!("this title has words that are not in “{chosen}”, the title of the issue"),
                format!(
                    "write one title; `title` in {} applies to all issues, and `ignore` there \
                     excludes the one in the settings at the top of the file",
                    Series::FILE
                ),
            ));
        }
        Some(chosen)
    }

    fn without_volume(&self, title: &str) -> String {
        if self.series.volume == VolumeFrom::Date {
            return title.to_owned();
        }
        match split_volume(title) {
            (title, None) if !self.has_volume() => {
                split_volume_in_middle(title).map_or(title.to_owned(), |(title, _)| title)
            }
            (title, _) => title.to_owned(),
        }
    }

    /// Returns true if the volume has a setting or a label.
    fn has_volume(&self) -> bool {
        self.front_matter.find(FrontMatterKey::Volume).is_some()
            || self.parts.find(Label::Volume).is_some()
    }
}

/// Returns true if a text has only words of the title `known`, at least one, and numbers.
pub(super) fn repeats_title(text: &str, known: &str) -> bool {
    let known = HashSet::<String>::from_iter(split_words(known));
    let (shared, others): (Vec<_>, Vec<_>) = split_words(split_volume(text).0)
        .into_iter()
        .partition(|word| known.contains(word));
    !shared.is_empty() && others.iter().all(|word| word.chars().all(is_digit))
}

/// Returns true if a title has words that are neither in the chosen one nor in the volume.
fn has_more_words(title: &str, chosen: &str, volume: Option<&Volume>) -> bool {
    let mut known = HashSet::<String>::from_iter(split_words(chosen));
    known.extend(split_words(volume.map_or("", Volume::as_str)));
    split_words(title).iter().any(|word| !known.contains(word))
}

/// Returns the words of a text, in lower case.
fn split_words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let words = text.split(|character: char| !character.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
