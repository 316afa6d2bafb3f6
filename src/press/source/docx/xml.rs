//! Finds elements by their local names. The prefix differs between programs, and the namespace
//! between the two editions of the standard.
//!
//! Where a document offers alternatives, only the one that Word shows is found.

use std::borrow::Cow;

use roxmltree::Node;

use super::alternatives::resolve_alternatives;
use crate::budget::{Budget, Limit};

/// The namespace of `xml:space`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Returns the child elements of `node`, with the chosen alternative in place of alternatives.
pub(crate) fn elements<'a>(node: Node<'a, 'a>) -> Box<dyn Iterator<Item = Node<'a, 'a>> + 'a> {
    let children = node.children().filter(Node::is_element);
    Box::new(children.flat_map(|child| {
        let chosen = resolve_alternatives(child);
        let inner = chosen.filter(|chosen| *chosen != child).map(elements);
        let plain = chosen.filter(|chosen| *chosen == child);
        plain.into_iter().chain(inner.into_iter().flatten())
    }))
}

/// Returns the first child element with this name.
pub(crate) fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    elements(node).find(|child| child.tag_name().name() == name)
}

/// Returns the first element inside `node` for which `find` has a value.
pub(crate) fn find_inside<'a, T>(
    node: Node<'a, 'a>,
    find: &impl Fn(Node<'a, 'a>) -> Option<T>,
) -> Option<T> {
    elements(node).find_map(|child| find(child).or_else(|| find_inside(child, find)))
}

/// Returns the elements with this name inside `node`, but none inside each other.
pub(crate) fn find_outermost<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    let mut found = Vec::new();
    for child in elements(node) {
        if child.tag_name().name() == name {
            found.push(child);
        } else {
            found.extend(find_outermost(child, name));
        }
    }
    found
}

/// Returns the value of an attribute.
pub(crate) fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// Returns the attribute `val` of the first child element with this name.
pub(crate) fn value<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// Returns the state of an on/off property of `node`, if it is set.
pub(crate) fn switch<'a>(node: Node<'a, 'a>, name: &str) -> Option<bool> {
    let property = child(node, name)?;
    Some(!matches!(
        attribute(property, "val"),
        Some("0" | "false" | "off" | "none")
    ))
}

/// Returns the text directly in `node`, which comments may interrupt.
pub(crate) fn own_text<'a>(node: Node<'a, 'a>) -> Cow<'a, str> {
    let mut texts = node.children().filter_map(|child| {
        let is_text = child.is_text();
        child.text().filter(|_| is_text)
    });
    let first = texts.next().unwrap_or_default();
    let rest: String = texts.collect();
    if rest.is_empty() {
        Cow::Borrowed(first)
    } else {
        Cow::Owned(first.to_owned() + &rest)
    }
}

/// Returns true if white space at the ends of a text counts. The element itself or one around it
/// says so.
pub(crate) fn keeps_space(node: Node<'_, '_>, budget: &mut Budget) -> bool {
    for node in node.ancestors() {
        budget.spend(Limit::Steps, 1 + node.attributes().len());
        if let Some(space) = node.attribute((XML, "space")) {
            return space == "preserve";
        }
    }
    false
}

/// Returns all text in `node`, including deleted text, with a space between paragraphs. It ends
/// where the budget does.
pub(crate) fn text<'a>(node: Node<'a, 'a>, budget: &mut Budget) -> String {
    let mut all = String::new();
    collect_text(node, &mut all, budget);
    all.trim().to_owned()
}

fn collect_text<'a>(node: Node<'a, 'a>, all: &mut String, budget: &mut Budget) {
    let text = match node.tag_name().name() {
        // `v` is a value of a chart.
        "t" | "delText" | "v" => own_text(node),
        "p" | "tab" | "br" | "cr" | "pt" => Cow::Borrowed(" "),
        _ => Cow::Borrowed(""),
    };
    if !budget.spend(Limit::Steps, 1) || !budget.spend(Limit::OmittedText, text.len()) {
        return;
    }
    all.push_str(&text);
    for child in elements(node) {
        collect_text(child, all, budget);
    }
}
