//! The words of a newsletter and of an issue, to prove that an import loses none.
//!
//! Newsletters are read with another Markdown parser than the publisher's. It returns every text
//! and address with its span, including comments, HTML and unused definitions.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions, to_mdast};
use serde_json::Value;
use url::Url;

/// A word, or an address, of a newsletter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case; addresses are normalized.
    pub text: String,
    /// Its bytes in the newsletter. Escaped words, such as `&amp;`, have the span of the text
    /// around.
    pub span: Range<usize>,
}

/// Returns the words of Markdown in order. A link's text comes before its address.
///
/// An address of a definition, `[name]: address`, is repeated at each link that uses it. An unused
/// one stays at its definition. Footnotes come last, and have numbers instead of labels.
pub fn words_in_markdown(source: &str) -> Vec<Word> {
    let constructs = Constructs {
        gfm_autolink_literal: true,
        gfm_table: true,
        gfm_footnote_definition: true,
        gfm_label_start_footnote: true,
        ..Constructs::default()
    };
    let options = ParseOptions {
        constructs,
        ..ParseOptions::default()
    };
    let root = to_mdast(source, &options).expect("Markdown without MDX always parses");
    let mut reader = WordReader::new(source);
    reader.find_definitions(&root);
    reader.read_node(&root);
    reader.end_text();
    let notes = reader.notes.into_values().flatten();
    reader.words.into_iter().chain(notes).collect()
}

/// Returns the words of a headline with its section and source, and of its detail.
pub fn words_in_headline(headline: &Value) -> [Vec<String>; 2] {
    let mut words = words_in_text(text(&headline["section"]));
    words.extend(words_in_text(text(&headline["text"])));
    words.extend(headline["href"].as_str().map(normalize_address));
    [words, words_in_blocks(&headline["detail"])]
}

/// Returns the words of blocks, at any depth.
pub fn words_in_blocks(blocks: &Value) -> Vec<String> {
    list_values(blocks)
        .iter()
        .flat_map(words_in_block)
        .collect()
}

fn words_in_block(block: &Value) -> Vec<String> {
    let runs = [block, &block["pre"], &block["heading"]];
    let cells = list_values(&block["head"]).iter();
    let rows = list_values(&block["table"]).iter().flat_map(list_values);
    let items = list_values(&block["list"]).iter().flat_map(words_in_item);
    runs.into_iter()
        .chain(cells)
        .chain(rows)
        .flat_map(words_in_runs)
        .chain(items)
        .chain(words_in_blocks(&block["quote"]))
        .chain(words_in_image(&block["image"]))
        .collect()
}

fn words_in_image(image: &Value) -> Vec<String> {
    let address = |name: &str| image[name].as_str().map(normalize_address);
    let mut words = words_in_text(text(&image["alt"]));
    words.extend(address("src"));
    words.extend(words_in_runs(&image["caption"]));
    words.extend(address("href"));
    words
}

/// An item begins with the runs of its first paragraph.
fn words_in_item(item: &Value) -> Vec<String> {
    let is_run = |value: &&Value| value.is_string() || value["text"].is_string();
    let values = list_values(item);
    let (runs, blocks) = values.split_at(values.iter().take_while(is_run).count());
    let mut words = words_in_runs(&Value::from(runs));
    words.extend(words_in_blocks(&Value::from(blocks)));
    words
}

fn list_values(array: &Value) -> &[Value] {
    array.as_array().map_or(&[], Vec::as_slice)
}

/// Returns the words of plain text in lower case. Each Chinese or Japanese character is a word.
pub fn words_in_text(text: &str) -> Vec<String> {
    word_spans(text)
        .into_iter()
        .map(|span| text[span].to_lowercase())
        .collect()
}

/// Returns the words of a part of plain text.
pub fn words_in_span(source: &str, part: Range<usize>) -> Vec<Word> {
    let spans = word_spans(&source[part.clone()]).into_iter();
    spans
        .map(|span| part.start + span.start..part.start + span.end)
        .map(|span| Word {
            text: source[span.clone()].to_lowercase(),
            span,
        })
        .collect()
}

/// Returns true if a word is an address.
pub fn is_address(word: &str) -> bool {
    word.contains(':')
}

