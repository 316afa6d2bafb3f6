//! Reads pictures, text boxes, diagrams and charts.

use roxmltree::Node;

use super::reader::DocxReader;
use super::xml::{attribute, find_inside, find_outermost, text};
use crate::budget::Limit;
use crate::source::document::DocumentPiece;

impl<'a> DocxReader<'a, '_> {
    /// Reads a picture or a text box. Text boxes are read after the paragraph they are anchored to.
    pub(super) fn read_picture(&mut self, node: Node<'a, 'a>) {
        // The searches below visit each element inside.
        if !self.budget.spend(Limit::Steps, node.descendants().count()) {
            return;
        }
        let boxes = find_outermost(node, "txbxContent");
        let image = find(node, "blip", "embed")
            .or_else(|| find(node, "blip", "link"))
            .or_else(|| find(node, "imagedata", "id"));
        match image {
            None if !boxes.is_empty() => {}
            None => self.push_drawing(node),
            Some(id) => self.push_image(node, id),
        }
        self.boxes.extend(boxes);
    }

    fn push_image(&mut self, node: Node<'a, 'a>, id: &str) {
        let src = self.relations.image_source(id);
        let picture = DocumentPiece::image(find_alt(node).unwrap_or_default(), src);
        let is_anchor = |node: Node<'_, '_>| (node.tag_name().name() == "anchor").then_some(());
        if find_inside(node, &is_anchor).is_none() {
            self.push(picture);
        } else if self.budget.spend(Limit::Text, picture.cost()) {
            self.fields.mark_result();
            self.pictures.push(picture);
        }
    }

    /// Leaves out a drawing, and quotes its words.
    fn push_drawing(&mut self, node: Node<'a, 'a>) {
        let part = |name, id, what| Some((self.find_diagram(find(node, name, id)?)?, what));
        let (words, what) = part("relIds", "dm", "a diagram")
            .or_else(|| part("chart", "id", "a chart"))
            .unwrap_or((node, "a drawing"));
        let words = text(words, self.budget);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let piece = if words.is_empty() {
            DocumentPiece::image(find_alt(node).unwrap_or_default(), None)
        } else {
            DocumentPiece::omission(what, &words)
        };
        self.push(piece);
    }

    fn find_diagram(&self, id: &str) -> Option<Node<'a, 'a>> {
        let part = self.relations.target(id)?;
        self.parts.diagrams.get(part).copied()
    }
}

fn find_alt<'a>(node: Node<'a, 'a>) -> Option<&'a str> {
    find(node, "docPr", "descr")
        .or_else(|| find(node, "textpath", "string"))
        .or_else(|| find(node, "shape", "alt"))
}

/// Returns the first value of an attribute that is not empty, of elements with this name.
fn find<'a>(node: Node<'a, 'a>, name: &str, value: &str) -> Option<&'a str> {
    find_inside(node, &|node: Node<'a, 'a>| {
        let found = attribute(node, value).filter(|value| !value.is_empty());
        found.filter(|_| node.tag_name().name() == name)
    })
}
