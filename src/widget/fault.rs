use digest_view::{Failure, State};
use wasm_bindgen::JsValue;
use web_sys::console;

/// Why an issue is not to be had, with what its webmaster needs to know.
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
}

/// Tells the webmaster, in one message, which address failed, how, and what to do.
pub(crate) fn report(source: &str, fault: &Fault) {
    let (what, cause) = match fault {
        Fault::Unreachable(error) => (
            "no answer. Check the address, the Access-Control-Allow-Origin header of its server, and \
             connect-src in this page's Content-Security-Policy:",
            error.clone(),
        ),
        Fault::Status(status) => ("the server answered this status. Check the address:", (*status).into()),
        Fault::Unreadable(error) => {
            ("not an issue. Check the file with the publisher's tool:", error.clone())
        }
        Fault::Newer(format) => {
            ("made for a newer digest.js than this. Its format:", (*format as f64).into())
        }
    };
    console::error_3(&format!("digest-widget: {source}:").into(), &what.into(), &cause);
}
