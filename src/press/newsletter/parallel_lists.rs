//! The layout of a newsletter: a title, labels, a list of headlines and a list of their details,
//! paired by position.

use digest_issue::{Credit, Date, FORMAT, Headline, Image, Issue, Lang, Volume};

use super::label::Label;
use super::markdown::{self, Item};
use super::parts::{Part, Parts, Text};
use super::slug::{HeadlineIds, issue_id};
use super::{bullet, detail, rich_text};
use crate::count::count;
use crate::{Diagnostic, Rule, date};

/// The issue that a newsletter holds, or `None` if a part of it is missing.
///
/// If an error is added to `diagnostics`, the issue is not whole.
pub(crate) fn read(
    blocks: &[markdown::Block<'_>],
    lang: Lang,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Issue> {
    let parts = Parts::sort(blocks, diagnostics);
    Reader { parts: &parts, diagnostics }.issue(lang)
}

struct Reader<'p, 'd> {
    parts: &'p Parts<'p>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'p> Reader<'p, '_> {
    fn issue(&mut self, lang: Lang) -> Option<Issue> {
        // Each part is read before any is missed, so that all errors are named.
        let title = self.title();
        let volume = self.volume();
        let date = self.date();
        let image = self.image();
        let headlines = self.headlines();
        let (title, volume) = (title?, volume?);
        Some(Issue {
            format: FORMAT,
            id: issue_id(&title, volume.as_str()),
            title,
            volume,
            date: date?,
            lang,
            url: None,
            image,
            headlines,
        })
    }

    fn title(&mut self) -> Option<String> {
        let Some(title) = &self.parts.title else {
            self.diagnostics.push(Diagnostic::error(
                Rule::MissingPart,
                self.parts.first_line(),
                "the newsletter has no title",
                "write it above all else, in a paragraph of its own",
            ));
            return None;
        };
        Some(self.plain(title, "the title"))
    }

    fn volume(&mut self) -> Option<Volume> {
        let part = self.required(Label::Volume)?;
        let volume = self.plain(&part.value, "the volume");
        if !volume.contains(|character: char| character.is_ascii_digit()) {
            self.diagnostics.push(Diagnostic::error(
                Rule::Volume,
                part.value.span.clone(),
                "the volume has no number, by which issues are put in order",
                format!("write it as in {}", Label::Volume.example()),
            ));
        }
        Some(Volume::new(volume))
    }

    fn date(&mut self) -> Option<Date> {
        let part = self.required(Label::Date)?;
        let date = date::parse(&self.plain(&part.value, "the date"));
        if date.is_none() {
            self.diagnostics.push(Diagnostic::error(
                Rule::Date,
                part.value.span.clone(),
                "this date is not understood",
                "write a day of the calendar, as in “March 11, 2022” or “2022-03-11”",
            ));
        }
        date
    }

    fn image(&mut self) -> Option<Image> {
        self.parts.find(Label::ImageSource)?;
        let part = self.required(Label::ImageSource)?;
        let credit = self.credit(&part.value);
        Some(Image { credit: Some(credit), ..Image::default() })
    }

    /// Whose picture it is; the link, if there is one, may be on any part of the text.
    fn credit(&mut self, value: &Text) -> Credit {
        let mut hrefs: Vec<_> = value.runs.iter().filter_map(|run| run.href.clone()).collect();
        hrefs.dedup();
        if hrefs.len() > 1 {
            self.diagnostics.push(Diagnostic::error(
                Rule::SeveralLinks,
                value.span.clone(),
                "the image's source has several links, but can keep only one",
                "keep the link to where the image was published",
            ));
        }
        Credit { text: self.unmarked(value, "the image's source"), href: hrefs.pop() }
    }

    fn headlines(&mut self) -> Vec<Headline> {
        let headlines = self.items(Label::Headlines);
        let details = self.items(Label::Details);
        self.check_pairs();
        let texts: Vec<_> = headlines.iter().map(|item| self.headline(item)).collect();
        let details: Vec<_> = details.iter().map(|item| detail::read(item, self.diagnostics)).collect();
        let mut ids = HeadlineIds::default();
        let pairs = texts.into_iter().zip(details);
        pairs.map(|(text, detail)| Headline { id: ids.next(&text), text, detail }).collect()
    }

    fn headline(&mut self, item: &Item<'_>) -> String {
        let runs = bullet::line(item, "a headline", self.diagnostics);
        self.plain(&Text { runs, span: item.span.clone() }, "a headline")
    }

    /// The items of the list below a label; none if that is missing, which is then named.
    fn items(&mut self, label: Label) -> &'p [Item<'p>] {
        let Some(part) = self.parts.find(label) else {
            self.missing(label);
            return &[];
        };
        if !part.value.runs.is_empty() {
            self.refuse(part, "has text beside it");
        }
        if part.items.is_empty() {
            self.refuse(part, "has no list below it");
        }
        part.items
    }

    /// Headlines and details belong together by their position, so there must be as many of each.
    fn check_pairs(&mut self) {
        let both = (self.parts.find(Label::Headlines), self.parts.find(Label::Details));
        let (Some(headlines), Some(details)) = both else { return };
        let counts = (headlines.items.len(), details.items.len());
        if counts.0 == counts.1 || counts.0 == 0 || counts.1 == 0 {
            return;
        }
        let message =
            format!("the lists do not match: {}, {}", count(counts.0, "headline"), count(counts.1, "detail"));
        let error = Diagnostic::error(
            Rule::Pairs,
            details.value.span.clone(),
            message,
            "write one bullet for each headline below “Details:”, in the same order",
        );
        self.diagnostics.push(error.and(headlines.value.span.clone(), "the headlines"));
    }

    /// The part with this label, if it is there and has a value; otherwise that is an error.
    fn required(&mut self, label: Label) -> Option<&'p Part<'p>> {
        let Some(part) = self.parts.find(label) else {
            self.missing(label);
            return None;
        };
        if part.value.runs.is_empty() {
            self.refuse(part, "has nothing after it");
            return None;
        }
        Some(part)
    }

    fn missing(&mut self, label: Label) {
        self.diagnostics.push(Diagnostic::error(
            Rule::MissingPart,
            self.parts.first_line(),
            format!("“{}” is missing", label.as_written()),
            format!("add {}", label.example()),
        ));
    }

    fn refuse(&mut self, part: &Part<'_>, reason: &str) {
        self.diagnostics.push(Diagnostic::error(
            Rule::MissingPart,
            part.value.span.clone(),
            format!("“{}” {reason}", part.label.as_written()),
            format!("write {}", part.label.example()),
        ));
    }

    /// The text alone where marks and links have no place.
    fn plain(&mut self, text: &Text, place: &str) -> String {
        if text.runs.iter().any(|run| run.href.is_some()) {
            self.diagnostics.push(Diagnostic::error(
                Rule::LinkInPlainText,
                text.span.clone(),
                format!("there is a link in {place}, which has no place for one"),
                "move it into a detail, or remove it",
            ));
        }
        self.unmarked(text, place)
    }

    /// The text alone where marks have no place.
    fn unmarked(&mut self, text: &Text, place: &str) -> String {
        if text.runs.iter().any(|run| run.strong || run.em || run.code) {
            self.diagnostics.push(Diagnostic::warning(
                Rule::Marks,
                text.span.clone(),
                format!("bold, italics and code marks are left out of {place}, which is shown in one style"),
                "take the marks out",
            ));
        }
        rich_text::text(&text.runs)
    }
}
