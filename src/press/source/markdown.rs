//! Writes a document as Markdown, for the newsletter parser.

use super::Source;
use super::document::{Document, DocumentBlock, DocumentPiece, ItemMarker, Role};
use super::inline;
use crate::budget::{Budget, Limit};
use crate::image_source::{ImageSource, WordParts};
use crate::{Diagnostic, Rule, Severity};

/// Writes a document as Markdown with the same text, marks and links.
///
/// Content that Markdown has but no issue can hold, such as a table, is written too: the import
/// reports it as in any other newsletter.
///
/// # Errors
///
/// If the text exceeds the budget.
pub(crate) fn write_document(
    document: Document,
    budget: &mut Budget,
) -> Result<Source, Diagnostic> {
    let mut writer = MarkdownWriter {
        budget,
        text: document.front_matter,
        warnings: document.warnings,
        word_parts: WordParts::default(),
        items: Vec::new(),
    };
    for block in document.blocks {
        writer.write_block(&block);
    }
    for (index, note) in document.notes.iter().enumerate() {
        writer.write_note(index, note);
    }
    writer.budget.check()?;
    Ok(Source {
        text: writer.text,
        warnings: writer.warnings,
        word_parts: writer.word_parts,
        converted: true,
        feed: None,
    })
}

struct MarkdownWriter<'b> {
    budget: &'b mut Budget,
    text: String,
    warnings: Vec<Diagnostic>,
    word_parts: WordParts,
    /// The open list items, outermost first.
    items: Vec<OpenItem>,
}

struct OpenItem {
    level: usize,
    /// The column where its text begins.
    column: usize,
    /// Its number, and the sign written behind it.
    number: Option<(usize, char)>,
}

