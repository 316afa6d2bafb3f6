use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use std::{fs, thread};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::runtime::Runtime;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::*;
use crate::Diagnostic;
use crate::source::Source;

/// Limits with short waits. The timeout is long: a busy machine must not reach it.
const LIMITS: RequestLimits = RequestLimits {
    hosts: 4,
    pause: Duration::from_millis(20),
    timeout: Duration::from_secs(60),
    max_wait: Duration::from_secs(1),
    link: Duration::from_secs(60),
    run: Duration::from_secs(600),
};

/// Limits for a server that never responds.
const SHORT_TIMEOUT: RequestLimits = RequestLimits {
    timeout: Duration::from_secs(1),
    ..LIMITS
};

/// How long a condition may take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);

/// A web server for all hosts.
struct Server {
    address: SocketAddr,
    log: Arc<Log>,
    _runtime: Runtime,
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<String>>,
    /// The number of requests now and at most, by host, and under "" in total.
    active: Mutex<HashMap<String, (usize, usize)>>,
    /// The start and end of each request, by host.
    times: Mutex<HashMap<String, Vec<(Instant, Instant)>>>,
}

impl Server {
    fn start() -> Server {
        let runtime = Runtime::new().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Log::default());
        let app = Router::new().fallback(answer).with_state(log.clone());
        runtime.spawn(async move {
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app)
                .await
                .unwrap();
        });
        Server {
            address,
            log,
            _runtime: runtime,
        }
    }

    fn client(&self) -> LinkClient {
        self.client_with(LIMITS)
    }

    fn client_with(&self, limits: RequestLimits) -> LinkClient {
        let publisher = "https://think.tank.jp/digest".parse().unwrap();
        LinkClient::new(OneAddress(self.address), None, limits, Some(&publisher))
    }

    fn fetch(&self, address: &str) -> LinkStatus {
        self.client().fetch_status(&url(address))
    }

    fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap().clone()
    }
}

async fn answer(State(log): State<Arc<Log>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let host = request.headers[header::HOST].to_str().unwrap().to_owned();
    let line = format!("{} {host}{}", request.method, request.uri.path());
    let again = log.requests.lock().unwrap().contains(&line);
    log.requests.lock().unwrap().push(line);
    let start = Instant::now();
    log.count(&host, 1);
    let response = respond(&log, &request, again).await;
    log.count(&host, -1);
    log.times
        .lock()
        .unwrap()
        .entry(host)
        .or_default()
        .push((start, Instant::now()));
    response
}

impl Log {
    fn count(&self, host: &str, change: isize) {
        let mut active = self.active.lock().unwrap();
        for key in ["", host] {
            let (now, most) = active.entry(key.to_owned()).or_default();
            *now = now.strict_add_signed(change);
            *most = (*most).max(*now);
        }
    }

