//! Requesting an issue, and decoding it.
//!
//! The request is a promise for the loader, and nothing here waits for it: an exception in a task of
//! ours would stop every digest of the page, and nobody could catch it.

use digest_issue::{DecodeError, Issue};
use gloo_net::http::RequestBuilder;
use js_sys::Promise;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::JsValue;
use web_sys::{RequestCache, window};

use crate::load_error::LoadError;

/// Requests an issue, bypassing the cache: the cached response failed or is old.
pub(crate) fn request_issue(source: &str) -> Result<Promise, LoadError> {
    let request = RequestBuilder::new(source)
        .cache(RequestCache::Reload)
        .build()
        .map_err(|error| LoadError::Unreachable(JsValue::from(error.to_string())))?;
    let window = window().ok_or(LoadError::Unreachable(JsValue::UNDEFINED))?;
    Ok(window.fetch_with_request(&web_sys::Request::from(request)))
}

/// Decodes the issue in a JSON document.
pub(crate) fn decode_issue(document: &JsValue) -> Result<Issue, LoadError> {
    Issue::decode(|| Deserializer::from(document.clone())).map_err(|error| match error {
        DecodeError::Newer(format) => LoadError::Newer(format),
        DecodeError::Shape(error) => LoadError::Unreadable(error.into()),
    })
}