impl MarkdownWriter<'_> {
    fn write_block(&mut self, block: &DocumentBlock) {
        match block {
            DocumentBlock::Paragraph(role, pieces) => self.write_paragraph(*role, pieces),
            DocumentBlock::Table(rows) => self.write_table(rows),
            DocumentBlock::Rule => self.write_at_margin("", "", "***"),
        }
    }

    fn write_paragraph(&mut self, role: Role, pieces: &[DocumentPiece]) {
        let start = self.text.len();
        let lines = inline::write_lines(pieces);
        let text = lines.join(HARD_BREAK);
        match role {
            Role::Item { level, marker } => self.write_item(level, marker, &text),
            _ if text.is_empty() => {}
            Role::Continued { level } => self.write_continued(level, &text),
            // A heading is one line.
            Role::Heading(level) => {
                self.write_at_margin(
                    &format!("{} ", "#".repeat(level.clamp(1, 6))),
                    "",
                    &lines.join(" "),
                );
            }
            Role::Quotation => self.write_at_margin("> ", "> ", &text),
            Role::Text => self.write_at_margin("", "", &text),
        }
        self.warn(pieces, start);
    }

    fn write_item(&mut self, level: usize, marker: ItemMarker, text: &str) {
        let was_in_list = !self.items.is_empty();
        let mut before = None;
        while let Some(item) = self.items.pop_if(|item| item.level >= level) {
            before = Some(item);
        }
        let number = number_item(marker, before.as_ref().and_then(|item| item.number));
        // Without an empty line, only a list that starts with 1 can follow text.
        let can_follow = before.is_some() || number.is_none_or(|(value, _)| value == 1);
        let separator = if was_in_list && can_follow {
            "\n"
        } else {
            "\n\n"
        };
        let indent = self.indent();
        let marker = number.map_or("- ".to_owned(), |(value, sign)| format!("{value}{sign} "));
        let column = indent.len() + marker.len();
        self.push_block(
            separator,
            &format!("{indent}{marker}"),
            &" ".repeat(column),
            text,
        );
        self.items.push(OpenItem {
            level,
            column,
            number,
        });
    }

    fn write_continued(&mut self, level: usize, text: &str) {
        while self.items.pop_if(|item| item.level > level).is_some() {}
        let indent = self.indent();
        self.push_block("\n\n", &indent, &indent, text);
    }

    /// Returns the indent of the innermost open item.
    fn indent(&self) -> String {
        " ".repeat(self.items.last().map_or(0, |item| item.column))
    }

    fn write_table(&mut self, rows: &[Vec<Vec<DocumentPiece>>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines: Vec<_> = rows
            .iter()
            .map(|row| format_table_row(row, columns))
            .collect();
        if columns == 0 {
            return;
        }
        lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        let start = self.text.len();
        self.write_at_margin("", "", &lines.join("\n"));
        for pieces in rows.iter().flatten() {
            self.warn(pieces, start);
        }
    }

    fn write_note(&mut self, index: usize, blocks: &[DocumentBlock]) {
        let start = self.text.len();
        let paragraphs = blocks.iter().filter_map(|block| match block {
            DocumentBlock::Paragraph(_, pieces) => Some(pieces),
            _ => None,
        });
        let lines: Vec<_> = paragraphs
            .clone()
            .flat_map(|pieces| inline::write_lines(pieces))
            .collect();
        self.write_at_margin(
            &format!("[^{}]: ", index + 1),
            "    ",
            &lines.join(HARD_BREAK),
        );
        for pieces in paragraphs {
            self.warn(pieces, start);
        }
    }

    fn write_at_margin(&mut self, first: &str, rest: &str, text: &str) {
        self.items.clear();
        self.push_block("\n\n", first, rest, text);
    }

    /// Writes a block after `separator`. `first` goes before its first line, `rest` before the
    /// others.
    fn push_block(&mut self, separator: &str, first: &str, rest: &str, text: &str) {
        let lines = text.matches('\n').count();
        let length = first.len() + text.len() + lines.saturating_mul(rest.len());
        if !self.budget.spend(Limit::Written, length) {
            return;
        }
        if !self.text.is_empty() {
            self.text.truncate(self.text.trim_end_matches('\n').len());
            self.text.push_str(separator);
        }
        let block = format!("{first}{}", text.replace('\n', &format!("\n{rest}")));
        self.text.push_str(block.trim_end());
        self.text.push('\n');
    }

    /// Collects the warnings about the block that begins at `start`.
    fn warn(&mut self, pieces: &[DocumentPiece], start: usize) {
        let end = self.text.trim_end().len();
        let written = self.text.get(start..end).unwrap_or_default();
        let span = end - written.trim_start().len()..end;
        for piece in pieces {
            match piece {
                DocumentPiece::Warning(rule, message) => self.warnings.push(Diagnostic::warning(
                    *rule,
                    span.clone(),
                    message,
                    remedy(*rule),
                )),
                DocumentPiece::Image {
                    src: ImageSource::WordPart(name),
                    ..
                } => self.word_parts.insert(name),
                _ => {}
            }
        }
    }
}

/// Returns the number to write for an item, with the sign behind it. Markdown counts on from the
/// first number of a list, so a number that does not continue the list begins another: with the
/// other sign.
fn number_item(marker: ItemMarker, before: Option<(usize, char)>) -> Option<(usize, char)> {
    match (marker, before) {
        (ItemMarker::Bullet, _) => None,
        (ItemMarker::Number { value, delimiter }, None) => Some((value, delimiter)),
        (ItemMarker::Number { value, .. }, Some((last, sign))) => {
            let continues = last.checked_add(1) == Some(value);
            let other = if sign == '.' { ')' } else { '.' };
            Some((value, if continues { sign } else { other }))
        }
    }
}

/// A line break that Markdown keeps.
const HARD_BREAK: &str = "\\\n";

fn format_table_row(cells: &[Vec<DocumentPiece>], columns: usize) -> String {
    let texts = cells
        .iter()
        .map(|cell| inline::write_lines(cell).join(" ").replace('|', "\\|"));
    let padding = columns.saturating_sub(cells.len());
    let cells: String = texts
        .map(|text| format!(" {text} |"))
        .chain(vec!["  |".to_owned(); padding])
        .collect();
    format!("|{cells}")
}

/// A warning about the document without a position in its text.
pub(crate) fn warning_without_span(rule: Rule, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..Diagnostic::without_span(rule, message, remedy(rule))
    }
}

