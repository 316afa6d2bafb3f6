//! A document as Markdown, which the layouts read.

use super::Source;
use super::document::{Block, Document, Piece, Role};
use super::inline;
use crate::image_source::{ImageSource, WordParts};
use crate::{Diagnostic, Rule, Severity};

/// Writes a document so that Markdown reads the same text, marks and links in it.
///
/// What Markdown has and no issue can hold, such as a table, is written as such: then the importer
/// names it, as it does in a newsletter that is written in Markdown.
pub(crate) fn write(document: &Document) -> Source {
    let mut writer = Writer {
        warnings: document.warnings.clone(),
        ..Writer::default()
    };
    for block in &document.blocks {
        writer.block(block);
    }
    for (index, note) in document.notes.iter().enumerate() {
        writer.note(index, note);
    }
    Source {
        text: writer.text,
        warnings: writer.warnings,
        word_parts: writer.word_parts,
        converted: true,
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    warnings: Vec<Diagnostic>,
    word_parts: WordParts,
    /// The list items that are open, the outermost first.
    items: Vec<OpenItem>,
}

struct OpenItem {
    level: usize,
    /// In which column its text begins.
    column: usize,
}

impl Writer {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(role, pieces) => self.paragraph(*role, pieces),
            Block::Table(rows) => self.table(rows),
            Block::Rule => self.at_margin("", "", "***"),
        }
    }

    fn paragraph(&mut self, role: Role, pieces: &[Piece]) {
        let start = self.text.len();
        let lines = inline::lines(pieces);
        let text = lines.join(HARD_BREAK);
        match role {
            Role::Item { level, numbered } => self.item(level, numbered, &text),
            _ if text.is_empty() => {}
            Role::Continued { level } => self.continued(level, &text),
            // A heading is one line.
            Role::Heading(level) => {
                self.at_margin(
                    &format!("{} ", "#".repeat(level.clamp(1, 6))),
                    "",
                    &lines.join(" "),
                );
            }
            Role::Quotation => self.at_margin("> ", "> ", &text),
            Role::Text => self.at_margin("", "", &text),
        }
        self.warn(pieces, start);
    }

    fn item(&mut self, level: usize, numbered: bool, text: &str) {
        let separator = if self.items.is_empty() { "\n\n" } else { "\n" };
        while self.items.pop_if(|item| item.level >= level).is_some() {}
        let indent = self.indent();
        let marker = if numbered { "1. " } else { "- " };
        let column = indent.len() + marker.len();
        self.push(
            separator,
            &format!("{indent}{marker}"),
            &" ".repeat(column),
            text,
        );
        self.items.push(OpenItem { level, column });
    }

    fn continued(&mut self, level: usize, text: &str) {
        while self.items.pop_if(|item| item.level > level).is_some() {}
        let indent = self.indent();
        self.push("\n\n", &indent, &indent, text);
    }

    /// What stands before the text of the innermost item that is open.
    fn indent(&self) -> String {
        " ".repeat(self.items.last().map_or(0, |item| item.column))
    }

    fn table(&mut self, rows: &[Vec<Vec<Piece>>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines: Vec<_> = rows.iter().map(|row| table_row(row, columns)).collect();
        if columns == 0 {
            return;
        }
        lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        let start = self.text.len();
        self.at_margin("", "", &lines.join("\n"));
        for pieces in rows.iter().flatten() {
            self.warn(pieces, start);
        }
    }

    fn note(&mut self, index: usize, blocks: &[Block]) {
        let start = self.text.len();
        let paragraphs = blocks.iter().filter_map(|block| match block {
            Block::Paragraph(_, pieces) => Some(pieces),
            _ => None,
        });
        let lines: Vec<_> = paragraphs
            .clone()
            .flat_map(|pieces| inline::lines(pieces))
            .collect();
        self.at_margin(
            &format!("[^{}]: ", index + 1),
            "    ",
            &lines.join(HARD_BREAK),
        );
        for pieces in paragraphs {
            self.warn(pieces, start);
        }
    }

    fn at_margin(&mut self, first: &str, rest: &str, text: &str) {
        self.items.clear();
        self.push("\n\n", first, rest, text);
    }

    /// Writes a block, `separator` away from the one before it; `first` stands before its first
    /// line and `rest` before the others.
    fn push(&mut self, separator: &str, first: &str, rest: &str, text: &str) {
        if !self.text.is_empty() {
            self.text.truncate(self.text.trim_end_matches('\n').len());
            self.text.push_str(separator);
        }
        let block = format!("{first}{}", text.replace('\n', &format!("\n{rest}")));
        self.text.push_str(block.trim_end());
        self.text.push('\n');
    }

    /// Names what somebody should know about the block that was written from `start` on.
    fn warn(&mut self, pieces: &[Piece], start: usize) {
        let end = self.text.trim_end().len();
        let written = self.text.get(start..end).unwrap_or_default();
        let place = end - written.trim_start().len()..end;
        for piece in pieces {
            match piece {
                Piece::Warning(rule, message) => self.warnings.push(Diagnostic::warning(
                    *rule,
                    place.clone(),
                    message,
                    remedy(*rule),
                )),
                Piece::Image {
                    src: ImageSource::WordPart(name),
                    ..
                } => self.word_parts.insert(name),
                _ => {}
            }
        }
    }
}

/// A break that stays one, unlike the end of a line in Markdown.
const HARD_BREAK: &str = "\\\n";

