//! The reasons why an issue fails to load, as the reader and the page see them.

use digest_view::{DigestState, Failure};
use wasm_bindgen::JsValue;

/// The reason why an issue failed to load.
pub(crate) enum LoadError {
    /// No response: the browser's error.
    Unreachable(JsValue),
    /// The server responded with this error status.
    Status(u16),
    /// The response is not an issue: the error of the JSON parser or of the decoder.
    Unreadable(JsValue),
    /// The issue uses this later version of the format.
    Newer(u64),
}

impl LoadError {
    /// Returns the state that shows the error to the reader.
    pub(crate) fn to_state(&self) -> DigestState {
        match self {
            LoadError::Unreachable(_) => DigestState::Failed(Failure::Unreachable),
            LoadError::Status(status) => DigestState::Failed(Failure::Status(*status)),
            LoadError::Unreadable(_) => DigestState::Failed(Failure::Unreadable),
            LoadError::Newer(_) => DigestState::Newer,
        }
    }

    /// Returns `reason` and `cause` of the `digest-error` event.
    pub(crate) fn into_detail(self) -> (&'static str, JsValue) {
        match self {
            LoadError::Unreachable(error) => ("unreachable", error),
            LoadError::Status(status) => ("status", status.into()),
            LoadError::Unreadable(error) => ("unreadable", error),
            LoadError::Newer(format) => ("newer", (format as f64).into()),
        }
    }
}
