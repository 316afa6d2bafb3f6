//! Writes a feed as a document, in the structure that the layout `feed` reads.

use std::collections::HashSet;
use std::rc::Rc;

use digest_issue::Lang;
use url::Url;

use super::adapt::{adapt_description, adapt_detail, block_pieces, remove_controls};
use super::losses::{EMPTY_ENTRY, LANGUAGE, LINK, Losses, PICTURE, SUMMARY};
use super::model::{Entry, Feed};
use super::text::{read_text, read_title};
use super::{FeedDocument, FeedEntries};
use crate::budget::{Budget, Limit};
use crate::image_source::ImageSource;
use crate::shorten::shorten;
use crate::source::document::{
    Document, DocumentBlock, DocumentPiece, Role, Style, is_blank, plain_text,
};
use crate::{Diagnostic, Rule, Series};

/// Writes a feed as a document: its settings, its description, and its entries with a heading each.
///
/// # Errors
///
/// If the feed has no entry, or exceeds the budget.
pub(super) fn write(mut feed: Feed, budget: &mut Budget) -> Result<FeedDocument, Diagnostic> {
    let mut writer = FeedWriter {
        budget,
        losses: std::mem::take(&mut feed.losses),
        document: Document::default(),
        entries: FeedEntries::default(),
    };
    let title = writer.read_feed_title(&feed)?;
    writer.write_settings(&title, &feed);
    writer.write_description(&title, &feed)?;
    for entry in &feed.entries {
        writer.write_entry(entry)?;
    }
    writer.budget.check()?;
    if writer.entries.ids.is_empty() {
        return Err(no_entry_error());
    }
    let mut document = writer.document;
    document.warnings.extend(writer.losses.into_warnings());
    Ok(FeedDocument {
        document,
        entries: writer.entries,
    })
}

/// Maximum length of a headline made from a text, in characters.
const MAX_HEADLINE: usize = 80;

struct FeedWriter<'b> {
    budget: &'b mut Budget,
    losses: Losses,
    document: Document,
    entries: FeedEntries,
}