fn table_row(cells: &[Vec<Piece>], columns: usize) -> String {
    let texts = cells
        .iter()
        .map(|cell| inline::lines(cell).join(" ").replace('|', "\\|"));
    let padding = columns.saturating_sub(cells.len());
    let cells: String = texts
        .map(|text| format!(" {text} |"))
        .chain(vec!["  |".to_owned(); padding])
        .collect();
    format!("|{cells}")
}

/// A warning about the document that is about no place in its text.
pub(crate) fn without_span(rule: Rule, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..Diagnostic::without_span(rule, message, remedy(rule))
    }
}

fn remedy(rule: Rule) -> &'static str {
    match rule {
        Rule::LeftOut => "write it into the text if readers should see it",
        Rule::Look => "write it in other words, or as a character of its own such as ⁵",
        Rule::TrackedChange => {
            "accept or reject the changes in the document if they are not decided"
        }
        _ => "remove the link in the document, or give it a text",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;
    use crate::source::document::{Run, Style};

    /// A paragraph as Markdown reads it: what it is, and each character that is no space, with its style.
    type Read = (String, Vec<(char, Style)>);

    fn read(markdown: &str) -> Vec<Read> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
        let mut blocks: Vec<Read> = Vec::new();
        let mut style = Style::default();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(Tag::Strong) => style.strong = true,
                Event::End(TagEnd::Strong) => style.strong = false,
                Event::Start(Tag::Emphasis) => style.em = true,
                Event::End(TagEnd::Emphasis) => style.em = false,
                Event::Start(Tag::Link { dest_url, .. }) => {
                    style.href = Some(dest_url.as_ref().into())
                }
                Event::End(TagEnd::Link) => style.href = None,
                Event::Start(tag) => blocks.push((format!("{:?}", tag.to_end()), Vec::new())),
                Event::Text(text) => {
                    let shown = text.chars().filter(|character| !character.is_whitespace());
                    blocks
                        .last_mut()
                        .unwrap()
                        .1
                        .extend(shown.map(|character| (character, style.clone())));
                }
                Event::SoftBreak | Event::HardBreak | Event::End(_) => {}
                other => blocks.push((format!("{other:?}"), Vec::new())),
            }
        }
        blocks
    }

    fn expected(pieces: &[Piece]) -> Vec<(char, Style)> {
        let mut characters = Vec::new();
        for piece in pieces {
            if let Piece::Text(Run { text, style }) = piece {
                let shown = text.chars().filter(|character| !character.is_whitespace());
                characters.extend(shown.map(|character| (character, style.clone())));
            }
        }
        characters
    }

    /// Writes the pieces between two paragraphs, and reads them back.
    fn check(pieces: &[Piece]) {
        let expected = expected(pieces);
        for (role, name) in [
            (Role::Text, "Paragraph"),
            (Role::Heading(2), "Heading(H2)"),
            (ITEM, "Item"),
        ] {
            let around = || Block::Paragraph(Role::Text, vec![Piece::text("x", &Style::default())]);
            let blocks = vec![around(), Block::Paragraph(role, pieces.to_vec()), around()];
            let text = write(&Document {
                blocks,
                ..Document::default()
            })
            .text;
            let mut found = read(&text);
            found.retain(|block| block.0 != "List(false)");
            if expected.is_empty() && role != ITEM {
                assert_eq!(found.len(), 2, "{text}");
                continue;
            }
            assert_eq!(found.len(), 3, "{text}");
            assert_eq!(found[1], (name.to_owned(), expected.clone()), "{text}");
        }
    }

    const ITEM: Role = Role::Item {
        level: 0,
        numbered: false,
    };

    fn style(strong: bool, em: bool, href: Option<&str>) -> Style {
        Style {
            strong,
            em,
            href: href.map(Into::into),
        }
    }

    #[test]
    fn any_text_in_any_style_is_read_back_as_it_was() {
        const TEXTS: [&str; 48] = [
            "a", "b c", " d", "e ", " ", "\u{a0}", "日", "「", "」", "。", "é", "🎉", "“", "”",
            "—", "が", "$", "*", "**", "_", "__", "[", "]", "(", ")", "[a]: b", "!", "#", "##",
            "-", "- a", "+", "=", "===", "1.", "2) a", "`", "```", "~~~", "<b>", "<", ">", "&amp;",
            "&", "#42;", "\\", "|", "\t",
        ];
        const HREFS: [Option<&str>; 6] = [
            None,
            None,
            None,
            Some("https://x.example/a_b*c"),
            Some("#"),
            Some("a b(c)<d>&amp;\\[e]\""),
        ];
        let mut random = 1_u64;
        let mut next = |count: usize| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % count
        };
        for _ in 0..5_000 {
            let pieces = (0..=next(8)).map(|_| match next(12) {
                0 => Piece::Break,
                _ => Piece::text(
                    TEXTS[next(48)],
                    &style(next(3) == 0, next(3) == 0, HREFS[next(6)]),
                ),
            });
            check(&pieces.collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_naughty_string_is_text() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
        let Ok(strings) = fs::read_to_string(corpus.join("naughty-strings/blns.txt")) else {
            return eprintln!("{} is not here: left out", corpus.display());
        };
        let styles = [
            style(false, false, None),
            style(true, false, None),
            style(false, true, Some("#")),
        ];
        for string in strings.lines() {
            for style in &styles {
                let text = |text| Piece::text(text, &Style::default());
                check(&[Piece::text(string, style)]);
                check(&[text("before"), Piece::text(string, style), text("after")]);
                check(&[
                    text("日"),
                    Piece::text(string, style),
                    Piece::Break,
                    Piece::text(string, style),
                ]);
            }
        }
    }
}
