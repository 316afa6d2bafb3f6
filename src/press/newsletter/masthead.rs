//! Reads what every issue has above its headlines: title, volume, date, language, address and
//! image.

mod day;
mod image;
mod labelled_parts;
mod title;
mod volume;

use std::path::Path;

use digest_issue::{Block, Date, FORMAT, Headline, Href, Image, Issue, Lang, Run, Volume};

use super::front_matter::{FrontMatter, FrontMatterField, FrontMatterKey};
use super::label::Label;
use super::rich_text::{LinkTarget, RichText};
use super::slug::format_issue_id;
use super::structure::Newsletter;
use crate::source_map::Span;
use crate::{Diagnostic, Layout, Rule, Series};

pub(crate) use labelled_parts::{LabelledPart, LabelledParts, unlabelled_error};

/// The parts of an issue above its headlines.
pub(crate) struct Masthead {
    title: String,
    volume: Volume,
    date: Date,
    lang: Lang,
    url: Option<Href>,
    image: Option<Image>,
}

impl Masthead {
    /// Reads it from the front matter and the labelled parts.
    ///
    /// A missing part is an error. A default takes its place, so that the rest of the issue can be
    /// checked.
    pub(crate) fn read(
        newsletter: &Newsletter<'_>,
        parts: &LabelledParts<'_>,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Masthead {
        let mut reader = MastheadReader {
            file: newsletter.file,
            front_matter: &newsletter.front_matter,
            parts,
            series,
            diagnostics,
        };
        let titles = reader.find_titles();
        let date = reader.read_date();
        let volume = reader.read_volume(&titles, date);
        let title = reader.choose_title(&titles, volume.as_ref());
        let lang = reader.read_lang();
        let url = reader.read_url();
        let image = reader.read_image();
        Masthead {
            title: title.unwrap_or_default(),
            volume: volume.unwrap_or_else(|| Volume::new("")),
            date: date.unwrap_or(Date::MIN),
            lang,
            url,
            image,
        }
    }

    /// Returns the issue with these headlines, and the text above and below them.
    pub(crate) fn into_issue(
        self,
        intro: Vec<Block>,
        headlines: Vec<Headline>,
        outro: Vec<Block>,
    ) -> Issue {
        Issue {
            format: FORMAT,
            id: format_issue_id(&self.title, self.volume.as_str()),
            title: self.title,
            volume: self.volume,
            date: self.date,
            lang: self.lang,
            url: self.url,
            image: self.image,
            intro,
            headlines,
            outro,
        }
    }
}

/// A candidate value and its span: title, volume and date may be in several parts of a newsletter.
struct Candidate {
    text: String,
    span: Span,
}

impl Candidate {
    fn from_field(field: &FrontMatterField) -> Candidate {
        Candidate {
            text: field.value.clone(),
            span: field.span.clone(),
        }
    }
}

struct MastheadReader<'p, 'd> {
    file: Option<&'p Path>,
    front_matter: &'p FrontMatter,
    parts: &'p LabelledParts<'p>,
    series: &'p Series,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'p> MastheadReader<'p, '_> {
    /// Returns the candidates for a date or volume: the setting and the labelled line.
    fn find_candidates(&mut self, key: FrontMatterKey, label: Label) -> Vec<Candidate> {
        let field = self.front_matter.find(key).map(Candidate::from_field);
        let mut candidates = Vec::from_iter(field);
        candidates.extend(self.read_labelled(label));
        candidates
    }

    /// Returns the value of a label, if the label is there; an empty one is an error.
    fn read_labelled(&mut self, label: Label) -> Option<Candidate> {
        let value = &self.find_valued_part(label)?.value;
        // No reader sees its marks, but a link has an address that would be lost.
        let text = RichText {
            runs: value.runs.iter().map(without_marks).collect(),
            span: value.span.clone(),
        };
        let name = if label == Label::Date {
            "the date"
        } else {
            "the volume"
        };
        Some(Candidate {
            text: text.to_plain_text(name, self.diagnostics),
            span: text.span,
        })
    }

    /// Returns the part with this label, if it is there; an empty value is an error.
    fn find_valued_part(&mut self, label: Label) -> Option<&'p LabelledPart> {
        let part = self.parts.find(label)?;
        if part.value.runs.is_empty() {
            self.diagnostics
                .push(part.invalid_value_error("has nothing after it"));
            return None;
        }
        Some(part)
    }

    /// Returns the first candidate. None at all, or another that differs, is an error.
    fn choose_candidate(&mut self, label: Label, candidates: Vec<Candidate>) -> Option<Candidate> {
        let mut candidates = candidates.into_iter();
        let Some(first) = candidates.next() else {
            if self.front_matter.is_whole && self.parts.find(label).is_none() {
                let error = self.missing_error(label);
                self.diagnostics.push(error);
            }
            return None;
        };
        for other in candidates.filter(|other| other.text != first.text) {
            let what = if label == Label::Date {
                "dates"
            } else {
                "volumes"
            };
            let message = format!(
                "the issue has two {what}, “{}” and “{}”",
                first.text, other.text
            );
            let error = Diagnostic::error(
                Rule::Twice,
                other.span,
                message,
                "keep the one that is right",
            );
            self.diagnostics
                .push(error.with_label(first.span.clone(), "the other one"));
        }
        Some(first)
    }

    fn missing_error(&self, label: Label) -> Diagnostic {
        let mut error = self.parts.missing_label_error(label);
        if self.series.layout == Layout::Feed {
            error.message = "neither the feed nor an entry of it has a date".to_owned();
            error.remedy = format!(
                "name the file as in “2022-03-11-feed.xml”, and write date = \"file-name\" in {}",
                Series::FILE
            );
        } else if label == Label::Date {
            error.remedy += &self.file_name_hint();
        }
        error
    }

    fn read_lang(&mut self) -> Lang {
        let Some(field) = self.front_matter.find(FrontMatterKey::Lang) else {
            return self.series.lang.clone();
        };
        let lang = Lang::new(&field.value);
        if !lang.is_well_formed() {
            self.diagnostics.push(Diagnostic::error(
                Rule::Language,
                field.span.clone(),
                format!("expected a language tag, found {:?}", lang.as_str()),
                "write \"en\" for English, \"ja\" for Japanese",
            ));
        }
        lang
    }

    fn read_url(&mut self) -> Option<Href> {
        let field = self.front_matter.find(FrontMatterKey::Url)?;
        match LinkTarget::parse(&field.value) {
            LinkTarget::Usable(href) if href.is_web() => Some(href),
            LinkTarget::Unusable(unusable) => {
                self.diagnostics
                    .push(unusable.into_error(field.span.clone(), &field.value));
                None
            }
            _ => {
                self.diagnostics.push(Diagnostic::error(
                    Rule::UnusableLink,
                    field.span.clone(),
                    "this is not a web address",
                    "write the address of the issue's page, starting with https://",
                ));
                None
            }
        }
    }
}

fn without_marks(run: &Run) -> Run {
    Run {
        href: run.href.clone(),
        ..Run::plain(&run.text)
    }
}