impl FeedWriter<'_> {
    /// Reads the title of the feed. A feed without one has the host of its page.
    fn read_feed_title(&mut self, feed: &Feed) -> Result<String, Diagnostic> {
        if let Some(title) = &feed.title {
            let pieces = read_title(title, &mut self.document.warnings, self.budget)?;
            let title = join_words(&plain_text(&pieces));
            if !title.is_empty() {
                return Ok(title);
            }
        }
        let first = feed.entries.iter().find_map(|entry| entry.href.as_deref());
        let home = feed.home.as_deref().or(first).unwrap_or_default();
        let host = Url::parse(home).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
        if !host.is_empty() {
            let message = format!("the feed has no title: the issue has “{host}”, its host");
            let remedy = format!("write title = \"…\" in {}", Series::FILE);
            self.document.warnings.push(Diagnostic::warning(
                Rule::MissingPart,
                None,
                message,
                remedy,
            ));
        }
        Ok(host.to_owned())
    }

    fn write_settings(&mut self, title: &str, feed: &Feed) {
        let newest = feed.entries.iter().filter_map(|entry| entry.date).max();
        let date = newest.or(feed.date).map(|date| date.to_string());
        self.entries.has_date = date.is_some();
        let lang = feed.lang.clone().filter(|lang| {
            let is_usable = Lang::new(lang).is_well_formed();
            if !is_usable {
                self.losses.add(LANGUAGE, lang);
            }
            is_usable
        });
        let settings = [
            ("title", Some(title.to_owned())),
            ("date", date),
            ("lang", lang),
        ];
        let lines = settings.into_iter().filter_map(|(name, value)| {
            // A string in JSON is one in YAML too.
            Some(format!("{name}: {}\n", serde_json::Value::from(value?)))
        });
        self.document.front_matter = format!("---\n{}---\n", lines.collect::<String>());
    }

    /// Writes the description above the entries, unless it only repeats the title.
    fn write_description(&mut self, title: &str, feed: &Feed) -> Result<(), Diagnostic> {
        let Some(description) = &feed.description else {
            return Ok(());
        };
        let mut document = read_text(description, self.budget)?;
        let words = join_words(&document_text(&document));
        if has_only_words(&words, title) {
            return Ok(());
        }
        adapt_description(&mut document, &mut self.losses);
        self.add_document(document, None);
        Ok(())
    }

    fn write_entry(&mut self, entry: &Entry) -> Result<(), Diagnostic> {
        let mut detail = self.read_detail(entry)?;
        let (headline, is_whole) = self.find_headline(entry, &detail)?;
        if is_blank(&headline) {
            self.losses.add(EMPTY_ENTRY, &entry.id);
            return Ok(());
        }
        if !self.budget.spend(Limit::Headlines, 1) {
            return self.budget.check();
        }
        if is_whole {
            detail.blocks.clear();
        }
        let href = entry.href.as_deref().map(Rc::from);
        let headline = self.link_headline(headline, href.as_ref());
        let cost = headline.iter().map(DocumentPiece::cost).sum();
        if !self.budget.spend(Limit::Text, cost) {
            return self.budget.check();
        }
        let heading = DocumentBlock::paragraph(Role::Heading(1), headline);
        self.document.blocks.push(heading);
        self.add_picture(entry);
        adapt_detail(&mut detail, &mut self.losses);
        self.add_document(detail, entry.href.as_deref());
        let href = || entry.href.clone().unwrap_or_default();
        let id = Some(entry.id.clone()).filter(|id| !id.is_empty());
        self.entries.ids.push(id.unwrap_or_else(href));
        Ok(())
    }

    /// Reads the content of an entry, or else its summary. Words that only the other one has are
    /// left out.
    fn read_detail(&mut self, entry: &Entry) -> Result<Document, Diagnostic> {
        let texts = [&entry.content, &entry.summary];
        let mut texts = texts.into_iter().flatten();
        let Some(text) = texts.next() else {
            return Ok(Document::default());
        };
        let document = read_text(text, self.budget)?;
        if let Some(other) = texts.next() {
            let other = document_text(&read_text(other, self.budget)?);
            if !has_only_words(&other, &document_text(&document)) {
                self.losses.add(SUMMARY, &other);
            }
        }
        Ok(document)
    }

    /// Returns the headline of an entry: its title, or else the first words of its text, or else
    /// its address. The second value is true if the headline is all of the text.
    fn find_headline(
        &mut self,
        entry: &Entry,
        detail: &Document,
    ) -> Result<(Vec<DocumentPiece>, bool), Diagnostic> {
        if let Some(title) = &entry.title {
            let mut pieces = read_title(title, &mut self.document.warnings, self.budget)?;
            remove_controls(&mut pieces, &mut self.losses);
            // The colon at its end is not part of a headline.
            let text = plain_text(&pieces);
            if !text.trim_end_matches(['：', ':', ' ']).trim().is_empty() {
                return Ok((pieces, false));
            }
            self.count_images(&pieces);
        }
        let words = join_words(&document_text(detail));
        let first = first_words(&words);
        let is_whole = first == words && !words.is_empty() && !has_more_than_words(detail);
        let text = if words.is_empty() {
            entry.href.as_deref().map(shorten).unwrap_or_default()
        } else {
            first
        };
        Ok((
            vec![DocumentPiece::text(&text, &Style::default())],
            is_whole,
        ))
    }

    /// Counts the images of a title that is no headline.
    fn count_images(&mut self, pieces: &[DocumentPiece]) {
        for piece in pieces {
            if let DocumentPiece::Image { src, .. } = piece {
                self.losses.add(PICTURE, src.as_str());
            }
        }
    }

    /// Links all of a headline to its page. Other links in it have no place.
    fn link_headline(
        &mut self,
        mut headline: Vec<DocumentPiece>,
        href: Option<&Rc<str>>,
    ) -> Vec<DocumentPiece> {
        let Some(href) = href else {
            return headline;
        };
        for piece in &mut headline {
            if let DocumentPiece::Text(run) = piece
                && let Some(other) = run.style.href.replace(href.clone())
                && other != *href
            {
                self.losses.add(LINK, &other);
            }
        }
        headline
    }

    /// Writes the picture of an entry above its text, unless the text has it.
    fn add_picture(&mut self, entry: &Entry) {
        let Some(picture) = &entry.picture else {
            return;
        };
        let detail = entry.content.as_ref().or(entry.summary.as_ref());
        if detail.is_some_and(|detail| detail.text.contains(picture.as_str())) {
            return;
        }
        if Url::parse(picture).is_err() {
            return self.losses.add(PICTURE, picture);
        }
        let image = DocumentPiece::image("", ImageSource::from_address(picture));
        if self.budget.spend(Limit::Pieces, 1) && self.budget.spend(Limit::Text, image.cost()) {
            let paragraph = DocumentBlock::paragraph(Role::Text, vec![image]);
            self.document.blocks.push(paragraph);
        }
    }

    /// Adds the blocks and footnotes of a text, which is on the page `href`.
    fn add_document(&mut self, mut document: Document, href: Option<&str>) {
        let notes = self.document.notes.len();
        let pieces = document.blocks.iter_mut().flat_map(block_pieces);
        let in_notes = document.notes.iter_mut().flatten().flat_map(block_pieces);
        for piece in pieces.chain(in_notes) {
            match piece {
                DocumentPiece::Note(index) => *index += notes,
                DocumentPiece::Text(run) => complete_fragment(&mut run.style, href, self.budget),
                _ => {}
            }
        }
        self.document.blocks.append(&mut document.blocks);
        self.document.notes.append(&mut document.notes);
        self.document.warnings.append(&mut document.warnings);
    }
}