fn remedy(rule: Rule) -> &'static str {
    match rule {
        Rule::LeftOut => "write it into the text if readers should see it",
        Rule::Look => "check how it reads, and write it in another way if it is wrong",
        Rule::TrackedChange => "accept or reject the tracked changes in the document",
        _ => "remove the link in the document, or give it a text",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;
    use crate::source::document::{Script, Style, StyledRun};

    /// A parsed paragraph: its kind, and its characters except spaces, with their styles.
    type ParsedBlock = (String, Vec<(char, Style)>);

    fn parse(markdown: &str) -> Vec<ParsedBlock> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
        let mut blocks: Vec<ParsedBlock> = Vec::new();
        let mut style = Style::default();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(Tag::Strong) => style.strong = true,
                Event::End(TagEnd::Strong) => style.strong = false,
                Event::Start(Tag::Emphasis) => style.em = true,
                Event::End(TagEnd::Emphasis) => style.em = false,
                Event::Start(Tag::Link { dest_url, .. }) => {
                    style.href = Some(dest_url.as_ref().into());
                }
                Event::End(TagEnd::Link) => style.href = None,
                Event::InlineHtml(tag) => match &*tag {
                    "<del>" => style.del = true,
                    "</del>" => style.del = false,
                    "<sup>" => style.script = Some(Script::Raised),
                    "<sub>" => style.script = Some(Script::Lowered),
                    "</sup>" | "</sub>" => style.script = None,
                    _ => panic!("{tag}"),
                },
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

    fn expected(pieces: &[DocumentPiece]) -> Vec<(char, Style)> {
        let mut characters = Vec::new();
        for piece in pieces {
            if let DocumentPiece::Text(StyledRun { text, style }) = piece {
                let shown = text.chars().filter(|character| !character.is_whitespace());
                characters.extend(shown.map(|character| (character, style.clone())));
            }
        }
        characters
    }

    /// Writes the pieces between two paragraphs and parses them again.
    fn assert_round_trip(pieces: &[DocumentPiece]) {
        let expected = expected(pieces);
        for (role, name) in [
            (Role::Text, "Paragraph"),
            (Role::Heading(2), "Heading(H2)"),
            (ITEM, "Item"),
        ] {
            let around = || {
                DocumentBlock::Paragraph(
                    Role::Text,
                    vec![DocumentPiece::text("x", &Style::default())],
                )
            };
            let blocks = vec![
                around(),
                DocumentBlock::Paragraph(role, pieces.to_vec()),
                around(),
            ];
            let document = Document {
                blocks,
                ..Document::default()
            };
            let text = write_document(document, &mut Budget::default())
                .unwrap()
                .text;
            let mut found = parse(&text);
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
        marker: ItemMarker::Bullet,
    };

    fn style(strong: bool, em: bool, href: Option<&str>) -> Style {
        Style {
            strong,
            em,
            href: href.map(Into::into),
            ..Style::default()
        }
    }

    #[test]
    fn any_text_in_any_style_survives_a_round_trip() {
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
                0 => DocumentPiece::Break,
                _ => DocumentPiece::text(
                    TEXTS[next(48)],
                    &Style {
                        del: next(5) == 0,
                        script: [None, None, Some(Script::Raised), Some(Script::Lowered)][next(4)],
                        ..style(next(3) == 0, next(3) == 0, HREFS[next(6)])
                    },
                ),
            });
            assert_round_trip(&pieces.collect::<Vec<_>>());
        }
    }

    #[test]
    fn hostile_strings_survive_a_round_trip() {
        let groups: BTreeMap<String, Vec<String>> =
            serde_json::from_str(include_str!("../../../tests/hostile_strings.json")).unwrap();
        let strings: Vec<_> = groups.into_values().flatten().collect();
        // Readers replace NUL, and write a line break as a piece.
        let lines = strings
            .iter()
            .flat_map(|string| string.split(['\0', '\n', '\r']));
        let styles = [
            style(false, false, None),
            style(true, false, None),
            style(false, true, Some("#")),
        ];
        for string in lines {
            for style in &styles {
                let text = |text| DocumentPiece::text(text, &Style::default());
                assert_round_trip(&[DocumentPiece::text(string, style)]);
                assert_round_trip(&[
                    text("before"),
                    DocumentPiece::text(string, style),
                    text("after"),
                ]);
                assert_round_trip(&[
                    text("日"),
                    DocumentPiece::text(string, style),
                    DocumentPiece::Break,
                    DocumentPiece::text(string, style),
                ]);
            }
        }
    }
}
