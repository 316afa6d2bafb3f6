//! A web origin on the loopback: the embedder's site or the CDN.

use std::fs;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, Uri, header};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::deadlines;
use crate::endless_body::EndlessBody;
use crate::process::listen;
use crate::stub_response::{HeldResponse, StubResponse};

/// A server of one case, on a port of its own.
#[derive(Debug)]
pub struct Origin {
    address: String,
    state: Arc<OriginState>,
    server: JoinHandle<()>,
}

#[derive(Debug)]
struct OriginState {
    folders: Vec<PathBuf>,
    cdn: Option<String>,
    responses: Mutex<Vec<(String, StubResponse)>>,
    requests: Mutex<Vec<String>>,
}

impl Origin {
    /// Starts the embedder's site with the pages in `folders`, in which `{cdn}` becomes the CDN's
    /// address.
    pub(crate) async fn start_embedder(folders: Vec<PathBuf>, cdn: &Origin) -> Self {
        Origin::start("127.0.0.1", folders, Some(cdn.address.clone())).await
    }

    /// Starts the CDN. `localhost` makes it another site than the embedder's, as a real one is.
    pub(crate) async fn start_cdn(folders: Vec<PathBuf>) -> Self {
        Origin::start("localhost", folders, None).await
    }

    async fn start(host: &str, folders: Vec<PathBuf>, cdn: Option<String>) -> Self {
        let (listener, port) = listen();
        listener
            .set_nonblocking(true)
            .expect("a listener need not wait");
        let listener = TcpListener::from_std(listener).expect("the runtime takes a listener");
        let state = Arc::new(OriginState {
            folders,
            cdn,
            responses: Mutex::default(),
            requests: Mutex::default(),
        });
        let router = Router::new()
            .fallback(respond)
            .with_state(Arc::clone(&state));
        let server = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("serving goes on");
        });
        Origin {
            address: format!("http://{host}:{port}"),
            state,
            server,
        }
    }

    /// The origin, such as `http://localhost:34567`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// From now on, sends `response` to every path that ends in `path`.
    pub fn respond(&self, path: &str, response: StubResponse) {
        let mut responses = self.state.responses.lock().unwrap();
        responses.retain(|(known, _)| known != path);
        responses.push((path.into(), response));
    }

    /// From now on, holds the response to every path that ends in `path`.
    pub fn hold(&self, path: &str) -> HeldResponse {
        let (held, response) = HeldResponse::hold(self.state.find_response(path));
        self.respond(path, response);
        held
    }

    /// The number of requests for paths that end in `path`.
    pub fn count_requests(&self, path: &str) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.ends_with(path))
            .count()
    }

    /// Waits for a request for a path that ends in `path`.
    pub async fn wait_for_request(&self, path: &str) {
        let request = async {
            while self.count_requests(path) == 0 {
                sleep(deadlines::PAUSE).await;
            }
        };
        if timeout(deadlines::CONDITION, request).await.is_err() {
            panic!("expected a request for {path}, found {:?}", self.requests());
        }
    }

    /// The paths of all requests, in order.
    pub fn requests(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl OriginState {
    fn find_response(&self, path: &str) -> StubResponse {
        let responses = self.responses.lock().unwrap();
        let found = responses
            .iter()
            .find(|(known, _)| path.ends_with(known.as_str()));
        found.map_or_else(StubResponse::file, |(_, response)| response.clone())
    }

    fn read_file(&self, path: &str) -> Option<Vec<u8>> {
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

async fn respond(
    State(state): State<Arc<OriginState>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response<Body> {
    let path = uri.path();
    state.requests.lock().unwrap().push(path.into());
    let mut response = state.find_response(path);
    if let Some(held) = &mut response.held {
        // An error means that the case ended first, and the sender with it.
        let _ = held.wait_for(|released| *released).await;
    }
    if response.dropped {
        // Ends the task that serves this connection, and the connection with it. It prints nothing.
        resume_unwind(Box::new("dropped"));
    }
    if response.endless {
        return build_response(path, &response, Body::new(EndlessBody));
    }
    if response.body.is_none() && accepts_brotli(&headers) {
        // `digest-press build` writes compressed files beside the others.
        if let Some(compressed) = state.read_file(&format!("{path}.br")) {
            return with_brotli(build_response(path, &response, compressed.into()));
        }
    }
    match response.body.clone().or_else(|| state.read_file(path)) {
        Some(body) => build_response(path, &response, body.into()),
        None => build_response(path, &StubResponse::status(404), "Not found".into()),
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let encodings = headers.get(header::ACCEPT_ENCODING);
    let encodings = encodings.and_then(|value| value.to_str().ok());
    encodings.is_some_and(|encodings| encodings.split(", ").any(|encoding| encoding == "br"))
}

fn with_brotli(mut response: Response<Body>) -> Response<Body> {
    let encoding = HeaderValue::from_static("br");
    response
        .headers_mut()
        .insert(header::CONTENT_ENCODING, encoding);
    response
}

fn build_response(path: &str, stub: &StubResponse, body: Body) -> Response<Body> {
    let content_type = stub
        .content_type
        .unwrap_or_else(|| guess_content_type(path));
    let caching = if stub.cached {
        cache_control(path)
    } else {
        "no-store"
    };
    let mut response = Response::builder()
        .status(stub.status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, caching);
    if stub.cross_origin {
        response = response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if let Some((name, value)) = &stub.header {
        response = response.header(*name, value);
    }
    response
        .body(body)
        .unwrap_or_else(|error| panic!("{path}: no valid response: {error}"))
}

fn guess_content_type(path: &str) -> &'static str {
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

/// As on a CDN set up as documented: files with a hash in the name never change, the others do.
fn cache_control(path: &str) -> &'static str {
    if path.contains("digest-widget-") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    }
}
