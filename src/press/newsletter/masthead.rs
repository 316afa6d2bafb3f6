mod day;
mod image;

use std::collections::HashSet;
use std::path::Path;

use digest_issue::{Date, FORMAT, Headline, Href, Image, Issue, Lang, Run, Volume};
use unicode_normalization::UnicodeNormalization;

use super::document::Document;
use super::front_matter::{Field, FrontMatter, Key};
use super::label::Label;
use super::link::Target;
use super::markdown::Span;
use super::parts::{Part, Parts, Text};
use super::slug::issue_id;
use super::{bullet, rich_text, title};
use crate::{Diagnostic, Rule, Series, VolumeFrom};

/// What every issue has above its headlines, whatever its layout.
pub(crate) struct Masthead {
    title: String,
    volume: Volume,
    date: Date,
    lang: Lang,
    url: Option<Href>,
    image: Option<Image>,
}

impl Masthead {
    /// Reads it from the settings at the top of the newsletter and from its parts. What is missing is named
    /// by an error, and something else stands for it, so that the rest of the issue can be checked.
    pub(crate) fn read(
        document: &Document<'_>,
        parts: &Parts<'_>,
        series: &Series,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Masthead {
        let Document { file, front, .. } = document;
        let mut reader = Reader {
            file: *file,
            front,
            parts,
            series,
            diagnostics,
        };
        // Each part is read before any is missed, so that all errors are named.
        let titles = reader.titles();
        let date = reader.date();
        let volume = reader.volume(&titles, date);
        let title = reader.title(&titles, volume.as_ref());
        let lang = reader.lang();
        let url = reader.url();
        let image = reader.image();
        Masthead {
            title: title.unwrap_or_default(),
            volume: volume.unwrap_or_else(|| Volume::new("")),
            date: date.unwrap_or(Date::MIN),
            lang,
            url,
            image,
        }
    }

    /// The issue with these headlines.
    pub(crate) fn issue(self, headlines: Vec<Headline>) -> Issue {
        Issue {
            format: FORMAT,
            id: issue_id(&self.title, self.volume.as_str()),
            title: self.title,
            volume: self.volume,
            date: self.date,
            lang: self.lang,
            url: self.url,
            image: self.image,
            headlines,
        }
    }
}

/// The text alone where marks and links have no place.
pub(crate) fn plain(text: &Text, place: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    if text.runs.iter().any(|run| run.href.is_some()) {
        diagnostics.push(Diagnostic::error(
            Rule::LinkInPlainText,
            text.span.clone(),
            format!("there is a link in {place}, which has no place for one"),
            "move it into a detail, or remove it",
        ));
    }
    unmarked(text, place, diagnostics)
}

/// The text alone where marks have no place.
fn unmarked(text: &Text, place: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    if text.runs.iter().any(|run| run.strong || run.em || run.code) {
        diagnostics.push(bullet::marks(text.span.clone(), place));
    }
    rich_text::text(&text.runs)
}

/// The error for a label that is not there.
pub(crate) fn missing(label: Label, parts: &Parts<'_>) -> Diagnostic {
    Diagnostic::error(
        Rule::MissingPart,
        parts.first_line(),
        format!("“{}” is missing", label.as_written()),
        format!("add {}", label.example()),
    )
}

/// The error for a label that is there, but not as it must be.
pub(crate) fn refused(part: &Part, reason: &str) -> Diagnostic {
    Diagnostic::error(
        Rule::MissingPart,
        part.value.span.clone(),
        format!("“{}” {reason}", part.label.as_written()),
        format!("write {}", part.label.example()),
    )
}

/// A text as one of several places says it.
struct Said {
    text: String,
    span: Span,
}

impl Said {
    fn by(field: &Field) -> Said {
        Said {
            text: field.value.clone(),
            span: field.span.clone(),
        }
    }
}

struct Reader<'p, 'd> {
    file: Option<&'p Path>,
    front: &'p FrontMatter,
    parts: &'p Parts<'p>,
    series: &'p Series,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'p> Reader<'p, '_> {
    /// The titles of the newsletter's own.
    fn titles(&mut self) -> Vec<Said> {
        let mut titles: Vec<_> = self
            .front
            .find(Key::Title)
            .map(Said::by)
            .into_iter()
            .collect();
        if let Some(title) = &self.parts.title {
            let text = plain(title, "the title", self.diagnostics);
            titles.push(Said {
                text,
                span: title.span.clone(),
            });
        }
        if titles.is_empty() && self.series.title.is_none() && self.front.is_whole {
            self.diagnostics.push(Diagnostic::error(
                Rule::MissingPart,
                self.parts.first_line(),
                "the newsletter has no title",
                "write it above all else, in a paragraph of its own",
            ));
        }
        titles
    }

    fn title(&mut self, titles: &[Said], volume: Option<&Volume>) -> Option<String> {
        let own = titles
            .first()
            .map(|own| self.without_volume(&own.text).to_owned());
        let title = self.series.title.clone().or(own)?;
        for own in titles {
            if !says_more(self.without_volume(&own.text), &title, volume) {
                continue;
            }
            self.diagnostics.push(Diagnostic::error(
                Rule::NoPlace,
                own.span.clone(),
                format!("this title says more than “{title}”, which is the title of the issue"),
                format!(
                    "write one title; `title` in {} is that of all issues, and `ignore` there leaves out \
                     the one in the settings at the top of the file",
                    Series::FILE
                ),
            ));
        }
        Some(title)
    }

    fn without_volume<'t>(&self, title: &'t str) -> &'t str {
        match self.series.volume {
            VolumeFrom::Label => title::split(title).0,
            VolumeFrom::Date => title,
        }
    }

