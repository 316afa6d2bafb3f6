//! Fetching an issue and decoding the response.

use digest_issue::{DecodeError, Issue};
use gloo_net::http::{Request, Response};
use js_sys::Promise;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::load_error::LoadError;

/// An issue, and the base of its relative addresses.
pub(crate) struct FetchedIssue {
    pub(crate) issue: Issue,
    pub(crate) base: String,
}

/// Waits for the response to the loader's request.
pub(crate) async fn await_response(response: Promise) -> Result<Response, LoadError> {
    let response = JsFuture::from(response)
        .await
        .map_err(LoadError::Unreachable)?;
    Ok(Response::from(
        response.unchecked_into::<web_sys::Response>(),
    ))
}

/// Requests an issue, bypassing the cache: the cached response failed or is old.
pub(crate) async fn request_issue(source: &str) -> Result<Response, LoadError> {
    Request::get(source)
        .cache(web_sys::RequestCache::Reload)
        .send()
        .await
        .map_err(|error| LoadError::Unreachable(JsValue::from(error.to_string())))
}

/// Reads the issue in a response. The base is the response's address, after redirects.
pub(crate) async fn read_response(
    response: Result<Response, LoadError>,
) -> Result<FetchedIssue, LoadError> {
    let response = response?;
    if !response.ok() {
        return Err(LoadError::Status(response.status()));
    }
    let base = response.url();
    let json = web_sys::Response::from(response)
        .json()
        .map_err(LoadError::Unreadable)?;
    let document = JsFuture::from(json).await.map_err(LoadError::Unreadable)?;
    Ok(FetchedIssue {
        issue: decode_issue(&document)?,
        base,
    })
}

/// Decodes the issue in a JavaScript object.
pub(crate) fn decode_issue(document: &JsValue) -> Result<Issue, LoadError> {
    Issue::decode(|| Deserializer::from(document.clone())).map_err(|error| match error {
        DecodeError::Newer(format) => LoadError::Newer(format),
        DecodeError::Shape(error) => LoadError::Unreadable(error.into()),
    })
}
