//! Requesting an issue, and decoding the response.
//!
//! The functions return promises to the loader and wait for none: an exception in a task of ours
//! would stop every digest of the page, and nobody could catch it.

use digest_issue::{DecodeError, Issue};
use gloo_net::http::{RequestBuilder, Response};
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

/// Returns a promise of the JSON document in a response.
pub(crate) fn read_response(response: web_sys::Response) -> Result<Promise, LoadError> {
    let response = Response::from(response);
    if !response.ok() {
        return Err(LoadError::Status(response.status()));
    }
    web_sys::Response::from(response)
        .json()
        .map_err(LoadError::Unreadable)
}

/// Decodes the issue in a JSON document.
pub(crate) fn decode_issue(document: &JsValue) -> Result<Issue, LoadError> {
    Issue::decode(|| Deserializer::from(document.clone())).map_err(|error| match error {
        DecodeError::Newer(format) => LoadError::Newer(format),
        DecodeError::Shape(error) => LoadError::Unreadable(error.into()),
    })
}
