//! The HTTP server of the preview. It answers this computer only.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HOST, LOCATION};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::{PreviewState, respond};

/// A preview server that has a port but does not serve yet.
#[derive(Debug)]
pub(crate) struct PreviewServer {
    pub(crate) listener: TcpListener,
    /// The folder of the site.
    pub(crate) site: PathBuf,
    pub(crate) state: watch::Receiver<PreviewState>,
}

impl PreviewServer {
    /// Serves until the user stops the program.
    pub(crate) fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let address = self.listener.local_addr()?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let router = Router::new()
                .route("/.press/state", get(stream_state))
                .route(
                    "/.press/reload.js",
                    get(|| async { respond::respond_uncached("text/javascript", respond::SCRIPT) }),
                )
                .fallback(serve_file)
                .with_state(Arc::new(PreviewSite {
                    folder: self.site,
                    state: self.state,
                }))
                .layer(middleware::from_fn_with_state(address, require_own_address))
                .layer(middleware::from_fn(keep_from_other_sites));
            tokio::select! {
                served = axum::serve(listener, router) => served,
                stopped = wait_for_stop() => stopped,
            }
        })
    }
}

/// Binds a port on the loopback interface, or any free port for 0. Returns the listener and its
/// address.
pub(crate) fn bind_port(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    Ok((listener, address))
}

/// The site on disk and its state, which all requests share.
struct PreviewSite {
    folder: PathBuf,
    state: watch::Receiver<PreviewState>,
}

/// Accepts requests to the address of the preview, redirects those to `localhost`, and rejects all
/// others.
///
/// Otherwise a page on the web could point its own host name to this computer (DNS rebinding) and
/// read unpublished issues. Its requests have that name as their host.
async fn require_own_address(
    State(address): State<SocketAddr>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let host = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    if host == address.to_string() {
        return next.run(request).await;
    }
    let name = host.split(':').next().unwrap_or_default();
    if name.eq_ignore_ascii_case("localhost") {
        return redirect_to(&format!("http://{address}{}", request.uri()));
    }
    (
        StatusCode::FORBIDDEN,
        format!("The preview is only at http://{address}/\n"),
    )
        .into_response()
}

/// Rejects requests that pages of other sites cause, and lets browsers reject what they already
/// have: an image, script or frame would tell such a page that an unpublished issue exists.
async fn keep_from_other_sites(request: Request, next: Next) -> Response<Body> {
    let mut response = if is_from_other_site(request.headers()) {
        let text = "The preview can be opened, but not embedded in another site.\n";
        (StatusCode::FORBIDDEN, text).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Returns true for a request that another site causes, unless the user follows a link from it. Only
/// browsers say where a request comes from.
fn is_from_other_site(headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_link =
        (value("sec-fetch-mode"), value("sec-fetch-dest")) == (Some("navigate"), Some("document"));
    matches!(value("sec-fetch-site"), Some("cross-site" | "same-site")) && !is_link
}

fn redirect_to(to: &str) -> Response<Body> {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, to)]).into_response()
}

async fn serve_file(State(site): State<Arc<PreviewSite>>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    // Read before the file: if a build comes between the two, the page only reloads once more.
    let build = site.state.borrow().build.clone();
    respond::respond_with_file(&site.folder, request.uri().path(), &build)
}

/// Streams the state to a page: now, and after each change.
async fn stream_state(State(site): State<Arc<PreviewSite>>) -> impl IntoResponse {
    let states = WatchStream::new(site.state.clone());
    Sse::new(states.map(|state| Event::default().json_data(state)))
}

/// Waits for Ctrl+C, or for the terminal to close.
#[cfg(unix)]
async fn wait_for_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut hung_up = signal(SignalKind::hangup())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
        _ = hung_up.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wait_for_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