    /// Waits until there were `count` requests at a time, or until the deadline.
    async fn wait_for_parallel_requests(&self, count: usize) {
        let start = Instant::now();
        while self.active.lock().unwrap()[""].1 < count && start.elapsed() < DEADLINE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn respond(log: &Log, request: &Parts, again: bool) -> Response {
    let to = |status: StatusCode, location: &str| {
        (status, [(header::LOCATION, location.to_owned())]).into_response()
    };
    let busy = |seconds: &str| {
        (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, seconds.to_owned())],
        )
            .into_response()
    };
    match request.uri.path() {
        "/gone" => StatusCode::GONE.into_response(),
        "/missing" => StatusCode::NOT_FOUND.into_response(),
        "/forbidden" => StatusCode::FORBIDDEN.into_response(),
        "/moved" => to(StatusCode::MOVED_PERMANENTLY, "http://new.go.jp/page"),
        "/moved-and-gone" => to(StatusCode::PERMANENT_REDIRECT, "/missing"),
        "/elsewhere" => to(StatusCode::FOUND, "/moved"),
        "/consent" => to(StatusCode::PERMANENT_REDIRECT, "/elsewhere"),
        "/round" => to(StatusCode::MOVED_PERMANENTLY, "/round"),
        "/to-busy" => to(StatusCode::FOUND, "http://a.go.jp/busy-long"),
        "/inside" => to(StatusCode::FOUND, "http://router.lan/"),
        "/script" => to(StatusCode::FOUND, "javascript:alert(1)"),
        "/password" => to(StatusCode::FOUND, "http://user:secret@b.go.jp/"),
        "/busy-once" if !again => busy("1"),
        "/busy-until" if !again => busy(&in_a_second()),
        "/busy-still" => busy("1"),
        "/busy-on-the-way" if !again => busy("1"),
        "/busy-on-the-way" => to(StatusCode::FOUND, "/busy-still"),
        "/busy-long" => busy("3600"),
        "/silent" => std::future::pending().await,
        "/parallel" => {
            log.wait_for_parallel_requests(LIMITS.hosts).await;
            tokio::time::sleep(Duration::from_millis(30)).await;
            StatusCode::OK.into_response()
        }
        "/get-only" if request.method == Method::HEAD => {
            StatusCode::METHOD_NOT_ALLOWED.into_response()
        }
        "/get-or-hang-up" if request.method == Method::HEAD => {
            std::panic::resume_unwind(Box::new("hangs up"))
        }
        "/get-only" => endless_response(),
        "/who" if !names_the_site(&request.headers) => StatusCode::NOT_FOUND.into_response(),
        _ => StatusCode::OK.into_response(),
    }
}

fn names_the_site(headers: &HeaderMap) -> bool {
    let agent = headers[header::USER_AGENT].to_str().unwrap();
    agent.starts_with("digest-press/") && agent.ends_with("; https://think.tank.jp/digest/)")
}

#[test]
fn redirect_with_a_password_is_not_followed() {
    let server = Server::start();
    assert_eq!(
        server.fetch("http://a.go.jp/password"),
        LinkStatus::Refused(302)
    );
    assert_eq!(server.requests(), ["HEAD a.go.jp/password"]);
}

#[test]
fn redirects_and_waits_end_with_the_time_of_the_link() {
    let server = Server::start();
    let limits = RequestLimits {
        link: Duration::from_millis(500),
        ..LIMITS
    };
    for path in ["/silent", "/busy-on-the-way"] {
        let start = Instant::now();
        let status = server
            .client_with(limits)
            .fetch_status(&url(&format!("http://a.go.jp{path}")));
        assert!(
            matches!(status, LinkStatus::Silent(_) | LinkStatus::Refused(429)),
            "{status:?}"
        );
        assert!(start.elapsed() < LIMITS.timeout, "{path}");
    }
    assert!(
        !server
            .requests()
            .contains(&"HEAD a.go.jp/busy-still".to_owned())
    );
}

#[test]
fn no_link_is_requested_after_the_time_of_the_run() {
    let server = Server::start();
    let limits = RequestLimits {
        run: Duration::ZERO,
        ..LIMITS
    };
    let pages = vec![url("http://a.go.jp/"), url("http://b.go.jp/")];
    let statuses = fetch_statuses(&server.client_with(limits), pages, &|| {});
    assert_eq!(statuses, []);
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn proxy_may_be_in_a_private_network_but_no_other_host() {
    let proxy = ureq::Proxy::new("http://127.0.0.1:3128").unwrap();
    let resolver = PublicResolver::new(Some(&proxy));
    let resolve = |uri: &str| {
        let timeout = NextTimeout {
            after: ureq::unversioned::transport::time::Duration::NotHappening,
            reason: ureq::Timeout::Global,
            per_read: None,
            per_write: None,
        };
        resolver.resolve(&uri.parse().unwrap(), &Config::default(), timeout)
    };
    assert!(resolve("http://127.0.0.1:3128/").is_ok());
    assert!(resolve("http://127.0.0.1:80/").is_err());
    assert!(resolve("http://127.0.0.2:3128/").is_err());
}

/// Formats a date for `Retry-After`.
fn in_a_second() -> String {
    let then = jiff::Timestamp::now() + Duration::from_secs(1);
    then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Returns a response whose body never ends.
fn endless_response() -> Response {
    struct Endless;
    impl axum::body::HttpBody for Endless {
        type Data = Bytes;
        type Error = std::convert::Infallible;
        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(
                &[b'a'; 4096],
            )))))
        }
    }
    Response::new(Body::new(Endless))
}

