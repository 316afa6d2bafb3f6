//! The engine: the boundary of Digest Widget to JavaScript.
//!
//! The loader, `www/digest.js`, registers the element, downloads the issue, and asks the engine to
//! draw an issue that its publisher has not drawn. Each function returns when its work is done, and the
//! engine keeps nothing: after a trap the loader starts another one, and what is drawn stays.
//!
//! ```js
//! const response = await fetch("https://cdn.example/issue.json");
//! const issue = await response.json();
//! shadowRoot.replaceChildren(draw_issue(issue, response.url, "en", 2, "", ""));
//! ```
//!
//! A function throws `[reason, cause]`, the details of the `digest-error` event, if an issue cannot
//! be loaded. Any other exception leaves the engine in an unknown state.

#![forbid(unsafe_code)]

mod draw;
mod fetch;
mod load_error;
mod localize;

use std::rc::Rc;

use digest_view::{DigestOptions, DigestState, Failure, Strings, View};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::load_error::LoadError;
use crate::localize::localize_issue;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Requests an issue again, bypassing every cache. Returns a promise of a `Response`.
#[wasm_bindgen]
pub fn request_issue(source: &str) -> Result<Promise, JsValue> {
    Ok(fetch::request_issue(source)?)
}

/// Draws the issue in a JSON document. The addresses of its pictures are relative to `base`.
///
/// `lang` is the language of the page, or empty: then the issue's language selects the strings.
/// `heading_level` is the title's, 1 to 5. `deep_link_base` is the address before `#id` in the links
/// of headlines, or undefined if they are none, and `link_target` the `target` of the links to
/// sources, or empty.
#[wasm_bindgen]
pub fn draw_issue(
    document: &JsValue,
    base: &str,
    lang: &str,
    heading_level: u8,
    deep_link_base: Option<String>,
    link_target: String,
) -> Result<Element, JsValue> {
    let issue = fetch::decode_issue(document)?;
    let lang = if lang.is_empty() {
        issue.lang.as_str()
    } else {
        lang
    };
    let strings = Strings::for_lang(lang);
    let localized = localize_issue(issue, base.to_owned(), strings);
    draw::draw(View {
        state: DigestState::Ready(Rc::new(localized)),
        strings,
        options: DigestOptions {
            heading_level,
            deep_link_base,
            link_target: (!link_target.is_empty()).then_some(link_target),
        },
    })
}

/// Draws the message for the reason of a failure, with its status.
#[wasm_bindgen]
pub fn draw_message(lang: &str, reason: &str, status: u16) -> Result<Element, JsValue> {
    let strings = Strings::for_lang(lang);
    let state = match reason {
        "newer" => DigestState::Refused(strings.newer),
        "too-large" => DigestState::Refused(strings.too_large),
        "status" => DigestState::Failed(Failure::Status(status)),
        "unreadable" => DigestState::Failed(Failure::Unreadable),
        _ => DigestState::Failed(Failure::Unreachable),
    };
    draw::draw(View {
        state,
        strings,
        options: DigestOptions::default(),
    })
}

/// Returns the error why a JavaScript object is not an issue, for the message in the console, or
/// `undefined` if it is an issue.
#[wasm_bindgen]
pub fn decode_error(document: &JsValue) -> JsValue {
    match fetch::decode_issue(document) {
        Err(LoadError::Unreadable(error)) => error,
        _ => JsValue::UNDEFINED,
    }
}
