//! Form fields: their values are properties of the field, not text.

use roxmltree::Node;

use super::xml::{attribute, child, elements, switch, value};

/// Returns the value that a form field shows: a check mark, the chosen entry or the default text.
pub(crate) fn read_form_value<'a>(field_character: Node<'a, 'a>) -> Option<&'a str> {
    let data = child(field_character, "ffData")?;
    let check_box = child(data, "checkBox").map(read_check_box);
    let list = || child(data, "ddList").map(read_list);
    let text = || value(child(data, "textInput")?, "default");
    check_box.or_else(list).or_else(text)
}

fn read_check_box<'a>(node: Node<'a, 'a>) -> &'static str {
    let is_checked = switch(node, "checked").or_else(|| switch(node, "default"));
    if is_checked == Some(true) {
        "☒"
    } else {
        "☐"
    }
}

fn read_list<'a>(node: Node<'a, 'a>) -> &'a str {
    let index = value(node, "result").or_else(|| value(node, "default"));
    let index = index.and_then(|index| index.parse().ok()).unwrap_or(0);
    let mut entries = elements(node).filter(|entry| entry.tag_name().name() == "listEntry");
    entries
        .nth(index)
        .and_then(|entry| attribute(entry, "val"))
        .unwrap_or_default()
}
