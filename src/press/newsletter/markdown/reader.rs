//! Builds the tree of blocks from the events of the Markdown parser.

use std::vec;

use pulldown_cmark::{Event, Tag};

use super::tree::{Content, Inline, List, ListItem, MarkdownBlock, span_inlines};

/// Maximum nesting of lists and quotations. It also bounds the recursion of [`MarkdownReader`].
const MAX_DEPTH: usize = 6;

/// Reads blocks from the events of a document.
pub(super) struct MarkdownReader<'a> {
    events: vec::IntoIter<Inline<'a>>,
}

impl<'a> MarkdownReader<'a> {
    pub(super) fn new(events: Vec<Inline<'a>>) -> MarkdownReader<'a> {
        MarkdownReader {
            events: events.into_iter(),
        }
    }

    pub(super) fn read_document(mut self) -> Vec<MarkdownBlock<'a>> {
        self.read_blocks(0)
    }

    /// Reads up to the end of the surrounding block, which is inside `depth` lists and quotations.
    fn read_blocks(&mut self, depth: usize) -> Vec<MarkdownBlock<'a>> {
        let mut blocks = Vec::new();
        while let Some(block) = self.read_block(depth) {
            blocks.push(block);
        }
        blocks
    }

    fn read_block(&mut self, depth: usize) -> Option<MarkdownBlock<'a>> {
        let next = self.events.as_slice().first();
        if next.is_some_and(Inline::is_inline) {
            return self.read_tight_paragraph();
        }
        let Inline { event, span, .. } = self.events.next()?;
        let content = match event {
            Event::End(_) => return None,
            Event::Start(Tag::Paragraph) => Content::Paragraph(self.read_inlines_to_end()),
            Event::Start(Tag::Heading { level, .. }) => {
                Content::Heading(level as u8, self.read_inlines_to_end())
            }
            Event::Start(Tag::List(first)) if depth < MAX_DEPTH => Content::List(List {
                first,
                items: self.read_items(depth + 1),
            }),
            Event::Start(Tag::BlockQuote(_)) if depth < MAX_DEPTH => {
                Content::Quote(self.read_blocks(depth + 1))
            }
            Event::Start(Tag::FootnoteDefinition(number)) if depth < MAX_DEPTH => {
                Content::Footnote {
                    // The label is a number by now.
                    number: number.parse().unwrap_or_default(),
                    blocks: self.read_blocks(depth + 1),
                }
            }
            Event::Start(Tag::CodeBlock(_)) => Content::Code(self.read_code()),
            Event::Start(Tag::Table(_)) => self.read_table(),
            Event::Rule => Content::Rule,
            other => Content::Other(self.skip_block(&other)),
        };
        Some(MarkdownBlock { content, span })
    }

    /// Reads a paragraph of a list without empty lines, where paragraphs have no start and end.
    fn read_tight_paragraph(&mut self) -> Option<MarkdownBlock<'a>> {
        let inlines = self.read_inlines();
        let span = span_inlines(&inlines)?;
        Some(MarkdownBlock {
            content: Content::Paragraph(inlines),
            span,
        })
    }

    fn read_inlines_to_end(&mut self) -> Vec<Inline<'a>> {
        let inlines = self.read_inlines();
        self.events.next();
        inlines
    }

    fn read_inlines(&mut self) -> Vec<Inline<'a>> {
        let count = self
            .events
            .as_slice()
            .iter()
            .take_while(|inline| inline.is_inline())
            .count();
        self.events.by_ref().take(count).collect()
    }

    fn read_items(&mut self, depth: usize) -> Vec<ListItem<'a>> {
        let mut items = Vec::new();
        while let Some(Inline {
            event: Event::Start(_),
            span,
            ..
        }) = self.events.next()
        {
            items.push(ListItem {
                blocks: self.read_blocks(depth),
                span,
            });
        }
        items
    }

    fn read_code(&mut self) -> String {
        let mut code = String::new();
        while let Some(Inline {
            event: Event::Text(text),
            ..
        }) = self.events.next()
        {
            code.push_str(&text);
        }
        code.truncate(code.trim_end_matches('\n').len());
        code
    }

    fn read_table(&mut self) -> Content<'a> {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        while let Some(Inline {
            event: Event::Start(tag),
            ..
        }) = self.events.next()
        {
            let cells = self.read_cells();
            if matches!(tag, Tag::TableHead) {
                head = cells;
            } else {
                rows.push(cells);
            }
        }
        Content::Table { head, rows }
    }

    /// Reads the cells up to the end of their row.
    fn read_cells(&mut self) -> Vec<Vec<Inline<'a>>> {
        let mut cells = Vec::new();
        while let Some(Inline {
            event: Event::Start(_),
            ..
        }) = self.events.next()
        {
            cells.push(self.read_inlines_to_end());
        }
        cells
    }

    /// Skips the block that began with `event` and returns its name.
    fn skip_block(&mut self, event: &Event<'a>) -> &'static str {
        let Event::Start(tag) = event else {
            return "a block";
        };
        let mut open = 1;
        while open > 0 {
            match self.events.next().map(|inline| inline.event) {
                Some(Event::Start(_)) => open += 1,
                Some(Event::End(_)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
        block_name(tag)
    }
}

fn block_name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::HtmlBlock => "HTML",
        Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) => {
            "a list or quotation inside of six others"
        }
        _ => "a block",
    }
}
