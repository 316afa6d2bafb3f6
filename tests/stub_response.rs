//! Responses that a case chooses instead of an origin's files.

use axum::http::StatusCode;
use tokio::sync::watch;

/// The response to a path. It starts as the file, and a case changes what it is about.
#[derive(Clone, Debug)]
pub struct StubResponse {
    pub(crate) status: StatusCode,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) cross_origin: bool,
    pub(crate) cached: bool,
    pub(crate) header: Option<(&'static str, String)>,
    pub(crate) held: Option<watch::Receiver<bool>>,
    pub(crate) dropped: bool,
    pub(crate) endless: bool,
}

impl StubResponse {
    /// The file, as the origin serves it by default.
    pub fn file() -> Self {
        StubResponse {
            status: StatusCode::OK,
            body: None,
            content_type: None,
            cross_origin: true,
            cached: true,
            header: None,
            held: None,
            dropped: false,
            endless: false,
        }
    }

    /// An error page with this status, which no cache keeps.
    pub fn status(code: u16) -> Self {
        let status = StatusCode::from_u16(code).expect("a case uses a real status");
        let body = Some(b"<h1>Sorry</h1>".to_vec());
        StubResponse {
            status,
            body,
            content_type: Some("text/html"),
            cached: false,
            ..StubResponse::file()
        }
    }

    /// No response: the connection is closed, as when the network fails.
    pub fn dropped() -> Self {
        StubResponse {
            dropped: true,
            ..StubResponse::file()
        }
    }

    /// A body without end.
    pub fn endless() -> Self {
        StubResponse {
            endless: true,
            ..StubResponse::file()
        }
    }

    /// JSON instead of the file.
    pub fn json(text: &str) -> Self {
        StubResponse::bytes(text.into()).content_type("application/json")
    }

    /// HTML instead of the file.
    pub fn html(text: &str) -> Self {
        StubResponse::bytes(text.into()).content_type("text/html; charset=utf-8")
    }

    /// Bytes instead of the file.
    pub fn bytes(bytes: Vec<u8>) -> Self {
        StubResponse {
            body: Some(bytes),
            ..StubResponse::file()
        }
    }

    /// The same with another `content-type`.
    #[must_use]
    pub fn content_type(self, content_type: &'static str) -> Self {
        StubResponse {
            content_type: Some(content_type),
            ..self
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(self, name: &'static str, value: impl Into<String>) -> Self {
        StubResponse {
            header: Some((name, value.into())),
            ..self
        }
    }

    /// The same without the header that lets other origins read it.
    #[must_use]
    pub fn without_cors(self) -> Self {
        StubResponse {
            cross_origin: false,
            ..self
        }
    }

    /// The same, never cached: every use is a request that the log shows.
    #[must_use]
    pub fn uncached(self) -> Self {
        StubResponse {
            cached: false,
            ..self
        }
    }
}

/// A response that waits until it is released.
#[derive(Debug)]
pub struct HeldResponse {
    gate: watch::Sender<bool>,
}

impl HeldResponse {
    pub(crate) fn hold(response: StubResponse) -> (Self, StubResponse) {
        let (gate, held) = watch::channel(false);
        let response = StubResponse {
            held: Some(held),
            ..response
        };
        (HeldResponse { gate }, response)
    }

    /// Answers every request that waits, and those to come.
    pub fn release(self) {
        self.gate.send_replace(true);
    }
}
