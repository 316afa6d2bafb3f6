//! Maps the parts of an issue back to the spans of the newsletter.

use std::collections::{HashMap, VecDeque};

use digest_issue::{Headline, Href, Issue, list_lines};
use pulldown_cmark::{Event, Tag};

use super::markdown::{Content, Inline, MarkdownBlock};
use super::rich_text::{self, LinkTarget, run_text};
use super::structure::Newsletter;
use crate::links::find_links;
use crate::source_map::{SourceMap, Span};

/// Finds the headlines, the details and the links of an issue in the newsletter, in any layout.
///
/// Links are found by their addresses, in order; texts by the first paragraph that equals or
/// contains them. Parts that are not found have no span.
pub(crate) fn map_source(newsletter: &Newsletter<'_>, issue: &Issue) -> SourceMap {
    let mut spans = SourceIndex::default();
    spans.add_blocks(&newsletter.blocks);
    spans.add_blocks(&newsletter.footnotes);
    let mut source_map = SourceMap::default();
    for link in find_links(issue) {
        let span = spans
            .links
            .get_mut(link.href.as_written())
            .and_then(VecDeque::pop_front);
        insert(&mut source_map, link.path, span);
    }
    for (index, headline) in issue.headlines.iter().enumerate() {
        insert(
            &mut source_map,
            format!("headlines[{index}].text"),
            spans.find_text(&headline.text),
        );
        insert(
            &mut source_map,
            format!("headlines[{index}].detail"),
            spans.find_text(&first_detail_text(headline)),
        );
    }
    source_map
}

fn insert(source_map: &mut SourceMap, path: String, span: Option<Span>) {
    if let Some(span) = span {
        source_map.insert(path, span);
    }
}

/// Returns the text of the first line in a headline's detail.
fn first_detail_text(headline: &Headline) -> String {
    let lines = list_lines(&headline.detail, "");
    lines
        .first()
        .map(|line| run_text(line.runs))
        .unwrap_or_default()
}

/// The paragraphs and the links of a newsletter.
#[derive(Default)]
struct SourceIndex {
    paragraphs: Vec<(String, Span)>,
    links: HashMap<String, VecDeque<Span>>,
}

impl SourceIndex {
    fn add_blocks(&mut self, blocks: &[MarkdownBlock<'_>]) {
        for block in blocks {
            match &block.content {
                Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
                    self.add_paragraph(inlines, block);
                }
                Content::List(list) => list
                    .items
                    .iter()
                    .for_each(|item| self.add_blocks(&item.blocks)),
                Content::Quote(blocks) | Content::Footnote { blocks, .. } => {
                    self.add_blocks(blocks);
                }
                Content::Table { head, rows } => [head]
                    .into_iter()
                    .chain(rows)
                    .flatten()
                    .for_each(|cell| self.add_paragraph(cell, block)),
                Content::Code(_) | Content::Rule | Content::Other(_) => {}
            }
        }
    }

    fn add_paragraph(&mut self, inlines: &[Inline<'_>], block: &MarkdownBlock<'_>) {
        // The layout reported its errors.
        let text = run_text(&rich_text::read_line(inlines, &mut Vec::new()));
        self.paragraphs.push((text, block.span.clone()));
        for inline in inlines {
            if let Some(href) = parse_href(&inline.event) {
                self.links
                    .entry(href.as_written().to_owned())
                    .or_default()
                    .push_back(inline.span.clone());
            }
        }
    }

    fn find_text(&self, text: &str) -> Option<Span> {
        let whole = self
            .paragraphs
            .iter()
            .find(|(paragraph, _)| paragraph == text);
        let part = || {
            self.paragraphs
                .iter()
                .find(|(paragraph, _)| paragraph.contains(text))
        };
        whole.or_else(part).map(|(_, span)| span.clone())
    }
}

fn parse_href(event: &Event<'_>) -> Option<Href> {
    let Event::Start(Tag::Link { dest_url, .. }) = event else {
        return None;
    };
    match LinkTarget::parse(dest_url) {
        LinkTarget::Usable(href) => Some(href),
        LinkTarget::Placeholder | LinkTarget::Unusable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Series;
    use crate::image_source::WordParts;
    use crate::newsletter::{ParsedNewsletter, parse_newsletter};

    fn parse(source: &str) -> ParsedNewsletter {
        parse_newsletter(source, &WordParts::default(), None, &Series::default())
    }

    #[test]
    fn headlines_details_and_links_are_mapped() {
        let source = include_str!("../../../tests/import/japanese/newsletter.md");
        let ParsedNewsletter { source_map, .. } = parse(source);
        for (path, expected) in [
            ("headlines[0].text", "日米、貿易に関する初会合を開催"),
            ("headlines[1].text", "日米、経済版「2+2」の準備を開始"),
            (
                "headlines[0].detail[0][3].href",
                "[初会合](https://www.mofa.go.jp/mofaj/press/release/press4_009287.html)",
            ),
            (
                "headlines[1].detail",
                "萩生田大臣は[ワシントンを訪問](#)した。",
            ),
            (
                "image.credit.href",
                "[ジャパンタイムズ](https://www.japantimes.co.jp/日本)",
            ),
        ] {
            assert_eq!(
                source_map.find(path).map(|span| source[span].trim_end()),
                Some(expected),
                "{path}"
            );
        }
        assert_eq!(source_map.find("title"), None);
    }

    #[test]
    fn repeated_addresses_map_to_their_own_links() {
        let source = "\
Digest

Vol: 1

Date: 2022-03-11

Headlines:

- One
- Two

Details:

- [a](https://x.example/) [b](https://x.example/)
- - [c][x]

[x]: https://x.example
";
        let ParsedNewsletter {
            issue, source_map, ..
        } = parse(source);
        let found: Vec<_> = find_links(&issue)
            .iter()
            .map(|link| &source[source_map.find(&link.path).unwrap()])
            .collect();
        assert_eq!(
            found,
            [
                "[a](https://x.example/)",
                "[b](https://x.example/)",
                "[c][x]"
            ]
        );
    }
}
