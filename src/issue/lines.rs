//! The lines of blocks: every paragraph, bullet and cell, however deep.

use crate::{Block, Run};

/// A text on its own: a paragraph, the paragraph of an item, a heading, a cell or preformatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'i> {
    /// The JSON path of its runs, such as `headlines[2].detail[0]`.
    pub path: String,
    /// Its runs.
    pub runs: &'i [Run],
}

/// Returns the lines of the blocks, in order. `path` is the JSON path of their array.
#[must_use]
pub fn list_lines<'i>(blocks: &'i [Block], path: &str) -> Vec<Line<'i>> {
    let mut lines = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        add_block(block, format!("{path}[{index}]"), &mut lines);
    }
    lines
}

fn add_block<'i>(block: &'i Block, path: String, lines: &mut Vec<Line<'i>>) {
    match block {
        Block::Paragraph(runs) => lines.push(Line { path, runs }),
        Block::Preformatted(runs) => lines.push(Line {
            path: path + ".pre",
            runs,
        }),
        Block::Heading(runs) => lines.push(Line {
            path: path + ".heading",
            runs,
        }),
        Block::Quote(blocks) => lines.extend(list_lines(blocks, &(path + ".quote"))),
        Block::List(list) => {
            for (index, item) in list.items.iter().enumerate() {
                add_item(item, &format!("{path}.list[{index}]"), lines);
            }
        }
        Block::Table(table) => {
            add_row(&table.head, &format!("{path}.head"), lines);
            for (index, row) in table.rows.iter().enumerate() {
                add_row(row, &format!("{path}.table[{index}]"), lines);
            }
        }
    }
}

/// The runs of an item's first paragraph stand in the item itself, so the index of each further
/// block is higher by the runs before it.
fn add_item<'i>(item: &'i [Block], path: &str, lines: &mut Vec<Line<'i>>) {
    let (runs, blocks) = split_item(item);
    if !runs.is_empty() {
        lines.push(Line {
            path: path.to_owned(),
            runs,
        });
    }
    for (index, block) in blocks.iter().enumerate() {
        add_block(block, format!("{path}[{}]", runs.len() + index), lines);
    }
}

fn add_row<'i>(row: &'i [Vec<Run>], path: &str, lines: &mut Vec<Line<'i>>) {
    for (index, runs) in row.iter().enumerate() {
        lines.push(Line {
            path: format!("{path}[{index}]"),
            runs,
        });
    }
}

/// Splits an item as it is in JSON: the runs of its first paragraph, and the blocks below.
pub(crate) fn split_item(item: &[Block]) -> (&[Run], &[Block]) {
    match item.split_first() {
        Some((Block::Paragraph(runs), rest)) => (runs, rest),
        _ => (&[], item),
    }
}
