//! What an origin answers, when a case wants something else than the file.

use axum::http::StatusCode;
use tokio::sync::watch;

/// An answer to one path. It starts as the usual one, the file, and a case changes what it is about.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) cross_origin: bool,
    pub(crate) cached: bool,
    pub(crate) header: Option<(&'static str, &'static str)>,
    pub(crate) held: Option<watch::Receiver<bool>>,
    pub(crate) dropped: bool,
}

impl Answer {
    /// The file, as the origin gives it by itself.
    pub fn usual() -> Self {
        Answer {
            status: StatusCode::OK,
            body: None,
            kind: None,
            cross_origin: true,
            cached: true,
            header: None,
            held: None,
            dropped: false,
        }
    }

    /// An error page with this status, which no cache keeps.
    pub fn status(code: u16) -> Self {
        let status = StatusCode::from_u16(code).expect("a case names a real status");
        let body = Some(b"<h1>Sorry</h1>".to_vec());
        Answer {
            status,
            body,
            kind: Some("text/html"),
            cached: false,
            ..Answer::usual()
        }
    }

    /// None: the connection is closed, as where a reader's network is gone.
    pub fn dropped() -> Self {
        Answer {
            dropped: true,
            ..Answer::usual()
        }
    }

    /// This JSON in place of the file.
    pub fn json(text: &str) -> Self {
        Answer {
            body: Some(text.into()),
            kind: Some("application/json"),
            ..Answer::usual()
        }
    }

    /// These bytes in place of the file.
    pub fn bytes(bytes: Vec<u8>) -> Self {
        Answer {
            body: Some(bytes),
            ..Answer::usual()
        }
    }

    /// The same with another `content-type`.
    #[must_use]
    pub fn kind(self, kind: &'static str) -> Self {
        Answer {
            kind: Some(kind),
            ..self
        }
    }

    /// The same with one header more.
    #[must_use]
    pub fn header(self, name: &'static str, value: &'static str) -> Self {
        Answer {
            header: Some((name, value)),
            ..self
        }
    }

    /// The same without the header that lets other origins read it.
    #[must_use]
    pub fn without_cors(self) -> Self {
        Answer {
            cross_origin: false,
            ..self
        }
    }

    /// The same, never kept in a cache: every use is a request that the log shows.
    #[must_use]
    pub fn uncached(self) -> Self {
        Answer {
            cached: false,
            ..self
        }
    }
}

/// An answer that does not come before it is released.
#[derive(Debug)]
pub struct Held {
    gate: watch::Sender<bool>,
}

impl Held {
    pub(crate) fn hold(answer: Answer) -> (Self, Answer) {
        let (gate, held) = watch::channel(false);
        (
            Held { gate },
            Answer {
                held: Some(held),
                ..answer
            },
        )
    }

    /// Lets the answer go, to whoever asked and to whoever asks from now on.
    pub fn release(self) {
        self.gate.send_replace(true);
    }
}
