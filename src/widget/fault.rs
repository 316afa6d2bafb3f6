use digest_view::{Failure, State};
use wasm_bindgen::JsValue;

/// Why an issue is not to be had.
pub(crate) enum Fault {
    /// No answer came: the browser's error.
    Unreachable(JsValue),
    /// The server answered with a status that is not a success.
    Status(u16),
    /// The answer is not an issue: the parser's or the decoder's error.
    Unreadable(JsValue),
    /// The issue is written in this later version of the format.
    Newer(u64),
}

impl Fault {
    /// What the reader sees of it.
    pub(crate) fn state(&self) -> State {
        match self {
            Fault::Unreachable(_) => State::Failed(Failure::Unreachable),
            Fault::Status(status) => State::Failed(Failure::Status(*status)),
            Fault::Unreadable(_) => State::Failed(Failure::Unreadable),
            Fault::Newer(_) => State::Newer,
        }
    }

    /// What the page is told of it: the `reason` and the `cause` of a `digest-error`.
    pub(crate) fn into_detail(self) -> (&'static str, JsValue) {
        match self {
            Fault::Unreachable(error) => ("unreachable", error),
            Fault::Status(status) => ("status", status.into()),
            Fault::Unreadable(error) => ("unreadable", error),
            Fault::Newer(format) => ("newer", (format as f64).into()),
        }
    }
}