fn words_in_runs(runs: &Value) -> Vec<String> {
    let runs = list_values(runs);
    let mut words = Vec::new();
    // A word may span several runs, but ends with its link.
    for linked in runs.chunk_by(|one, other| one["href"] == other["href"]) {
        let linked_text: String = linked
            .iter()
            .map(|run| text(run.get("text").unwrap_or(run)))
            .collect();
        words.extend(words_in_text(&linked_text));
        words.extend(linked[0]["href"].as_str().map(normalize_address));
    }
    words
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Returns one spelling for all ways to write an address.
pub fn normalize_address(href: &str) -> String {
    let url = Url::parse(href).map_or(format!("relative:{href}"), String::from);
    percent_encoding::percent_decode_str(&url)
        .decode_utf8_lossy()
        .into_owned()
}

fn word_spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut in_word = false;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        let is_alone = ('\u{2e80}'..='\u{ffef}').contains(&character);
        if character.is_alphanumeric() {
            match spans.last_mut().filter(|_| in_word && !is_alone) {
                Some(span) => span.end = end,
                None => spans.push(start..end),
            }
        }
        in_word = character.is_alphanumeric() && !is_alone;
    }
    spans
}

/// Returns true for a tag that a detail shows as a mark.
fn is_mark(html: &str) -> bool {
    let names = "b strong i em code sup sub del s strike";
    names.split(' ').any(|mark| mark == tag_name(html))
}

fn is_line_break(html: &str) -> bool {
    tag_name(html) == "br"
}

fn tag_name(html: &str) -> String {
    html.trim_matches(['<', '/', '>', ' ']).to_lowercase()
}

/// Collects the words of a Markdown tree.
struct WordReader<'s> {
    source: &'s str,
    /// The address and title words of each definition, by its name.
    definitions: HashMap<String, Vec<String>>,
    references: HashSet<String>,
    in_link: bool,
    /// The text since the last paragraph or link ended.
    text: String,
    /// Where each piece of `text` begins, and its span in the source.
    pieces: Vec<(usize, Range<usize>)>,
    words: Vec<Word>,
    /// The words of the footnotes, by their numbers.
    notes: BTreeMap<usize, Vec<Word>>,
    /// The numbers of the footnotes, by their labels.
    numbers: HashMap<String, usize>,
}

impl<'s> WordReader<'s> {
    fn new(source: &'s str) -> WordReader<'s> {
        WordReader {
            source,
            definitions: HashMap::new(),
            references: HashSet::new(),
            in_link: false,
            text: String::new(),
            pieces: Vec::new(),
            words: Vec::new(),
            notes: BTreeMap::new(),
            numbers: HashMap::new(),
        }
    }

    fn find_definitions(&mut self, node: &Node) {
        match node {
            Node::Definition(node) => {
                let mut words = vec![normalize_address(&node.url)];
                words.extend(words_in_text(node.title.as_deref().unwrap_or_default()));
                self.definitions
                    .entry(node.identifier.clone())
                    .or_insert(words);
            }
            Node::LinkReference(node) => {
                self.references.insert(node.identifier.clone());
            }
            Node::ImageReference(node) => {
                self.references.insert(node.identifier.clone());
            }
            Node::FootnoteReference(node) => {
                self.number_footnote(&node.identifier);
            }
            _ => {}
        }
        for child in node.children().into_iter().flatten() {
            self.find_definitions(child);
        }
    }

    fn read_node(&mut self, node: &Node) {
        let span = node
            .position()
            .map_or(0..0, |position| position.start.offset..position.end.offset);
        match node {
            Node::Text(node) => self.add_text(&node.value, span),
            Node::InlineCode(node) => self.add_text(&node.value, span),
            Node::Break(_) => self.add_text(" ", span),
            Node::Html(node) if is_line_break(&node.value) => self.add_text(" ", span),
            Node::Html(node) if is_mark(&node.value) => {}
            Node::Html(node) => self.add_separate_text(&node.value, span),
            Node::Code(node) => self.add_separate_text(&node.value, span),
            Node::FootnoteReference(note) => {
                let number = self.number_footnote(&note.identifier);
                self.add_text(&number.to_string(), span);
            }
            Node::FootnoteDefinition(note) => {
                self.end_text();
                let start = self.words.len();
                let number = self.number_footnote(&note.identifier);
                self.add_separate_text(&number.to_string(), span);
                self.read_children(node);
                self.notes.insert(number, self.words.split_off(start));
            }
            Node::Image(node) => {
                self.add_separate_text(&node.alt, span.clone());
                self.add_link(&node.url, node.title.as_deref(), span);
            }
            // For this parser, a link whose text is an address has another one inside.
            Node::Link(_) if self.in_link => self.read_marked(node),
            Node::Link(link) => {
                self.in_link = true;
                self.read_children(node);
                self.in_link = false;
                self.add_link(&link.url, link.title.as_deref(), span);
            }
            Node::LinkReference(link) => {
                self.read_children(node);
                self.add_reference(&link.identifier, span);
            }
            Node::ImageReference(node) => {
                self.add_separate_text(&node.alt, span.clone());
                self.add_reference(&node.identifier, span);
            }
            Node::Definition(node) if !self.references.contains(&node.identifier) => {
                self.add_link(&node.url, node.title.as_deref(), span);
            }
            Node::Emphasis(_) | Node::Strong(_) => self.read_marked(node),
            _ => self.read_children(node),
        }
    }

    /// Reads marked text. A word may extend beyond it.
    fn read_marked(&mut self, node: &Node) {
        for child in node.children().into_iter().flatten() {
            self.read_node(child);
        }
    }

    /// Reads a block or link. No word extends beyond it.
    /// Returns the number of a footnote, in the order of the references.
    fn number_footnote(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.to_lowercase()).or_insert(next)
    }

