use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::vec;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::cjk::Separated;
use super::references::{self, References};
use crate::{Diagnostic, SourceFile};

/// A place in the source, in bytes.
pub(crate) type Span = Range<usize>;

/// A block of a document.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) span: Span,
}

/// What a block is.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    Paragraph(Vec<Inline<'a>>),
    /// A heading of a level from 1 to 6.
    Heading(u8, Vec<Inline<'a>>),
    List(List<'a>),
    /// What no newsletter has a place for, in words: "a table".
    Other(&'static str),
}

impl Content<'_> {
    /// What it is, in words: "a table".
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Content::Paragraph(_) => "a paragraph",
            Content::Heading(..) => "a heading",
            Content::List(List { first: None, .. }) => "a list",
            Content::List(List { first: Some(_), .. }) => "a numbered list",
            Content::Other(name) => name,
        }
    }
}

/// A list with numbers or bullets.
#[derive(Debug)]
pub(crate) struct List<'a> {
    /// The number of the first item, if the items have numbers.
    pub(crate) first: Option<u64>,
    pub(crate) items: Vec<Item<'a>>,
}

/// An item of a list.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    pub(crate) blocks: Vec<Block<'a>>,
    pub(crate) span: Span,
}

/// A text, a break, or the start or the end of a mark or link. The starts and ends are balanced.
#[derive(Debug)]
pub(crate) struct Inline<'a> {
    pub(crate) event: Event<'a>,
    pub(crate) span: Span,
}

/// The blocks of a Markdown document.
///
/// It begins at `start` in `source`, below the front matter. `shared` defines addresses for it.
pub(crate) fn read<'a>(
    source: &'a str,
    start: usize,
    shared: Option<&Arc<SourceFile>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block<'a>> {
    let separated = Separated::of(&source[start..]);
    let original =
        |span: Span| separated.original(span.start) + start..separated.original(span.end) + start;
    let shared = References::of(shared, OPTIONS, diagnostics);
    let (events, unused) = match &separated.text {
        Cow::Borrowed(text) => events(text, &shared, &original, diagnostics),
        Cow::Owned(text) => {
            let (events, unused) = events(text, &shared, &original, diagnostics);
            (
                events.into_iter().map(Inline::without_signs).collect(),
                unused,
            )
        }
    };
    let mut blocks = Reader {
        events: events.into_iter(),
    }
    .blocks(0);
    let name = "an address that no link leads to";
    blocks.extend(unused.into_iter().map(|span| Block {
        content: Content::Other(name),
        span,
    }));
    blocks
}

/// The blocks of a whole document that defines all its addresses.
#[cfg(test)]
pub(crate) fn parse(source: &str, start: usize) -> Vec<Block<'_>> {
    read(source, start, None, &mut Vec::new())
}

/// The extensions are on that carry text which would otherwise be mangled without a word.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// What the parser finds, and where addresses are defined that no link leads to.
fn events<'t>(
    text: &'t str,
    shared: &References<'_>,
    original: &impl Fn(Span) -> Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Inline<'t>>, Vec<Span>) {
    let mut undefined = Vec::new();
    let resolve = |link: BrokenLink<'t>| {
        shared.find(&link.reference).or_else(|| {
            // “[a][b](address)” is a link to an address behind a text in brackets.
            let is_inline = text[link.span.end..].starts_with('(');
            let error =
                references::undefined(&link, original(link.span.clone())).filter(|_| !is_inline)?;
            undefined.push(error);
            Some((references::UNDEFINED.into(), "".into()))
        })
    };
    let parser =
        Parser::new_with_broken_link_callback(text, OPTIONS, Some(resolve)).into_offset_iter();
    let definitions = parser.reference_definitions();
    diagnostics.extend(
        references::redefined(text, definitions, OPTIONS)
            .into_iter()
            .map(|mut error| {
                error
                    .spans
                    .iter_mut()
                    .for_each(|place| place.span = original(place.span.clone()));
                error
            }),
    );
    let definitions = definitions
        .iter()
        .map(|(_, link)| (link.dest.to_string(), original(link.span.clone())));
    let definitions = definitions.collect();
    let events: Vec<_> = parser
        .map(|(event, span)| inline(event, span, text, original))
        .collect();
    diagnostics.extend(undefined);
    let unused = unused_definitions(definitions, &events);
    (events, unused)
}

fn inline<'t>(
    event: Event<'t>,
    span: Span,
    text: &str,
    original: &impl Fn(Span) -> Span,
) -> Inline<'t> {
    let is_struck = text[span.clone()].starts_with("~~");
    let event = match event {
        // A single sign is no mark: editors write “10~20” for “10 to 20”.
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) if !is_struck => {
            Event::Text("~".into())
        }
        event => event,
    };
    Inline {
        event,
        span: original(span),
    }
}

/// Where `[name]: address` stands without a link that leads there: Markdown drops it silently.
fn unused_definitions(definitions: Vec<(String, Span)>, events: &[Inline<'_>]) -> Vec<Span> {
    let used: HashSet<_> = events
        .iter()
        .filter_map(|inline| link_address(&inline.event))
        .collect();
    let unused = definitions
        .into_iter()
        .filter(|(address, _)| !used.contains(address.as_str()));
    unused.map(|(_, span)| span).collect()
}

fn link_address<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    }
}

/// How deep lists may nest. It also bounds the recursion of [`Reader`].
const MAX_LIST_DEPTH: usize = 6;

struct Reader<'a> {
    events: vec::IntoIter<Inline<'a>>,
}

