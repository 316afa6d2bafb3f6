//! The Markdown tree: blocks, lists and the events inside a paragraph.

use pulldown_cmark::{Event, TagEnd};

use crate::image_source::ImageSource;
use crate::source_map::Span;

/// A block of Markdown with its span in the newsletter.
#[derive(Debug)]
pub(crate) struct MarkdownBlock<'a> {
    pub(crate) content: Content<'a>,
    pub(crate) span: Span,
}

/// The content of a block.
#[derive(Debug)]
pub(crate) enum Content<'a> {
    Paragraph(Vec<Inline<'a>>),
    /// A heading of a level from 1 to 6.
    Heading(u8, Vec<Inline<'a>>),
    List(List<'a>),
    Quote(Vec<MarkdownBlock<'a>>),
    /// A block of code, as written.
    Code(String),
    /// The cells of the heading row, and the rows below it.
    Table {
        head: Vec<Vec<Inline<'a>>>,
        rows: Vec<Vec<Vec<Inline<'a>>>>,
    },
    /// The text of a footnote, with its number.
    Footnote {
        number: usize,
        blocks: Vec<MarkdownBlock<'a>>,
    },
    /// A line across the page.
    Rule,
    /// A block that no issue supports, by its name: "HTML".
    Other(&'static str),
}

impl Content<'_> {
    /// Returns its name in messages: "a table".
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Content::Paragraph(_) => "a paragraph",
            Content::Heading(..) => "a heading",
            Content::List(List { first: None, .. }) => "a list",
            Content::List(List { first: Some(_), .. }) => "a numbered list",
            Content::Quote(_) => "a quotation",
            Content::Code(_) => "a block of code",
            Content::Table { .. } => "a table",
            Content::Footnote { .. } => "a footnote",
            Content::Rule => "a line across the page",
            Content::Other(name) => name,
        }
    }
}

/// A list with numbers or bullets.
#[derive(Debug)]
pub(crate) struct List<'a> {
    /// The number of the first item in a numbered list.
    pub(crate) first: Option<u64>,
    pub(crate) items: Vec<ListItem<'a>>,
}

#[derive(Debug)]
pub(crate) struct ListItem<'a> {
    pub(crate) blocks: Vec<MarkdownBlock<'a>>,
    pub(crate) span: Span,
}

/// A text, a break, or the start or end of a mark, link or image. Starts and ends are balanced.
#[derive(Debug)]
pub(crate) struct Inline<'a> {
    pub(crate) event: Event<'a>,
    /// The source of the image that starts here.
    pub(crate) image: Option<ImageSource>,
    pub(crate) span: Span,
}

impl Inline<'_> {
    /// Returns true unless it starts or ends a block, or is one.
    pub(crate) fn is_inline(&self) -> bool {
        match &self.event {
            Event::Start(tag) => is_inline_tag(tag.to_end()),
            Event::End(tag) => is_inline_tag(*tag),
            Event::Html(_) | Event::Rule => false,
            _ => true,
        }
    }
}

fn is_inline_tag(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Returns a span from the start of the first inline to the end of the last one.
pub(crate) fn span_inlines(inlines: &[Inline<'_>]) -> Option<Span> {
    Some(inlines.first()?.span.start..inlines.last()?.span.end)
}
