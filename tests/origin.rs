//! A web origin on the loopback: the partner's site or the CDN.

use std::fs;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, Uri, header};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::answer::{Answer, Held};
use crate::process::listen;

/// A server for one test, on a port of its own.
#[derive(Debug)]
pub struct Origin {
    address: String,
    site: Arc<Site>,
    server: JoinHandle<()>,
}

#[derive(Debug)]
struct Site {
    folders: Vec<PathBuf>,
    cdn: Option<String>,
    answers: Mutex<Vec<(String, Answer)>>,
    requests: Mutex<Vec<String>>,
}

impl Origin {
    /// Starts the partner's site: the pages in `folders`, with `{cdn}` replaced by the CDN's address.
    pub(crate) async fn partner(folders: Vec<PathBuf>, cdn: &Origin) -> Self {
        Origin::start("127.0.0.1", folders, Some(cdn.address.clone())).await
    }

    /// Starts the CDN. `localhost` makes it another site than the partner's, as a real one is.
    pub(crate) async fn cdn(folders: Vec<PathBuf>) -> Self {
        Origin::start("localhost", folders, None).await
    }

    async fn start(host: &str, folders: Vec<PathBuf>, cdn: Option<String>) -> Self {
        let (listener, port) = listen();
        listener
            .set_nonblocking(true)
            .expect("a listener need not wait");
        let listener = TcpListener::from_std(listener).expect("the runtime takes a listener");
        let site = Arc::new(Site {
            folders,
            cdn,
            answers: Mutex::default(),
            requests: Mutex::default(),
        });
        let router = Router::new()
            .fallback(respond)
            .with_state(Arc::clone(&site));
        let server = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("serving goes on")
        });
        Origin {
            address: format!("http://{host}:{port}"),
            site,
            server,
        }
    }

    /// The origin, such as `http://localhost:34567`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// From now on, answers every path that ends in `path` with `answer`.
    pub fn answer(&self, path: &str, answer: Answer) {
        let mut answers = self.site.answers.lock().unwrap();
        answers.retain(|(known, _)| known != path);
        answers.push((path.into(), answer));
    }

    /// From now on, keeps everyone waiting who asks for a path that ends in `path`.
    pub fn hold(&self, path: &str) -> Held {
        let (held, answer) = Held::hold(Answer::usual());
        self.answer(path, answer);
        held
    }

    /// How often a path that ends in `path` was asked for.
    pub fn asked_for(&self, path: &str) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.ends_with(path))
            .count()
    }

    /// Waits until a path that ends in `path` is asked for.
    pub async fn is_asked_for(&self, path: &str) {
        let asked = async {
            while self.asked_for(path) == 0 {
                sleep(Duration::from_millis(20)).await;
            }
        };
        if timeout(Duration::from_secs(15), asked).await.is_err() {
            panic!("expected a request for {path}, found {:?}", self.requests());
        }
    }

    /// Every path that was asked for, in order.
    pub fn requests(&self) -> Vec<String> {
        self.site.requests.lock().unwrap().clone()
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Site {
    fn answer_for(&self, path: &str) -> Answer {
        let answers = self.answers.lock().unwrap();
        let found = answers
            .iter()
            .find(|(known, _)| path.ends_with(known.as_str()));
        found.map_or_else(Answer::usual, |(_, answer)| answer.clone())
    }

    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let relative = path.trim_start_matches('/');
        let bytes = self
            .folders
            .iter()
            .find_map(|folder| fs::read(folder.join(relative)).ok())?;
        match &self.cdn {
            Some(cdn) if path.ends_with(".html") => Some(
                String::from_utf8(bytes)
                    .expect("pages are UTF-8")
                    .replace("{cdn}", cdn)
                    .into_bytes(),
            ),
            _ => Some(bytes),
        }
    }
}

async fn respond(State(site): State<Arc<Site>>, uri: Uri) -> Response<Body> {
    let path = uri.path();
    site.requests.lock().unwrap().push(path.into());
    let mut answer = site.answer_for(path);
    if let Some(held) = &mut answer.held {
        // The case may end, and its end of the channel with it, before it lets the answer go.
        let _ = held.wait_for(|released| *released).await;
    }
    if answer.dropped {
        // Ends the task that serves this connection, and the connection with it. It prints nothing.
        resume_unwind(Box::new("dropped"));
    }
    match answer.body.clone().or_else(|| site.file(path)) {
        Some(body) => response(path, &answer, body),
        None => response(path, &Answer::status(404), b"Not found".to_vec()),
    }
}

fn response(path: &str, answer: &Answer, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::builder()
        .status(answer.status)
        .header(
            header::CONTENT_TYPE,
            answer.kind.unwrap_or_else(|| kind(path)),
        )
        .header(
            header::CACHE_CONTROL,
            if answer.cached {
                lifetime(path)
            } else {
                "no-store"
            },
        );
    if answer.cross_origin {
        response = response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if let Some((name, value)) = answer.header {
        response = response.header(name, value);
    }
    response
        .body(body.into())
        .unwrap_or_else(|error| panic!("{path}: no valid response: {error}"))
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("css") => "text/css",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// As ARCHITECTURE.md asks of a CDN: names with a hash never change, the others do.
fn lifetime(path: &str) -> &'static str {
    if path.contains("digest-widget-") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    }
}
