use digest_issue::{DecodeError, Issue};
use gloo_net::http::{Request, Response};
use js_sys::Promise;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::fault::Fault;

/// An issue, and the address that its picture's is relative to.
pub(crate) struct Arrived {
    pub(crate) issue: Issue,
    pub(crate) base: String,
}

/// The answer to the request that the loader made.
pub(crate) async fn receive(response: Promise) -> Result<Response, Fault> {
    let response = JsFuture::from(response).await.map_err(Fault::Unreachable)?;
    Ok(Response::from(
        response.unchecked_into::<web_sys::Response>(),
    ))
}

/// The answer to a request of our own, past the cache: what is there has failed or is old.
pub(crate) async fn request(source: &str) -> Result<Response, Fault> {
    Request::get(source)
        .cache(web_sys::RequestCache::Reload)
        .send()
        .await
        .map_err(|error| Fault::Unreachable(JsValue::from(error.to_string())))
}

/// The issue in an answer. Its address is the one after redirects.
pub(crate) async fn read(response: Result<Response, Fault>) -> Result<Arrived, Fault> {
    let response = response?;
    if !response.ok() {
        return Err(Fault::Status(response.status()));
    }
    let base = response.url();
    let json = web_sys::Response::from(response)
        .json()
        .map_err(Fault::Unreadable)?;
    let document = JsFuture::from(json).await.map_err(Fault::Unreadable)?;
    Ok(Arrived {
        issue: decode(&document)?,
        base,
    })
}

/// The issue that a JavaScript object is.
pub(crate) fn decode(document: &JsValue) -> Result<Issue, Fault> {
    Issue::decode(|| Deserializer::from(document.clone())).map_err(|error| match error {
        DecodeError::Newer(format) => Fault::Newer(format),
        DecodeError::Shape(error) => Fault::Unreadable(error.into()),
    })
}
