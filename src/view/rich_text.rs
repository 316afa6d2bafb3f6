//! The markup of texts: blocks, marks and links.

use std::iter;

use digest_issue::{Block, Href, Image, List, Run, Table};
use yew::{Html, html};

use crate::DigestOptions;
use crate::heading::heading_tag;

/// Renders blocks. The publisher renders them without the widget's links and parts.
pub struct BlockRenderer<'a> {
    /// Renders one run.
    pub render_run: &'a dyn Fn(&Run) -> Html,
    /// Renders one picture.
    pub render_image: &'a dyn Fn(&Image) -> Html,
    /// The level of the headings in the blocks.
    pub heading_level: u8,
    /// Returns the name of the next table's frame, which scrolls if the table is wider. Without it,
    /// there is no frame.
    pub name_table: Option<&'a dyn Fn() -> String>,
}

impl BlockRenderer<'_> {
    /// Renders the blocks in order.
    pub fn render_blocks(&self, blocks: &[Block]) -> Html {
        blocks
            .iter()
            .map(|block| self.render_block(block))
            .collect()
    }

    fn render_block(&self, block: &Block) -> Html {
        match block {
            Block::Paragraph(runs) => self.render_line("p", runs),
            Block::Preformatted(runs) => self.render_line("pre", runs),
            Block::Heading(runs) => self.render_line(heading_tag(self.heading_level), runs),
            Block::Quote(blocks) => render_element("blockquote", self.render_blocks(blocks)),
            Block::List(list) => self.render_list(list),
            Block::Table(table) => self.render_table(table),
            Block::Image(image) => (self.render_image)(image),
        }
    }

    fn render_list(&self, List { start, items }: &List) -> Html {
        let items = items.iter().map(|item| match &item[..] {
            [Block::Paragraph(runs)] => self.render_line("li", runs),
            blocks => render_element("li", self.render_blocks(blocks)),
        });
        let items = items.collect();
        match start {
            Some(start) => html! { <ol start={start.to_string()}>{ items }</ol> },
            None => render_element("ul", items),
        }
    }

    fn render_table(&self, Table { head, rows }: &Table) -> Html {
        // Without column headings, the first cells are the headings of their rows.
        let first = if head.is_empty() { "th" } else { "td" };
        let rows = rows.iter().map(|row| self.render_row([first, "td"], row));
        let rows = rows.collect();
        let table = html! {
            <table>
                if !head.is_empty() {
                    { render_element("thead", self.render_row(["th"; 2], head)) }
                }
                { render_element("tbody", rows) }
            </table>
        };
        // A keyboard scrolls only what has the focus, and what has the focus needs a name.
        match self.name_table {
            Some(name) => html! {
                <section part="table" tabindex="0" aria-label={name()}>{ table }</section>
            },
            None => table,
        }
    }

    /// Renders a row with the tags of its first cell and of the others.
    fn render_row(&self, [first, other]: [&'static str; 2], cells: &[Vec<Run>]) -> Html {
        let tags = iter::once(first).chain(iter::repeat(other));
        let cells = cells.iter().zip(tags);
        let cells = cells.map(|(runs, tag)| self.render_line(tag, runs));
        render_element("tr", cells.collect())
    }

    fn render_line(&self, tag: &'static str, runs: &[Run]) -> Html {
        render_element(tag, self.render_runs(runs))
    }

    fn render_runs(&self, runs: &[Run]) -> Html {
        runs.iter().map(self.render_run).collect()
    }
}

/// Renders an element without attributes. One function for all of them takes fewer bytes.
fn render_element(tag: &'static str, content: Html) -> Html {
    html! { <@{tag}>{ content }</@> }
}

/// Renders the text of a run with its marks, without its link.
pub fn render_marks(run: &Run) -> Html {
    let marks = [
        (run.code, "code"),
        (run.sup, "sup"),
        (run.sub, "sub"),
        (run.em, "em"),
        (run.strong, "strong"),
        (run.del, "del"),
    ];
    let marks = marks.into_iter().filter(|(is_set, _)| *is_set);
    marks.fold(html! { &run.text }, |text, (_, tag)| {
        render_element(tag, text)
    })
}

/// Renders a link to a source. `url` must come from [`Href::safe_url`].
pub(crate) fn render_link(options: &DigestOptions, url: &str, text: Html) -> Html {
    let target = options.link_target.clone();
    // A page opened in a window of a name could move the embedder's page.
    let rel = target.is_some().then_some("noopener");
    html! { <a part="link" href={url.to_owned()} {target} {rel}>{ text }</a> }
}

/// Renders a run with its marks, its link and the domain that the link leads to.
pub(crate) fn render_run(options: &DigestOptions, run: &Run) -> Html {
    let text = render_marks(run);
    let Some(url) = run.href.as_ref().and_then(Href::safe_url) else {
        return text;
    };
    let domain = run.href.as_ref().and_then(Href::domain);
    html! {
        <>
            { render_link(options, url, text) }
            if let Some(domain) = domain {
                <span part="source">{ " (" }{ domain }{ ")" }</span>
            }
        </>
    }
}
