//! Finds elements by their local names. The prefix differs between programs, and the namespace
//! between the two editions of the standard.

use roxmltree::Node;

use crate::budget::{Budget, Limit};

/// Returns the child elements of `node`.
pub(crate) fn elements<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

/// Returns the first child element with this name.
pub(crate) fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    elements(node).find(|child| child.tag_name().name() == name)
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
pub(crate) fn switch(node: Node<'_, '_>, name: &str) -> Option<bool> {
    let property = elements(node).find(|child| child.tag_name().name() == name)?;
    Some(!matches!(
        attribute(property, "val"),
        Some("0" | "false" | "off" | "none")
    ))
}

/// Returns all text in `node`, including deleted text, with a space between paragraphs. It ends
/// where the budget does.
pub(crate) fn text(node: Node<'_, '_>, budget: &mut Budget) -> String {
    let mut all = String::new();
    for node in node.descendants() {
        let text = match node.tag_name().name() {
            "t" | "delText" => node.text().unwrap_or_default(),
            "p" | "tab" | "br" => " ",
            _ => "",
        };
        if !budget.spend(Limit::Steps, 1) || !budget.spend(Limit::OmittedText, text.len()) {
            break;
        }
        all.push_str(text);
    }
    all.trim().to_owned()
}
