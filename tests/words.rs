//! The words of a newsletter and of an issue, to see that none is lost.
//!
//! A newsletter is read here by another Markdown parser than the publisher's. It gives every text and
//! address with its place, also those of comments, HTML and definitions that nobody refers to.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions, to_mdast};
use serde_json::Value;
use url::Url;

/// A word, or an address, of a newsletter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case; an address as the URL Standard writes it.
    pub text: String,
    /// Where it is, in bytes; if it is written otherwise there, as `&amp;`, where the text around it is.
    pub span: Range<usize>,
}

/// The words of Markdown, in their order; those of a link come before its address.
///
/// An address that is defined apart, `[name]: address`, is where the links to it are, or at its
/// definition if there are none.
pub fn of_markdown(source: &str) -> Vec<Word> {
    let constructs = Constructs {
        gfm_table: true,
        gfm_footnote_definition: true,
        gfm_label_start_footnote: true,
        ..Constructs::default()
    };
    let options = ParseOptions {
        constructs,
        ..ParseOptions::default()
    };
    let root = to_mdast(source, &options).expect("plain Markdown is always read");
    let mut reader = Reader::of(source);
    reader.find_definitions(&root);
    reader.read(&root);
    reader.end_text();
    reader.words
}

/// The words of what a headline shows, and then of its detail.
pub fn of_headline(headline: &Value) -> [Vec<String>; 2] {
    let blocks = headline["detail"].as_array().into_iter().flatten();
    let detail = blocks.flat_map(|block| match &block["list"] {
        Value::Array(bullets) => bullets.iter().flat_map(of_runs).collect(),
        _ => of_runs(block),
    });
    [of_text(text_of(&headline["text"])), detail.collect()]
}

/// The words of a plain text, in lower case. Chinese and Japanese have no spaces: there each character
/// is one.
pub fn of_text(text: &str) -> Vec<String> {
    places(text)
        .into_iter()
        .map(|place| text[place].to_lowercase())
        .collect()
}

/// The words of a part of a plain text.
pub fn of_place(source: &str, part: Range<usize>) -> Vec<Word> {
    let word = |place: Range<usize>| part.start + place.start..part.start + place.end;
    let places = places(&source[part.clone()]).into_iter().map(word);
    places
        .map(|span| Word {
            text: source[span.clone()].to_lowercase(),
            span,
        })
        .collect()
}

/// Whether it is the address of a link, and not a word.
pub fn is_address(word: &str) -> bool {
    word.contains(':')
}

fn of_runs(runs: &Value) -> Vec<String> {
    let runs = runs.as_array().map_or(&[][..], Vec::as_slice);
    let mut words = Vec::new();
    // A word may consist of several runs, but does not go beyond a link.
    for linked in runs.chunk_by(|one, other| one["href"] == other["href"]) {
        let text: String = linked
            .iter()
            .map(|run| text_of(run.get("text").unwrap_or(run)))
            .collect();
        words.extend(of_text(&text));
        words.extend(linked[0]["href"].as_str().map(address));
    }
    words
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The same address in the same letters, however it is written.
pub fn address(href: &str) -> String {
    let url = Url::parse(href).map_or(format!("relative:{href}"), String::from);
    percent_encoding::percent_decode_str(&url)
        .decode_utf8_lossy()
        .into_owned()
}

/// Where the words of a text are.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut in_word = false;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        let is_alone = ('\u{2e80}'..='\u{ffef}').contains(&character);
        if character.is_alphanumeric() {
            match places.last_mut().filter(|_| in_word && !is_alone) {
                Some(place) => place.end = end,
                None => places.push(start..end),
            }
        }
        in_word = character.is_alphanumeric() && !is_alone;
    }
    places
}

struct Reader<'s> {
    source: &'s str,
    /// The addresses that are defined apart with their titles, by their names.
    definitions: HashMap<String, Vec<String>>,
    references: HashSet<String>,
    /// The text since the last end of a paragraph or link, and where its pieces are.
    text: String,
    pieces: Vec<(usize, Range<usize>)>,
    words: Vec<Word>,
}