/// Makes a link within a page lead there from the issue.
fn complete_fragment(style: &mut Style, page: Option<&str>, budget: &mut Budget) {
    let fragment = style.href.as_deref().filter(|href| href.starts_with('#'));
    if let (Some(fragment), Some(page)) = (fragment.filter(|href| href.len() > 1), page)
        && budget.spend(Limit::Text, page.len())
    {
        let page = page.split('#').next().unwrap_or_default();
        style.href = Some(format!("{page}{fragment}").into());
    }
}

/// Returns the text of all blocks, with a space between them.
fn document_text(document: &Document) -> String {
    let texts = document.blocks.iter().map(|block| match block {
        DocumentBlock::Paragraph(_, pieces) => plain_text(pieces),
        DocumentBlock::Table(rows) => {
            let cells = rows.iter().flatten().map(|cell| plain_text(cell));
            cells.collect::<Vec<_>>().join(" ")
        }
        DocumentBlock::Rule => String::new(),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// Returns true if a text has links, pictures or warnings, which a headline would lose.
fn has_more_than_words(document: &Document) -> bool {
    let mut pieces = document.blocks.iter().flat_map(|block| match block {
        DocumentBlock::Paragraph(_, pieces) => pieces.as_slice(),
        _ => &[],
    });
    let is_table = |block: &DocumentBlock| matches!(block, DocumentBlock::Table(_));
    document.blocks.iter().any(is_table)
        || pieces.any(|piece| match piece {
            DocumentPiece::Text(run) => run.style != Style::default(),
            _ => true,
        })
}

/// Returns the first words of a text, with a sign if there are more.
fn first_words(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX_HEADLINE) else {
        return text.to_owned();
    };
    let start = &text[..end];
    // Japanese has no spaces between words.
    let word = start.rfind(' ').filter(|space| *space > end / 2);
    format!("{}…", start[..word.unwrap_or(end)].trim_end())
}

/// Returns true if `text` has no word that is not in `other`.
fn has_only_words(text: &str, other: &str) -> bool {
    let known: HashSet<String> = split_words(other).collect();
    split_words(text).all(|word| known.contains(&word))
}

fn split_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn join_words(text: &str) -> String {
    let text = text.replace(char::is_control, " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn no_entry_error() -> Diagnostic {
    Diagnostic::without_span(
        Rule::MissingPart,
        "this feed has no entry, so the issue would have no headline",
        "download the feed again when it has an entry",
    )
}
