//! The Markdown of a newsletter as a tree of blocks.

mod bare_addresses;
mod blank_statements;
mod cjk_emphasis;
mod footnotes;
mod half_written;
mod invisible_characters;
mod joined_text;
mod leftovers;
pub(crate) mod lines;
mod nesting;
mod parser;
mod reader;
mod references;
mod template_code;
mod tree;
mod typed_bullets;
mod uncounted_definitions;

use std::sync::Arc;

use crate::budget::{Budget, Limit};
use crate::image_source::WordParts;
use crate::{Diagnostic, SourceFile};
use reader::MarkdownReader;

pub(crate) use blank_statements::blank_statements;
pub(crate) use references::UNDEFINED;
pub(crate) use tree::{Content, Inline, List, ListItem, MarkdownBlock, span_inlines};
pub(crate) use typed_bullets::convert_typed_bullets;

/// Parses the Markdown that begins at `start` in `source`, below the front matter.
///
/// The file `references` defines addresses for it. Images in `word_parts` are inside the Word
/// document that the Markdown was converted from.
pub(crate) fn parse_blocks<'a>(
    source: &'a str,
    start: usize,
    references: Option<&Arc<SourceFile>>,
    word_parts: &WordParts,
    budget: &mut Budget,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<MarkdownBlock<'a>> {
    let text = source.get(start..).unwrap_or_default();
    if nesting::has_deep_line(text) {
        budget.exceed(Limit::Nesting);
        return Vec::new();
    }
    let parsed = parser::parse_inlines(source, start, references, word_parts, budget, diagnostics);
    if budget.is_exceeded() {
        return Vec::new();
    }
    let mut blocks = MarkdownReader::new(parsed.inlines).read_document();
    // Markdown drops these silently.
    let unused = parsed.unused_definitions.into_iter();
    blocks.extend(unused.map(|span| MarkdownBlock {
        content: Content::Other("an address that no link uses"),
        span,
    }));
    blocks
}

/// Parses a whole document that defines all its addresses.
#[cfg(test)]
pub(crate) fn parse(source: &str, start: usize) -> Vec<MarkdownBlock<'_>> {
    parse_blocks(
        source,
        start,
        None,
        &WordParts::default(),
        &mut Budget::default(),
        &mut Vec::new(),
    )
}

/// Returns the diagnostics about the Markdown of a text.
#[cfg(test)]
pub(crate) fn check_text(source: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let (word_parts, mut budget) = (WordParts::default(), Budget::default());
    parse_blocks(source, 0, None, &word_parts, &mut budget, &mut diagnostics);
    diagnostics.sort_by_key(Diagnostic::sort_key);
    diagnostics
}

/// Writes the blocks in short: `p` for a paragraph, `h1` for a heading, the name of any other.
#[cfg(test)]
pub(crate) fn outline(blocks: &[MarkdownBlock<'_>]) -> String {
    let blocks: Vec<_> = blocks
        .iter()
        .map(|block| match &block.content {
            Content::Paragraph(_) => "p".to_owned(),
            Content::Heading(level, _) => format!("h{level}"),
            Content::List(List { first, items }) => {
                let items: Vec<_> = items.iter().map(|item| outline(&item.blocks)).collect();
                format!(
                    "{}({})",
                    if first.is_some() { "ol" } else { "ul" },
                    items.join(" | ")
                )
            }
            Content::Quote(blocks) => format!("quote({})", outline(blocks)),
            Content::Code(code) => format!("code({code:?})"),
            Content::Table { head, rows } => format!("table({} + {})", head.len(), rows.len()),
            Content::Footnote { number, blocks } => {
                format!("note {number}({})", outline(blocks))
            }
            Content::Rule => "hr".to_owned(),
            Content::Other(name) => (*name).to_owned(),
        })
        .collect();
    blocks.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_parsed_in_order() {
        for (source, expected) in [
            (
                "# Title\n\ntext\n- a\n- b\n\n1. c",
                "h1, p, ul(p | p), ol(p)",
            ),
            ("- a *b* c\n  - d\n\n    e\n-", "ul(p, ul(p, p) | )"),
            (
                "- - - - - - - a",
                "ul(ul(ul(ul(ul(ul(a list or quotation inside of six others))))))",
            ),
            (
                "***\n> a\n> - b\n\n    b\n\n    c",
                "hr, quote(p, ul(p)), code(\"b\\n\\nc\")",
            ),
            (
                "```\na\n```\n<p>\n\na|b\n-|-\n1|*2*\n3|",
                "code(\"a\"), HTML, table(2 + 2)",
            ),
            ("---\na: b\n---\nc[^1]\n\n[^1]: d", "hr, h2, p, note 1(p)"),
            ("[a]\n\n[a]: b\n[c]: d", "p, an address that no link uses"),
        ] {
            assert_eq!(outline(&parse(source, 0)), expected, "{source}");
        }
    }

    #[test]
    fn spans_include_the_text_above_the_start() {
        let source = "\u{feff}Digest";
        assert_eq!(parse(source, 3)[0].span, 3..source.len());
    }

    #[test]
    fn any_depth_of_nesting_is_accepted() {
        for marker in ["- ", "> ", "*a ", "[", "1. "] {
            parse(&marker.repeat(100_000), 0);
        }
    }
}
