//! The lines and the images of blocks, however deep.

use crate::{Block, Image, Run};

/// A text on its own: a paragraph, the paragraph of an item, a heading, a cell, a caption or
/// preformatted text.
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
    visit_blocks(blocks, path, &mut |path, block| {
        add_lines(block, path, &mut lines);
    });
    lines
}

/// Returns the images in the blocks with their JSON paths, in order. `path` is the JSON path of the
/// blocks' array.
#[must_use]
pub fn list_images<'i>(blocks: &'i [Block], path: &str) -> Vec<(String, &'i Image)> {
    let mut images = Vec::new();
    visit_blocks(blocks, path, &mut |path, block| {
        if let Block::Image(image) = block {
            images.push((path + ".image", image));
        }
    });
    images
}

/// Visits the blocks that hold no other blocks, in order, with their JSON paths.
fn visit_blocks<'i>(blocks: &'i [Block], path: &str, visit: &mut dyn FnMut(String, &'i Block)) {
    for (index, block) in blocks.iter().enumerate() {
        visit_block(block, format!("{path}[{index}]"), visit);
    }
}

fn visit_block<'i>(block: &'i Block, path: String, visit: &mut dyn FnMut(String, &'i Block)) {
    match block {
        Block::Quote(blocks) => visit_blocks(blocks, &(path + ".quote"), visit),
        Block::List(list) => {
            for (index, item) in list.items.iter().enumerate() {
                visit_item(item, &format!("{path}.list[{index}]"), visit);
            }
        }
        _ => visit(path, block),
    }
}

/// The runs of an item's first paragraph stand in the item itself, so the index of each further
/// block is higher by the runs before it.
fn visit_item<'i>(item: &'i [Block], path: &str, visit: &mut dyn FnMut(String, &'i Block)) {
    let (runs, blocks) = split_item(item);
    if let Some(first) = item.first().filter(|_| !runs.is_empty()) {
        visit(path.to_owned(), first);
    }
    for (index, block) in blocks.iter().enumerate() {
        visit_block(block, format!("{path}[{}]", runs.len() + index), visit);
    }
}

fn add_lines<'i>(block: &'i Block, path: String, lines: &mut Vec<Line<'i>>) {
    let (path, runs) = match block {
        Block::Paragraph(runs) => (path, runs),
        Block::Preformatted(runs) => (path + ".pre", runs),
        Block::Heading(runs) => (path + ".heading", runs),
        Block::Image(image) if image.caption.is_empty() => return,
        Block::Image(image) => (path + ".image.caption", &image.caption),
        Block::Table(table) => {
            add_row(&table.head, &format!("{path}.head"), lines);
            for (index, row) in table.rows.iter().enumerate() {
                add_row(row, &format!("{path}.table[{index}]"), lines);
            }
            return;
        }
        // Their blocks are visited, not they.
        Block::Quote(_) | Block::List(_) => return,
    };
    lines.push(Line { path, runs });
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
