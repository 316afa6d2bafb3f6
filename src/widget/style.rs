use digest_view::STYLE;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, Element, ShadowRoot};

thread_local! {
    /// One style sheet for all elements of the page.
    static SHEET: Result<CssStyleSheet, JsValue> = sheet();
}

/// An empty root for Yew in place of whatever is in `shadow`, with the styles.
///
/// The style sheet is constructed because a partner's `style-src` blocks `<style>` and `style=`.
pub(crate) fn root(shadow: &ShadowRoot) -> Result<Element, JsValue> {
    let sheet = SHEET.with(Clone::clone)?;
    Reflect::set(shadow, &"adoptedStyleSheets".into(), &Array::of1(&sheet))?;
    let document = shadow.owner_document().ok_or(JsValue::UNDEFINED)?;
    let root = document.create_element("div")?;
    root.set_class_name("root");
    shadow.replace_children_with_node_1(&root);
    Ok(root)
}

fn sheet() -> Result<CssStyleSheet, JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLE)?;
    Ok(sheet)
}
