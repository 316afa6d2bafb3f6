//! The reasons why an issue fails to load, as the loader and the page see them.

use js_sys::Array;
use wasm_bindgen::JsValue;

/// The reason why an issue failed to load.
pub(crate) enum LoadError {
    /// No request: the browser's error.
    Unreachable(JsValue),
    /// The document is not an issue: the decoder's error.
    Unreadable(JsValue),
    /// The issue uses this later version of the format.
    Newer(u64),
}

/// The array `[reason, cause]` of the `digest-error` event. The loader tells it from an exception,
/// which never is an array.
impl From<LoadError> for JsValue {
    fn from(error: LoadError) -> JsValue {
        let (reason, cause) = match error {
            LoadError::Unreachable(error) => ("unreachable", error),
            LoadError::Unreadable(error) => ("unreadable", error),
            LoadError::Newer(format) => ("newer", (format as f64).into()),
        };
        Array::of2(&reason.into(), &cause).into()
    }
}