/// Resolves every host to one address.
#[derive(Debug)]
struct OneAddress(SocketAddr);

impl Resolver for OneAddress {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        found.push(self.0);
        Ok(found)
    }
}

/// Resolves every host to this computer, with the rules of another resolver.
#[derive(Debug)]
struct Localhost(PublicResolver);

impl Resolver for Localhost {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let here = format!("http://localhost:{}/", uri.port_u16().unwrap());
        self.0.resolve(&here.parse().unwrap(), config, timeout)
    }
}

/// Resolves no host.
#[derive(Debug)]
struct NoHosts;

impl Resolver for NoHosts {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Err(ureq::Error::HostNotFound)
    }
}

fn url(address: &str) -> Url {
    Url::parse(address).unwrap()
}

#[test]
fn responses_give_a_status() {
    let server = Server::start();
    for (path, expected) in [
        ("", LinkStatus::Fine),
        ("who", LinkStatus::Fine),
        ("get-only", LinkStatus::Fine),
        ("get-or-hang-up", LinkStatus::Fine),
        ("gone", LinkStatus::Gone(410)),
        ("missing", LinkStatus::Gone(404)),
        ("forbidden", LinkStatus::Refused(403)),
        ("moved", LinkStatus::Moved(url("http://new.go.jp/page"))),
        ("moved-and-gone", LinkStatus::Gone(404)),
        ("elsewhere", LinkStatus::Fine),
        (
            "consent",
            LinkStatus::Moved(url("http://a.go.jp/elsewhere")),
        ),
        (
            "round",
            LinkStatus::Silent("it redirects more than 10 times".to_owned()),
        ),
        ("inside", LinkStatus::Private),
        ("script", LinkStatus::Refused(302)),
    ] {
        assert_eq!(
            server.fetch(&format!("http://a.go.jp/{path}")),
            expected,
            "{path}"
        );
    }
}

#[test]
fn short_retry_after_is_waited_for_once() {
    let server = Server::start();
    let start = Instant::now();
    assert_eq!(server.fetch("http://a.go.jp/busy-once"), LinkStatus::Fine);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(
        server.fetch("http://a.go.jp/busy-long"),
        LinkStatus::Refused(429)
    );
    assert_eq!(server.fetch("http://a.go.jp/busy-until"), LinkStatus::Fine);
    let expected =
        ["once", "once", "long", "until", "until"].map(|page| format!("HEAD a.go.jp/busy-{page}"));
    assert_eq!(server.requests(), expected);
}

#[test]
fn no_requests_after_too_many_requests_even_by_redirect() {
    let server = Server::start();
    let pages = |host: &str, path: &str| {
        (0..20)
            .map(|page| url(&format!("http://{host}/{path}?{page}")))
            .collect()
    };
    for (path, requests) in [("busy-long", 1), ("busy-still", 3)] {
        let statuses = fetch_statuses(&server.client(), pages("a.go.jp", path), &|| {});
        assert_eq!(statuses.len(), 20);
        assert!(
            statuses
                .iter()
                .all(|(_, status)| *status == LinkStatus::Refused(429))
        );
        assert_eq!(server.requests().len(), requests, "{path}");
    }
    let client = server.client();
    assert_eq!(
        client.fetch_status(&url("http://b.go.jp/to-busy")),
        LinkStatus::Refused(429)
    );
    assert_eq!(
        client.fetch_status(&url("http://b.go.jp/to-busy")),
        LinkStatus::Refused(429)
    );
    assert_eq!(
        client.fetch_status(&url("http://b.go.jp/")),
        LinkStatus::Fine
    );
    let expected = [
        "b.go.jp/to-busy",
        "a.go.jp/busy-long",
        "b.go.jp/to-busy",
        "b.go.jp/",
    ];
    assert_eq!(
        server.requests()[3..],
        expected.map(|page| format!("HEAD {page}"))
    );
}