    fn volume(&mut self, titles: &[Said], date: Option<Date>) -> Option<Volume> {
        let mut said: Vec<_> = self
            .front
            .find(Key::Volume)
            .map(Said::by)
            .into_iter()
            .collect();
        said.extend(self.labelled(Label::Volume));
        if self.series.volume == VolumeFrom::Date {
            if let Some(said) = said.first() {
                self.diagnostics.push(Diagnostic::error(
                    Rule::Twice,
                    said.span.clone(),
                    "this is a volume, but the volume of an issue is its day in this series",
                    format!(
                        "remove it, or remove `volume = \"date\"` from {}",
                        Series::FILE
                    ),
                ));
            }
            return date.map(|date| Volume::new(date.to_string()));
        }
        said.extend(titles.iter().filter_map(|title| {
            let volume = title::split(&title.text)
                .1
                .or_else(|| self.behind_series_title(&title.text));
            Some(Said {
                text: volume?.to_owned(),
                span: title.span.clone(),
            })
        }));
        for said in &mut said {
            // Digits in full width are digits, too. “Vol” or “第” and “号” are the view's words around it.
            let text: String = said.text.nfkc().collect();
            let number = title::volume_alone(&text).and_then(|number| text.get(number));
            said.text = number
                .unwrap_or(&text)
                .trim_end_matches(['号', '巻'])
                .to_owned();
        }
        let volume = self.agreed(Label::Volume, said)?;
        if !volume
            .text
            .contains(|character: char| character.is_ascii_digit())
        {
            self.diagnostics.push(Diagnostic::error(
                Rule::Volume,
                volume.span,
                "the volume has no number, by which issues are put in order",
                format!("write it as in {}", Label::Volume.example()),
            ));
        }
        Some(Volume::new(volume.text))
    }

    /// The number behind the title of the series: “13” in “This Week in Rust 13”.
    fn behind_series_title<'t>(&self, title: &'t str) -> Option<&'t str> {
        let series = self.series.title.as_deref()?;
        let start = title
            .get(..series.len())
            .filter(|start| start.eq_ignore_ascii_case(series))?;
        let number = title[start.len()..].trim_start();
        let is_number = number.starts_with(|character: char| character.is_ascii_digit())
            && number
                .chars()
                .all(|character| character.is_ascii_digit() || character == '.');
        is_number.then_some(number)
    }

    /// What a label says, if it is there; that it says nothing is an error.
    fn labelled(&mut self, label: Label) -> Option<Said> {
        let value = &self.valued(label)?.value;
        // No reader sees its marks, but a link has an address that would be lost.
        let text = Text {
            runs: value.runs.iter().map(unmarked_run).collect(),
            span: value.span.clone(),
        };
        let name = if label == Label::Date {
            "the date"
        } else {
            "the volume"
        };
        Some(Said {
            text: plain(&text, name, self.diagnostics),
            span: text.span,
        })
    }

    /// The first of what was said, with which all others must agree. Without any it is missing.
    fn agreed(&mut self, label: Label, said: Vec<Said>) -> Option<Said> {
        let mut said = said.into_iter();
        let Some(first) = said.next() else {
            if self.front.is_whole && self.parts.find(label).is_none() {
                let mut missing = missing(label, self.parts);
                if label == Label::Date {
                    missing.remedy += &self.hint_of_day();
                }
                self.diagnostics.push(missing);
            }
            return None;
        };
        for other in said.filter(|other| other.text != first.text) {
            let what = if label == Label::Date {
                "dates"
            } else {
                "volumes"
            };
            let message = format!(
                "the issue has two {what}, “{}” and “{}”",
                first.text, other.text
            );
            let twice = Diagnostic::error(
                Rule::Twice,
                other.span,
                message,
                "keep the one that is right",
            );
            self.diagnostics
                .push(twice.with_label(first.span.clone(), "the other one"));
        }
        Some(first)
    }

    fn lang(&mut self) -> Lang {
        let Some(field) = self.front.find(Key::Lang) else {
            return self.series.lang.clone();
        };
        let lang = Lang::new(&field.value);
        if !lang.is_well_formed() {
            self.diagnostics.push(Diagnostic::error(
                Rule::Language,
                field.span.clone(),
                format!("expected the tag of a language, found {:?}", lang.as_str()),
                "write \"en\" for English, \"ja\" for Japanese",
            ));
        }
        lang
    }

    fn url(&mut self) -> Option<Href> {
        let field = self.front.find(Key::Url)?;
        match Target::of(&field.value) {
            Target::Usable(href) if href.is_web() => Some(href),
            Target::Unusable(unusable) => {
                self.diagnostics
                    .push(unusable.at(field.span.clone(), &field.value));
                None
            }
            _ => {
                self.diagnostics.push(Diagnostic::error(
                    Rule::UnusableLink,
                    field.span.clone(),
                    "this is not the address of a page",
                    "write the address of the issue's own page, with https:// at its start",
                ));
                None
            }
        }
    }

    /// The part with this label, if it is there and has a value; that it has none is an error.
    fn valued(&mut self, label: Label) -> Option<&'p Part> {
        let part = self.parts.find(label)?;
        if part.value.runs.is_empty() {
            self.diagnostics.push(refused(part, "has nothing after it"));
            return None;
        }
        Some(part)
    }
}

fn unmarked_run(run: &Run) -> Run {
    Run {
        href: run.href.clone(),
        ..Run::plain(&run.text)
    }
}

/// Whether `own` has words that neither the issue's title nor its volume has.
fn says_more(own: &str, title: &str, volume: Option<&Volume>) -> bool {
    let volume = volume.map_or("", Volume::as_str);
    let said: HashSet<_> = title::words(title).chain(title::words(volume)).collect();
    title::words(own).any(|word| !said.contains(&word))
}
