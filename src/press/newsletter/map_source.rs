use std::collections::{HashMap, VecDeque};

use digest_issue::{Headline, Href, Issue};
use pulldown_cmark::{Event, Tag};

use super::link::Target;
use super::markdown::{Block, Content, Inline, Span};
use super::rich_text;
use crate::links::links;
use crate::source_map::SourceMap;

/// Where the headlines, the details and the links of an issue stand in the newsletter of these blocks,
/// whatever its layout.
///
/// They are found by what they say: links by their addresses, in their order, and texts by the first
/// paragraph that says the same, or that holds them. What cannot be found has no place.
pub(crate) fn map_source(blocks: &[Block<'_>], issue: &Issue) -> SourceMap {
    let mut found = Found::default();
    found.blocks(blocks);
    let mut source_map = SourceMap::default();
    for link in links(issue) {
        let span = found
            .links
            .get_mut(link.href.as_written())
            .and_then(VecDeque::pop_front);
        insert(&mut source_map, link.path, span);
    }
    for (index, headline) in issue.headlines.iter().enumerate() {
        insert(
            &mut source_map,
            format!("headlines[{index}].text"),
            found.text(&headline.text),
        );
        insert(
            &mut source_map,
            format!("headlines[{index}].detail"),
            found.text(&start(headline)),
        );
    }
    source_map
}

fn insert(source_map: &mut SourceMap, path: String, span: Option<Span>) {
    if let Some(span) = span {
        source_map.insert(path, span);
    }
}

/// The text that the detail of a headline starts with.
fn start(headline: &Headline) -> String {
    match headline.detail.first() {
        Some(digest_issue::Block::Paragraph(runs)) => rich_text::text(runs),
        Some(digest_issue::Block::List(items)) => items
            .first()
            .map(|runs| rich_text::text(runs))
            .unwrap_or_default(),
        None => String::new(),
    }
}

/// What a newsletter says, with the places.
#[derive(Default)]
struct Found {
    paragraphs: Vec<(String, Span)>,
    links: HashMap<String, VecDeque<Span>>,
}

impl Found {
    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            match &block.content {
                Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
                    self.paragraph(inlines, block)
                }
                Content::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Content::Other(_) => {}
            }
        }
    }

    fn paragraph(&mut self, inlines: &[Inline<'_>], block: &Block<'_>) {
        // What is wrong with it was said when it was read.
        let text = rich_text::text(&rich_text::line(inlines, &mut Vec::new()));
        self.paragraphs.push((text, block.span.clone()));
        for inline in inlines {
            if let Some(href) = href(&inline.event) {
                self.links
                    .entry(href.as_written().to_owned())
                    .or_default()
                    .push_back(inline.span.clone());
            }
        }
    }

    fn text(&self, text: &str) -> Option<Span> {
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

fn href(event: &Event<'_>) -> Option<Href> {
    let Event::Start(Tag::Link { dest_url, .. }) = event else {
        return None;
    };
    match Target::of(dest_url) {
        Target::Usable(href) => Some(href),
        Target::Placeholder | Target::Unusable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Series;
    use crate::newsletter::{Read, read};

    #[test]
    fn headlines_details_and_links_are_found_again() {
        let source = include_str!("../../../tests/import/japanese/newsletter.md");
        let Read { source_map, .. } = read(source, None, &Series::default());
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
    fn an_address_that_is_there_twice_is_found_twice() {
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
        let Read {
            issue, source_map, ..
        } = read(source, None, &Series::default());
        let found: Vec<_> = links(&issue.unwrap())
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