#[test]
fn closed_connection_is_no_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().for_each(drop));
    let status = LinkClient::new(OneAddress(address), None, LIMITS, None)
        .fetch_status(&url("http://a.go.jp/"));
    assert!(
        matches!(&status, LinkStatus::Silent(reason) if reason.contains("did not answer")),
        "{status:?}"
    );
}

#[test]
fn private_hosts_get_no_request() {
    let server = Server::start();
    let client = LinkClient::new(PublicResolver::default(), None, LIMITS, None);
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
        let page = url(&format!("http://{host}:{}/", server.address.port()));
        assert_eq!(client.fetch_status(&page), LinkStatus::Private);
    }
    let client = LinkClient::new(Localhost(PublicResolver::default()), None, LIMITS, None);
    assert_eq!(
        client.fetch_status(&url(&format!("http://a.go.jp:{}/", server.address.port()))),
        LinkStatus::Private
    );
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn requests_are_serial_per_host_and_few_hosts_run_in_parallel() {
    let server = Server::start();
    let address = |host: usize, page: usize| url(&format!("http://{host}.go.jp/parallel?{page}"));
    let pages: Vec<_> = (0..10)
        .flat_map(|host| (0..3).map(move |page| address(host, page)))
        .collect();
    let statuses = fetch_statuses(&server.client(), pages, &|| {});
    assert_eq!(statuses.len(), 30);
    assert!(
        statuses
            .iter()
            .all(|(_, status)| *status == LinkStatus::Fine)
    );

    let active = server.log.active.lock().unwrap();
    assert_eq!(active[""].1, LIMITS.hosts, "hosts in parallel");
    for host in 0..10 {
        let host = format!("{host}.go.jp");
        assert_eq!(active[&host].1, 1, "{host}");
        let times = &server.log.times.lock().unwrap()[&host];
        assert!(
            times
                .windows(2)
                .all(|pair| pair[1].0 - pair[0].1 >= LIMITS.pause),
            "{host}"
        );
    }
}

#[test]
fn silent_host_gets_no_more_requests() {
    let server = Server::start();
    let pages = (0..20)
        .map(|page| url(&format!("http://a.go.jp/silent?{page}")))
        .collect();
    let statuses = fetch_statuses(&server.client_with(SHORT_TIMEOUT), pages, &|| {});
    assert_eq!(statuses.len(), 20);
    let reason = "the server did not answer in time".to_owned();
    assert!(
        statuses
            .iter()
            .all(|(_, status)| *status == LinkStatus::Silent(reason.clone()))
    );
    // The server may read a request after the client has given up.
    let start = Instant::now();
    while server.requests().len() < 2 && start.elapsed() < DEADLINE {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.requests().len(), 2);
}

/// Returns a file that links to `paths`, each on another host.
fn file_with_links(paths: &[&str]) -> CheckedFile {
    let pages = paths
        .iter()
        .enumerate()
        .map(|(host, path)| (url(&format!("http://{host}.go.jp/{path}")), Some(0..1)));
    let source = Source {
        text: "a".to_owned(),
        ..Source::default()
    };
    CheckedFile {
        source,
        pages: pages.collect(),
        ..CheckedFile::new(Path::new(""), Vec::new())
    }
}

