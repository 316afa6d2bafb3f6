//! Tells tables that arrange a page from tables of data.

use scraper::ElementRef;

/// The facts about a table that tell data from layout. Tables inside it do not count.
#[derive(Debug, Default)]
struct TableFacts {
    /// The number of cells with content in each row.
    rows: Vec<usize>,
    /// A caption, a summary, or cells that say which other cells they describe.
    is_described: bool,
    has_header: bool,
    has_border: bool,
    has_table: bool,
    /// A heading, list or line, or a cell with several paragraphs.
    has_blocks: bool,
}

/// Returns true for a table that only arranges a page, as in the templates of mail programs.
pub(crate) fn is_layout_table(table: ElementRef<'_>) -> bool {
    match table.attr("role") {
        Some("presentation" | "none") => return true,
        Some("table" | "grid" | "treegrid") => return false,
        _ => {}
    }
    let mut facts = TableFacts {
        is_described: is_filled(table.attr("summary")),
        has_border: table
            .attr("border")
            .is_some_and(|border| border.trim() != "0"),
        ..TableFacts::default()
    };
    facts.collect(table, true);
    facts.is_layout()
}

impl TableFacts {
    fn is_layout(&self) -> bool {
        let is_one_row = self.rows.iter().filter(|cells| **cells > 0).count() <= 1;
        let is_one_column = self.rows.iter().all(|cells| *cells <= 1);
        if self.is_described {
            false
        } else if self.has_table || is_one_row {
            true
        } else if self.has_header {
            false
        } else {
            is_one_column || self.has_blocks && !self.has_border
        }
    }

    /// Collects the facts of the elements in `element`, which is outside all cells or inside one.
    fn collect(&mut self, element: ElementRef<'_>, is_outside: bool) {
        let mut paragraphs = 0;
        for child in element.children().filter_map(ElementRef::wrap) {
            match child.value().name() {
                "table" => {
                    self.has_table = true;
                    continue;
                }
                "caption" | "thead" | "tfoot" if is_outside => self.is_described = true,
                "tr" if is_outside => self.rows.push(0),
                "td" | "th" if is_outside => {
                    self.add_cell(child);
                    continue;
                }
                "p" => paragraphs += 1,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "blockquote" | "hr" => {
                    self.has_blocks = true;
                }
                _ => {}
            }
            self.collect(child, is_outside);
        }
        self.has_blocks |= paragraphs > 1;
    }

    fn add_cell(&mut self, cell: ElementRef<'_>) {
        let filled = usize::from(has_content(cell));
        if let Some(cells) = self.rows.last_mut() {
            *cells += filled;
        }
        self.has_header |= cell.value().name() == "th" && filled > 0;
        self.is_described |= is_filled(cell.attr("scope")) || is_filled(cell.attr("headers"));
        self.collect(cell, false);
    }
}

fn is_filled(attribute: Option<&str>) -> bool {
    attribute.is_some_and(|value| !value.trim().is_empty())
}

/// Returns true if readers may see something in a cell. The search ends at the first word.
fn has_content(cell: ElementRef<'_>) -> bool {
    cell.descendants().any(|node| {
        let is_text = |text: &str| text.chars().any(|character| !character.is_whitespace());
        let is_shown = |name: &str| matches!(name, "img" | "table" | "hr" | "svg" | "iframe");
        let value = node.value();
        value.as_text().is_some_and(|text| is_text(text))
            || value
                .as_element()
                .is_some_and(|inner| is_shown(inner.name()))
    })
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;
    use crate::source::html::element::select;

    fn is_layout(table: &str) -> bool {
        let page = Html::parse_document(table);
        is_layout_table(select(&page, "table")[0])
    }

    #[test]
    fn tables_that_arrange_a_page_are_recognised() {
        for table in [
            "<table role=presentation><tr><th>a<td>b<tr><td>c<td>d</table>",
            "<table role=none><tr><td>a</table>",
            "<table width=600><tr><td><h1>a</h1><p>b</table>",
            "<table><tr><td>a<tr><td>b</table>",
            "<table><tr><td>&nbsp;<td>a<td><tr><td colspan=3>b</table>",
            "<table><tr><td>a<td>b</table>",
            "<table><tr><td><table><tr><td>a</table><td>b<tr><td>c<td>d</table>",
            "<table><tr><th><table><tr><td>a</table><th>b<tr><th>c<th>d</table>",
            "<table border=0><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>",
            "<table><tr><td><ul><li>a</ul><td>b<tr><td>c<td>d</table>",
            "<table><tr><td>a<td>b<tr><td><p>c<p>d<td>e</table>",
            "<table><tr><th>a<th></table>",
            "<table></table>",
        ] {
            assert!(is_layout(table), "{table}");
        }
    }

    #[test]
    fn tables_of_data_are_recognised() {
        for table in [
            "<table role=table><tr><td>a</table>",
            "<table><caption>a</caption><tr><td>b</table>",
            "<table><thead><tr><td>a<tbody><tr><td>b</table>",
            "<table summary=x><tr><td>a</table>",
            "<table><tr><th>a<th>b<tr><td>c<td>d</table>",
            "<table><tr><th>a<tr><td>b</table>",
            "<table><tr><td scope=col>a<tr><td>b</table>",
            "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
            "<table><tr><td><p>a</p><td><p>b</p><tr><td><p>c</p><td><p>d</p></table>",
            "<table border=1><tr><td><p>a<p>b<td>c<tr><td>d<td>e</table>",
        ] {
            assert!(!is_layout(table), "{table}");
        }
    }
}