impl<'s> Reader<'s> {
    fn of(source: &'s str) -> Reader<'s> {
        Reader {
            source,
            definitions: HashMap::new(),
            references: HashSet::new(),
            text: String::new(),
            pieces: Vec::new(),
            words: Vec::new(),
        }
    }

    fn find_definitions(&mut self, node: &Node) {
        match node {
            Node::Definition(node) => {
                let mut words = vec![address(&node.url)];
                words.extend(of_text(node.title.as_deref().unwrap_or_default()));
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
            _ => {}
        }
        for child in node.children().into_iter().flatten() {
            self.find_definitions(child);
        }
    }

    fn read(&mut self, node: &Node) {
        let span = node
            .position()
            .map_or(0..0, |position| position.start.offset..position.end.offset);
        match node {
            Node::Text(node) => self.text(&node.value, span),
            Node::InlineCode(node) => self.text(&node.value, span),
            Node::Break(_) => self.text(" ", span),
            Node::Html(node) => self.apart(&node.value, span),
            Node::Code(node) => self.apart(&node.value, span),
            Node::FootnoteReference(node) => self.apart(&node.identifier, span),
            Node::Image(node) => {
                self.apart(&node.alt, span.clone());
                self.link(&node.url, node.title.as_deref(), span);
            }
            Node::Link(link) => {
                self.children(node);
                self.link(&link.url, link.title.as_deref(), span);
            }
            Node::LinkReference(link) => {
                self.children(node);
                self.reference(&link.identifier, span);
            }
            Node::ImageReference(node) => {
                self.apart(&node.alt, span.clone());
                self.reference(&node.identifier, span);
            }
            Node::Definition(node) if !self.references.contains(&node.identifier) => {
                self.link(&node.url, node.title.as_deref(), span);
            }
            Node::Emphasis(_) | Node::Strong(_) => {
                for child in node.children().into_iter().flatten() {
                    self.read(child);
                }
            }
            _ => self.children(node),
        }
    }

    /// What is in a block or link: no word goes beyond it.
    fn children(&mut self, node: &Node) {
        self.end_text();
        for child in node.children().into_iter().flatten() {
            self.read(child);
        }
        self.end_text();
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        self.pieces.push((self.text.len(), span));
        self.text += text;
    }

    /// A text that is no part of the one around it.
    fn apart(&mut self, text: &str, span: Range<usize>) {
        self.end_text();
        self.text(text, span);
        self.end_text();
    }

    fn end_text(&mut self) {
        let (pieces, text) = (
            std::mem::take(&mut self.pieces),
            std::mem::take(&mut self.text),
        );
        let mut last = 0;
        for place in places(&text) {
            let piece = pieces.iter().rev().find(|(first, _)| *first <= place.start);
            let around = piece.map_or(0..0, |(_, span)| span.clone());
            let from = last.clamp(around.start, around.end);
            let span = match self.source[from..around.end].find(&text[place.clone()]) {
                Some(start) => from + start..from + start + place.len(),
                None => around,
            };
            last = span.start;
            self.words.push(Word {
                text: text[place].to_lowercase(),
                span,
            });
        }
    }

    fn link(&mut self, href: &str, title: Option<&str>, span: Range<usize>) {
        // “#” stands where an address is still to be written.
        if !matches!(href, "" | "#") {
            self.words.push(Word {
                text: address(href),
                span: span.clone(),
            });
        }
        self.apart(title.unwrap_or_default(), span);
    }

    fn reference(&mut self, name: &str, span: Range<usize>) {
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
    fn every_text_and_address_of_a_newsletter_is_a_word() {
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
            let words: Vec<_> = of_markdown(source)
                .into_iter()
                .map(|word| word.text)
                .collect();
            assert_eq!(words.join(" "), expected, "{source}");
        }
    }

    #[test]
    fn a_word_is_where_its_text_is() {
        let words = of_markdown("a *b* c");
        assert_eq!(
            words
                .iter()
                .map(|word| word.span.clone())
                .collect::<Vec<_>>(),
            [0..1, 3..4, 6..7]
        );
    }
}