    fn read_children(&mut self, node: &Node) {
        self.end_text();
        self.read_marked(node);
        self.end_text();
    }

    fn add_text(&mut self, text: &str, span: Range<usize>) {
        self.pieces.push((self.text.len(), span));
        self.text += text;
    }

    /// Adds text that shares no word with the text around it.
    fn add_separate_text(&mut self, text: &str, span: Range<usize>) {
        self.end_text();
        self.add_text(text, span);
        self.end_text();
    }

    fn end_text(&mut self) {
        let (pieces, text) = (
            std::mem::take(&mut self.pieces),
            std::mem::take(&mut self.text),
        );
        let mut last = 0;
        for word in word_spans(&text) {
            let piece = pieces.iter().rev().find(|(first, _)| *first <= word.start);
            let around = piece.map_or(0..0, |(_, span)| span.clone());
            let from = last.clamp(around.start, around.end);
            let span = match self.source[from..around.end].find(&text[word.clone()]) {
                Some(start) => from + start..from + start + word.len(),
                None => around,
            };
            last = span.start;
            self.words.push(Word {
                text: text[word].to_lowercase(),
                span,
            });
        }
    }

    fn add_link(&mut self, href: &str, title: Option<&str>, span: Range<usize>) {
        // “#” is a placeholder, not an address.
        if !matches!(href, "" | "#") {
            self.words.push(Word {
                text: normalize_address(href),
                span: span.clone(),
            });
        }
        self.add_separate_text(title.unwrap_or_default(), span);
    }

    fn add_reference(&mut self, name: &str, span: Range<usize>) {
        for text in self.definitions.get(name).cloned().unwrap_or_default() {
            self.words.push(Word {
                text,
                span: span.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_and_address_is_counted() {
        for (source, expected) in [
            ("A **b**c `d`\ne", "a bc d e"),
            ("日本go 語", "日 本 go 語"),
            ("a [b](https://X.example)c", "a b https://x.example/ c"),
            (
                "[a][n] [b](/c) [d](#)\n\n[n]: https://x.example/%7e\n[m]: https://y.example/",
                "a https://x.example/~ b relative:/c d https://y.example/",
            ),
            ("<!-- a --> b<br>c", "a b br c"),
            ("```x\na\n```\n\n|a|\n|-|\n|b|", "a a b"),
            ("![a](https://x.example/b)", "a https://x.example/b"),
        ] {
            let words: Vec<_> = words_in_markdown(source)
                .into_iter()
                .map(|word| word.text)
                .collect();
            assert_eq!(words.join(" "), expected, "{source}");
        }
    }

    #[test]
    fn word_spans_match_the_source() {
        let words = words_in_markdown("a *b* c");
        assert_eq!(
            words
                .iter()
                .map(|word| word.span.clone())
                .collect::<Vec<_>>(),
            [0..1, 3..4, 6..7]
        );
    }
}
