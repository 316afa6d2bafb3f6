use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{HOST, LOCATION};
use axum::http::{HeaderValue, Method, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::{State, answer};

/// The preview's server: it answers this computer only.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) listener: TcpListener,
    /// The folder of the site.
    pub(crate) site: PathBuf,
    pub(crate) state: watch::Receiver<State>,
}

impl Server {
    /// Answers until whoever started it ends it.
    pub(crate) fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let address = self.listener.local_addr()?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let router = Router::new()
                .route("/.press/state", get(state))
                .route(
                    "/.press/reload.js",
                    get(|| async { answer::answer("text/javascript", answer::SCRIPT) }),
                )
                .fallback(file)
                .with_state(Arc::new(PreviewSite {
                    folder: self.site,
                    state: self.state,
                }))
                .layer(middleware::from_fn_with_state(address, only_ours));
            tokio::select! {
                served = axum::serve(listener, router) => served,
                ended = ended() => ended,
            }
        })
    }
}

/// Takes a port of this computer, which nobody else reaches; 0 takes any that is free. Also its address.
pub(crate) fn bind(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    Ok((listener, address))
}

/// What is served.
struct PreviewSite {
    folder: PathBuf,
    state: watch::Receiver<State>,
}

/// Lets through what was asked of this computer by its number, and leads there who used its name.
///
/// A page from anywhere could give its own name our address and then read what is not published yet. The
/// browser would ask for it by that name.
async fn only_ours(
    Shared(address): Shared<SocketAddr>,
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
        return moved(&format!("http://{address}{}", request.uri()));
    }
    (
        StatusCode::FORBIDDEN,
        format!("This preview is at http://{address}/ only.\n"),
    )
        .into_response()
}

fn moved(to: &str) -> Response<Body> {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, to)]).into_response()
}

async fn file(Shared(site): Shared<Arc<PreviewSite>>, request: Request) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    // Before the file is read: a page that is newer than it thinks only renews itself once more.
    let build = site.state.borrow().build.clone();
    answer::file(&site.folder, request.uri().path(), &build)
}

/// Tells a page of the state now, and of each one to come.
async fn state(Shared(site): Shared<Arc<PreviewSite>>) -> impl IntoResponse {
    let states = WatchStream::new(site.state.clone());
    Sse::new(states.map(|state| Event::default().json_data(state)))
}

/// Waits for Ctrl+C, or for the end of the terminal.
#[cfg(unix)]
async fn ended() -> io::Result<()> {
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
async fn ended() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
