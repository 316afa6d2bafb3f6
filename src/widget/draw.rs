//! Drawing with Yew: once, out of the document.

use std::rc::Rc;

use digest_view::{Digest, DigestProps, View};
use wasm_bindgen::JsValue;
use web_sys::{Element, window};
use yew::Renderer;

/// Draws a view and returns its root, which Yew has forgotten.
///
/// Nothing is updated later: tools in a reader's browser, such as translators, change the nodes, and
/// Yew would trust that they are as it drew them. Yew runs without its own scheduling (its feature
/// `not_browser_env`), so the drawing is complete when `render` returns, and the loader can catch
/// what goes wrong.
pub(crate) fn draw(view: View) -> Result<Element, JsValue> {
    let [stage, root] = [create_div()?, create_div()?];
    root.set_class_name("root");
    let props = DigestProps {
        view: Rc::new(view),
    };
    let app = Renderer::<Digest>::with_root_and_props(stage.clone(), props).render();
    // Destroying the app removes what it finds on the stage.
    while let Some(node) = stage.first_child() {
        root.append_child(&node)?;
    }
    app.destroy();
    Ok(root)
}

fn create_div() -> Result<Element, JsValue> {
    window()
        .and_then(|window| window.document())
        .ok_or(JsValue::UNDEFINED)?
        .create_element("div")
}
