//! Tables of data. Tables that arrange the page are read as its text.

use std::mem;

use scraper::ElementRef;

use super::{Context, HtmlReader};
use crate::source::document::{DocumentBlock, DocumentPiece, Role, flatten, spend_cells};
use crate::source::html::element::find_outermost;
use crate::source::html::layout_table::is_layout_table;

impl<'a> HtmlReader<'a, '_> {
    pub(super) fn read_table(&mut self, table: ElementRef<'a>, context: &Context) {
        if is_layout_table(table) {
            self.read_block(table, context);
        } else {
            self.read_data_table(table, context);
        }
    }

    fn read_data_table(&mut self, table: ElementRef<'a>, context: &Context) {
        self.end_paragraph(context.role);
        let context = Context {
            style: context.style.clone(),
            is_shrunk: context.is_shrunk,
            ..Context::default()
        };
        for caption in find_outermost(table, &["caption"]) {
            self.read_element(caption, &context);
        }
        let mut rows: Vec<Vec<_>> = Vec::new();
        for row in find_outermost(table, &["tr"]) {
            let style = self.styles.resolve(row, self.budget);
            if style.hides("tr") || row.attr("hidden").is_some() {
                self.leave_out_hidden(row);
                continue;
            }
            let context = context.with_element(row, style);
            let cells = find_outermost(row, &["td", "th"]);
            rows.push(
                cells
                    .into_iter()
                    .map(|cell| self.read_cell(cell, &context))
                    .collect(),
            );
        }
        spend_cells(&rows, self.budget);
        self.document.blocks.push(DocumentBlock::Table(rows));
    }

    fn read_cell(&mut self, cell: ElementRef<'a>, context: &Context) -> Vec<DocumentPiece> {
        let blocks = mem::take(&mut self.document.blocks);
        self.read_element(cell, context);
        self.end_paragraph(Role::Text);
        let mut pieces = flatten(mem::replace(&mut self.document.blocks, blocks));
        pieces.append(&mut self.waiting);
        pieces
    }
}