impl<'a> Reader<'a> {
    /// The blocks up to the end of what contains them, which is inside of `depth` lists.
    fn blocks(&mut self, depth: usize) -> Vec<Block<'a>> {
        let mut blocks = Vec::new();
        while let Some(block) = self.block(depth) {
            blocks.push(block);
        }
        blocks
    }

    fn block(&mut self, depth: usize) -> Option<Block<'a>> {
        if self
            .events
            .as_slice()
            .first()
            .is_some_and(Inline::is_inline)
        {
            return self.loose_paragraph();
        }
        let Inline { event, span } = self.events.next()?;
        let content = match event {
            Event::End(_) => return None,
            Event::Start(Tag::Paragraph) => Content::Paragraph(self.inlines_to_end()),
            Event::Start(Tag::Heading { level, .. }) => {
                Content::Heading(level as u8, self.inlines_to_end())
            }
            Event::Start(Tag::List(first)) if depth < MAX_LIST_DEPTH => Content::List(List {
                first,
                items: self.items(depth + 1),
            }),
            other => Content::Other(self.skip(&other)),
        };
        Some(Block { content, span })
    }

    /// A paragraph that is not marked as one: in a list without empty lines none is.
    fn loose_paragraph(&mut self) -> Option<Block<'a>> {
        let inlines = self.inlines();
        let span = inlines.first()?.span.start..inlines.last()?.span.end;
        Some(Block {
            content: Content::Paragraph(inlines),
            span,
        })
    }

    fn inlines_to_end(&mut self) -> Vec<Inline<'a>> {
        let inlines = self.inlines();
        self.events.next();
        inlines
    }

    fn inlines(&mut self) -> Vec<Inline<'a>> {
        let count = self
            .events
            .as_slice()
            .iter()
            .take_while(|inline| inline.is_inline())
            .count();
        self.events.by_ref().take(count).collect()
    }

    fn items(&mut self, depth: usize) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        while let Some(Inline {
            event: Event::Start(_),
            span,
        }) = self.events.next()
        {
            items.push(Item {
                blocks: self.blocks(depth),
                span,
            });
        }
        items
    }

    /// Passes over a block that began with `event`, and names it.
    fn skip(&mut self, event: &Event<'a>) -> &'static str {
        let Event::Start(tag) = event else {
            return "a line across the page";
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
        name(tag)
    }
}

impl Inline<'_> {
    /// The same without the signs of [`Separated`].
    fn without_signs(self) -> Inline<'static> {
        let mut event = self.event.into_static();
        match &mut event {
            Event::Text(text) | Event::Code(text) => remove_signs(text),
            Event::Start(
                Tag::Link {
                    dest_url, title, ..
                }
                | Tag::Image {
                    dest_url, title, ..
                },
            ) => {
                remove_signs(dest_url);
                remove_signs(title);
            }
            _ => {}
        }
        Inline {
            event,
            span: self.span,
        }
    }

    fn is_inline(&self) -> bool {
        match &self.event {
            Event::Start(tag) => is_inline(tag.to_end()),
            Event::End(tag) => is_inline(*tag),
            Event::Html(_) | Event::Rule => false,
            _ => true,
        }
    }
}

fn remove_signs(text: &mut CowStr<'_>) {
    if let Some(clean) = Separated::without_signs(text) {
        *text = clean.into();
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

fn name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::BlockQuote(_) => "a quotation",
        Tag::CodeBlock(CodeBlockKind::Indented) => {
            "a block of code (its lines start with four spaces)"
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => "a block of code",
        Tag::HtmlBlock => "HTML",
        Tag::List(_) => "a list inside of six lists",
        Tag::FootnoteDefinition(_) => "a footnote",
        Tag::Table(_) => "a table",
        _ => "a block",
    }
}

/// The blocks in short: `p` for a paragraph, `h1` for a heading, the name of any other.
#[cfg(test)]
pub(crate) fn outline(blocks: &[Block<'_>]) -> String {
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
            Content::Other(name) => (*name).to_owned(),
        })
        .collect();
    blocks.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_in_their_order() {
        for (source, expected) in [
            (
                "# Title\n\ntext\n- a\n- b\n\n1. c",
                "h1, p, ul(p | p), ol(p)",
            ),
            ("- a *b* c\n  - d\n\n    e\n-", "ul(p, ul(p, p) | )"),
            (
                "- - - - - - - a",
                "ul(ul(ul(ul(ul(ul(a list inside of six lists))))))",
            ),
            (
                "***\n> a\n\n    b",
                "a line across the page, a quotation, a block of code (its lines start with four spaces)",
            ),
            (
                "```\na\n```\n<p>\n\na|b\n-|-\n1|2",
                "a block of code, HTML, a table",
            ),
            (
                "---\na: b\n---\nc[^1]\n\n[^1]: d",
                "a line across the page, h2, p, a footnote",
            ),
            (
                "[a]\n\n[a]: b\n[c]: d",
                "p, an address that no link leads to",
            ),
        ] {
            assert_eq!(outline(&parse(source, 0)), expected, "{source}");
        }
    }

    #[test]
    fn spans_count_what_stands_above() {
        let source = "\u{feff}Digest";
        assert_eq!(parse(source, 3)[0].span, 3..source.len());
    }

    #[test]
    fn any_depth_of_nesting_is_passed_over() {
        for marker in ["- ", "> ", "*a ", "[", "1. "] {
            parse(&marker.repeat(100_000), 0);
        }
    }
}
