//! Facts about the elements of a page, and searches among them.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use super::vendor;

/// Returns all elements with this name.
pub(crate) fn select<'a>(page: &'a Html, name: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(name)
        .map(|selector| page.select(&selector).collect())
        .unwrap_or_default()
}

/// Returns the names that links within the page can lead to.
pub(crate) fn collect_ids(page: &Html) -> HashSet<&str> {
    let elements = page
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element());
    elements
        .flat_map(|element| element.id().into_iter().chain(element.attr("name")))
        .collect()
}

/// Returns the elements with these names inside `element`, but none inside each other or inside
/// another table.
pub(crate) fn find_outermost<'a>(element: ElementRef<'a>, names: &[&str]) -> Vec<ElementRef<'a>> {
    let mut found = Vec::new();
    for child in element.children().filter_map(ElementRef::wrap) {
        match child.value().name() {
            name if names.contains(&name) => found.push(child),
            "table" => {}
            _ => found.extend(find_outermost(child, names)),
        }
    }
    found
}

/// Returns the text of an element that browsers show, without the text of `excluded`.
pub(crate) fn visible_text(element: ElementRef<'_>, excluded: Option<ElementRef<'_>>) -> String {
    let mut text = String::new();
    push_visible_text(&mut text, element, excluded);
    text
}

fn push_visible_text(text: &mut String, element: ElementRef<'_>, excluded: Option<ElementRef<'_>>) {
    for child in element.children() {
        let inner = ElementRef::wrap(child)
            .filter(|inner| Some(*inner) != excluded && !has_no_text(*inner));
        if let Some(own) = child.value().as_text() {
            text.push_str(own);
        } else if let Some(inner) = inner {
            text.push(' ');
            if inner.value().name() == "svg" {
                push_drawing_text(text, inner);
            } else {
                push_visible_text(text, inner, excluded);
            }
            text.push(' ');
        }
    }
}

/// Returns the words of a drawing, with its titles.
pub(crate) fn drawing_text(drawing: ElementRef<'_>) -> String {
    let mut text = String::new();
    push_drawing_text(&mut text, drawing);
    text
}

fn push_drawing_text(text: &mut String, element: ElementRef<'_>) {
    for child in element.children() {
        if let Some(own) = child.value().as_text() {
            text.push_str(own);
        } else if let Some(inner) = ElementRef::wrap(child)
            && !matches!(inner.value().name(), "script" | "style" | "metadata")
        {
            push_drawing_text(text, inner);
            text.push(' ');
        }
    }
}

/// Returns true if no browser shows the element's content as text.
pub(crate) fn has_no_text(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    matches!(
        name,
        "script" | "style" | "head" | "noscript" | "template" | "title" | "rp" | "datalist"
    ) || vendor::is_list_marker(element)
}

/// Returns true for an element that begins and ends a paragraph.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "main"
            | "menu"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}
