//! Drawings as data, which `www/first-view.js` builds.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// Creates an element from its tag, its attributes and its children.
pub(crate) fn element(
    tag: &str,
    attributes: &[(&str, &str)],
    children: impl IntoIterator<Item = JsValue>,
) -> JsValue {
    let object = Object::new();
    for (name, value) in attributes {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    let node = Array::of2(&tag.into(), &object);
    for child in children {
        node.push(&child);
    }
    node.into()
}

/// Creates the element of a day. The page writes the day in words, in the language of the interface.
pub(crate) fn time(date: &str) -> JsValue {
    element("time", &[("datetime", date)], [date.into()])
}
