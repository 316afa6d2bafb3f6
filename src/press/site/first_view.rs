//! Drawings as data in `issue.json`: the first view, which is what the widget draws of an issue, and
//! the links to other issues. The widget's loader shows them before its engine has been downloaded.
//!
//! An element is an array of its tag, its attributes and its children; a text is a string. Texts and
//! values that depend on the language of the page around the digest are numbers: places in the lists
//! in `strings`, one for each language, which begin with the language itself.

use digest_issue::Issue;
use digest_view::{DigestOptions, Strings, View, render_view};
use serde::Serialize;
use serde_json::{Map, Value};
use yew::virtual_dom::{VNode, VTag};

use super::prerender::create_view;
use crate::date::format_date;

/// A drawing in every language of the interface.
#[derive(Serialize)]
pub(crate) struct FirstView {
    strings: Vec<Vec<String>>,
    root: Value,
}

impl FirstView {
    /// Draws the issue. Its title is a heading of level 2.
    pub(crate) fn draw_issue(issue: &Issue) -> Option<FirstView> {
        FirstView::draw(|strings| render_view(&view_in(strings, issue)))
    }

    /// Draws in each language. Returns nothing if this notation cannot express the drawing.
    pub(crate) fn draw(render: impl Fn(&'static Strings) -> VNode) -> Option<FirstView> {
        let drawings = Strings::ALL.map(render);
        let strings = Strings::ALL.map(|strings| vec![strings.lang.to_owned()]);
        let mut view = FirstView {
            strings: strings.into(),
            root: Value::Null,
        };
        view.root = view.write_nodes(drawings.iter())?.into_iter().next()?;
        Some(view)
    }

    /// Writes the same nodes in each language.
    fn write_nodes<'a>(&mut self, drawings: impl Iterator<Item = &'a VNode>) -> Option<Vec<Value>> {
        let drawings: Vec<_> = drawings.map(list_nodes).collect();
        let (first, others) = drawings.split_first()?;
        if others.iter().any(|nodes| nodes.len() != first.len()) {
            return None;
        }
        (0..first.len())
            .map(|index| {
                let nodes: Option<Vec<_>> = drawings
                    .iter()
                    .map(|nodes| nodes.get(index).copied())
                    .collect();
                self.write_node(&nodes?)
            })
            .collect()
    }

    fn write_node(&mut self, versions: &[&VNode]) -> Option<Value> {
        let texts: Option<Vec<_>> = versions.iter().map(|node| read_text(node)).collect();
        if let Some(texts) = texts {
            return Some(self.write_text(&texts));
        }
        let tags: Vec<&VTag> = versions
            .iter()
            .map(|node| read_tag(node))
            .collect::<Option<_>>()?;
        let mut element = vec![tags.first()?.tag().into(), self.write_attributes(&tags)?];
        if tags.iter().any(|tag| tag.children().is_some()) {
            let children: Option<Vec<_>> = tags.iter().map(|tag| tag.children()).collect();
            element.extend(self.write_nodes(children?.into_iter())?);
        }
        Some(Value::Array(element))
    }

    fn write_attributes(&mut self, tags: &[&VTag]) -> Option<Value> {
        let mut attributes = Map::new();
        for (name, _) in tags.first()?.attributes.iter() {
            let values: Option<Vec<_>> = tags.iter().map(|tag| read_value(tag, name)).collect();
            attributes.insert(name.to_owned(), self.write_text(&values?));
        }
        Some(Value::Object(attributes))
    }

    /// Writes a text that is the same in all languages, or its place in their lists.
    fn write_text(&mut self, versions: &[&str]) -> Value {
        match versions.split_first() {
            Some((first, others)) if others.iter().all(|other| other == first) => (*first).into(),
            _ => self.find_place(versions).into(),
        }
    }

    fn find_place(&mut self, versions: &[&str]) -> usize {
        let length = self.strings.first().map_or(0, Vec::len);
        let is_at = |index: &usize| {
            let mut lists = self.strings.iter().zip(versions);
            lists.all(|(list, text)| list.get(*index).is_some_and(|known| known == text))
        };
        if let Some(index) = (0..length).find(is_at) {
            return index;
        }
        for (list, text) in self.strings.iter_mut().zip(versions) {
            list.push((*text).to_owned());
        }
        length
    }
}

fn view_in(strings: &'static Strings, issue: &Issue) -> View {
    create_view(
        issue.clone(),
        strings,
        format_date(issue.date, strings.lang),
        // The loader knows the address that they are relative to.
        Box::new(|src| src.safe_url().map(String::from)),
        DigestOptions::default(),
    )
}

/// Lists the nodes that a node stands for: a list stands for all of its own.
fn list_nodes(node: &VNode) -> Vec<&VNode> {
    match node {
        VNode::VList(list) => list.iter().flat_map(list_nodes).collect(),
        node => vec![node],
    }
}

fn read_text(node: &VNode) -> Option<&str> {
    match node {
        VNode::VText(text) => Some(&text.text),
        _ => None,
    }
}

fn read_tag(node: &VNode) -> Option<&VTag> {
    match node {
        VNode::VTag(tag) => Some(tag),
        _ => None,
    }
}

fn read_value<'a>(tag: &'a VTag, name: &str) -> Option<&'a str> {
    let mut attributes = tag.attributes.iter();
    attributes
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seed_issue() -> Issue {
        Issue::from_json(include_bytes!("../../../tests/import/seed/issue.json")).unwrap()
    }

    #[test]
    fn texts_of_the_interface_are_places_in_lists() {
        let view = FirstView::draw_issue(&seed_issue()).unwrap();
        let [english, japanese] = &view.strings[..] else {
            panic!("expected two languages");
        };
        assert_eq!(english[0], "en");
        assert_eq!(japanese[0], "ja");
        assert_eq!(english.len(), japanese.len());
        let place = |text: &str| english.iter().position(|known| known == text).unwrap();
        assert_eq!(japanese[place("March 11, 2022")], "2022年3月11日");
        assert_eq!(japanese[place("Open all")], "すべて開く");
        let meta = &view.root[2][3];
        let expected = json!(["p", {"part": "meta"},
            ["span", {"part": "volume", "lang": 0, "dir": "auto"},
                place("Vol "), "1.5", place("")],
            ["time", {"part": "date", "datetime": "2022-03-11", "lang": 0, "dir": "auto"},
                place("March 11, 2022")]]);
        assert_eq!(*meta, expected);
    }

    #[test]
    fn every_text_of_the_issue_is_in_the_view() {
        let issue = seed_issue();
        let json = serde_json::to_string(&FirstView::draw_issue(&issue).unwrap()).unwrap();
        for headline in &issue.headlines {
            let text = serde_json::to_string(&headline.text).unwrap();
            assert!(json.contains(&text), "{text}");
            assert!(
                json.contains(&format!(r##""#{}""##, headline.id)),
                "{}",
                headline.id
            );
        }
    }
}