fn messages(file: &CheckedFile) -> Vec<&str> {
    file.diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect()
}

#[test]
fn second_check_uses_the_cache() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let online = OnlineChecker {
        client: server.client(),
        cache: folder.path().join(CACHE),
    };
    let expected = [
        "the page was not found: the server answered 404",
        "the page has moved permanently to http://new.go.jp/page#top",
        "could not check the page: the server answered 403",
    ];
    for known in ["", "checked in the last day and not again: 4 pages; remove"] {
        let mut files = [file_with_links(&[
            "missing#a",
            "moved#top",
            "forbidden",
            "fine",
        ])];
        let notes = online.check(&mut files);
        assert!(
            notes.concat().starts_with(known) && notes.is_empty() == known.is_empty(),
            "{notes:?}"
        );
        assert_eq!(messages(&files[0]), expected);
        let errors: Vec<_> = files[0]
            .diagnostics
            .iter()
            .map(Diagnostic::is_error)
            .collect();
        assert_eq!(errors, [true, false, false]);
        assert_eq!(
            server.requests().len(),
            7,
            "HEAD and GET for the two that fail, and the moved page"
        );
    }
    let mut files = [file_with_links(&["missing#b"])];
    online.check(&mut files);
    assert_eq!(server.requests().len(), 7, "the same page");
}

#[test]
fn unreadable_cache_is_replaced_with_a_note() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let online = OnlineChecker {
        client: server.client(),
        cache: folder.path().join(CACHE),
    };
    fs::create_dir(folder.path().join(".digest-press")).unwrap();
    fs::write(&online.cache, "{\"http://0.go.jp/\": 1}").unwrap();
    let mut files = [file_with_links(&["missing"])];
    let notes = online.check(&mut files);
    assert!(
        notes.len() == 1 && notes[0].contains("links.json”, so all links are checked"),
        "{notes:?}"
    );
    assert_eq!(messages(&files[0]).len(), 1);
    let notes = online.check(&mut files);
    assert!(
        notes.len() == 1 && notes[0].contains("in the last day and not again: 1 page; remove"),
        "{notes:?}"
    );
}

#[test]
fn offline_check_gives_one_note_and_caches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let client = LinkClient::new(NoHosts, None, LIMITS, None);
    let online = OnlineChecker {
        client,
        cache: folder.path().join(CACHE),
    };
    let mut files = [file_with_links(&["a"; 300])];
    let notes = online.check(&mut files);
    assert_eq!(
        notes,
        ["no server answered, so no links were checked: is this computer online?"]
    );
    assert_eq!(messages(&files[0]), [""; 0]);
    assert!(!online.cache.exists());

    let mut files = [file_with_links(&["a"])];
    assert_eq!(online.check(&mut files), [""; 0]);
    assert_eq!(
        messages(&files[0]),
        ["could not check the page: there is no host of this name"]
    );
}

#[test]
fn results_are_fresh_for_a_day_and_temporary_ones_for_an_hour() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(CACHE);
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let [fine, busy] = ["https://a.go.jp/", "https://b.go.jp/"].map(url);
    let (mut cache, _) = Cache::load(&path, then);
    cache.insert(&fine, LinkStatus::Fine);
    cache.insert(&busy, LinkStatus::Refused(503));
    cache.save(&path).unwrap();
    for (minutes, found) in [
        (0, [true, true]),
        (61, [true, false]),
        (24 * 60, [false, false]),
    ] {
        let (cache, note) = Cache::load(&path, then + Duration::from_secs(minutes * 60));
        assert_eq!(
            [&fine, &busy].map(|page| cache.get(page).is_some()),
            found,
            "{minutes}"
        );
        assert_eq!(note, None);
    }
    let (cache, _) = Cache::load(&path, then - Duration::from_secs(60));
    assert_eq!(cache.get(&fine), None, "the clock was set back");
}
