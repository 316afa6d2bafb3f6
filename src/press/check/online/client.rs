use std::collections::HashMap;
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use ureq::http::{Method, Request, Response};
use ureq::unversioned::resolver::Resolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};
use url::Url;

use super::Manners;
use super::link_status::LinkStatus;
use super::public_resolver::Private;
use crate::SiteAddress;
use crate::check::link_addresses;

/// Asks servers for pages, each host one thing at a time and with a pause.
#[derive(Debug)]
pub(crate) struct LinkClient {
    agent: Agent,
    pub(crate) manners: Manners,
    hosts: Mutex<HashMap<String, Arc<Mutex<Turn>>>>,
}

/// When a host may be asked again, or `None` if it has been asked too often.
type Turn = Option<Instant>;

/// The status of a server that has been asked too often (RFC 6585, section 4).
const TOO_MANY_REQUESTS: u16 = 429;

/// How often a page may send us on to another one.
const MAX_REDIRECTS: usize = 10;

impl LinkClient {
    /// Looks hosts up with `resolver`; behind a `proxy`, that does it. Servers are told whose newsletter it
    /// is by the address of its site, `publisher`, if there is one.
    pub(crate) fn new(
        resolver: impl Resolver,
        proxy: Option<Proxy>,
        manners: Manners,
        publisher: Option<&SiteAddress>,
    ) -> LinkClient {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each step is to be seen, and every host has its pause.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(manners.patience))
            .proxy(proxy)
            .user_agent(user_agent(publisher))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        LinkClient {
            agent,
            manners,
            hosts: Mutex::default(),
        }
    }

    /// What there is at an address.
    pub(crate) fn ask(&self, page: &Url) -> LinkStatus {
        let mut at = page.clone();
        // Where the page is as long as every step was for good, and whether it was.
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=MAX_REDIRECTS {
            // Also behind a proxy, which might get there, and also when another page sends us there.
            if link_addresses::is_local(&at) {
                return LinkStatus::Private;
            }
            let response = match self.request(&at) {
                Ok(response) => response,
                Err(error) => return unanswered(&error),
            };
            match response.status().as_u16() {
                200..=299 => {
                    return moved
                        .filter(|to| to != page)
                        .map_or(LinkStatus::Fine, LinkStatus::Moved);
                }
                404 | 410 => return LinkStatus::Gone(response.status().as_u16()),
                status @ (301 | 302 | 303 | 307 | 308) => {
                    let Some(next) = next(&response, &at) else {
                        return LinkStatus::Refused(status);
                    };
                    for_good &= matches!(status, 301 | 308);
                    if for_good {
                        moved = Some(next.clone());
                    }
                    at = next;
                }
                status => return LinkStatus::Refused(status),
            }
        }
        LinkStatus::Silent(format!("it sends us on more than {MAX_REDIRECTS} times"))
    }

    /// Asks without the body first; not every server answers that as it answers browsers.
    fn request(&self, url: &Url) -> Result<Response<Body>, ureq::Error> {
        let head = self.request_once_more(&Method::HEAD, url);
        let is_understood = match &head {
            Ok(head) => matches!(head.status().as_u16(), ..400 | 429 | 503),
            Err(error) => !is_hung_up(error),
        };
        if is_understood {
            head
        } else {
            self.request_once_more(&Method::GET, url)
        }
    }

    /// Asks, and once more if the server says that it will have time soon. A host that still says that it is
    /// asked too often is not asked any more, also not for what other hosts' pages lead to.
    fn request_once_more(&self, method: &Method, url: &Url) -> Result<Response<Body>, ureq::Error> {
        let turn = self.turn(url);
        let mut next = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut response = self.send(method, url, &mut next)?;
        if let Some(wait) = wait(&response).filter(|wait| *wait <= self.manners.longest_wait) {
            thread::sleep(wait);
            response = self.send(method, url, &mut next)?;
        }
        if response.status() == TOO_MANY_REQUESTS {
            *next = None;
        }
        Ok(response)
    }

    /// Asks when the host may be asked `next`. The body is not read: it goes away with the connection.
    fn send(
        &self,
        method: &Method,
        url: &Url,
        next: &mut Turn,
    ) -> Result<Response<Body>, ureq::Error> {
        let time = next.ok_or(ureq::Error::StatusCode(TOO_MANY_REQUESTS))?;
        thread::sleep(time.saturating_duration_since(Instant::now()));
        let request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .body(())?;
        let response = self.agent.run(request);
        *next = Some(Instant::now() + self.manners.pause);
        response
    }

    /// What only one asker of a host may hold.
    fn turn(&self, url: &Url) -> Arc<Mutex<Turn>> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts
            .entry(host)
            .or_insert_with(|| Arc::new(Mutex::new(Some(Instant::now()))))
            .clone()
    }
}

/// Who asks, and where whoever runs a server finds out more.
fn user_agent(publisher: Option<&SiteAddress>) -> String {
    let contact = publisher
        .map(|site| format!("; {}", site.url()))
        .unwrap_or_default();
    format!(
        "digest-press/{} (checks the links of a newsletter{contact})",
        env!("CARGO_PKG_VERSION")
    )
}

/// Where a page sends us on to, if that is a web page.
fn next(response: &Response<Body>, at: &Url) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    at.join(location)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// How long a server that has no time wants us to wait, if it says so: a number of seconds or a date
/// (RFC 9110, section 10.2.3).
fn wait(response: &Response<Body>) -> Option<Duration> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let wait = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    wait.parse()
        .ok()
        .map(Duration::from_secs)
        .or_else(|| until(wait))
}

/// How long it is until a date, which may be over.
fn until(date: &str) -> Option<Duration> {
    let date = rfc2822::parse(date).ok()?.timestamp();
    Some(
        date.duration_since(Timestamp::now())
            .try_into()
            .unwrap_or_default(),
    )
}

/// Whether a server ended the connection without a word.
fn is_hung_up(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Io(error) if matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe
    ))
}

fn unanswered(error: &ureq::Error) -> LinkStatus {
    match error {
        ureq::Error::Other(reason) if reason.is::<Private>() => LinkStatus::Private,
        ureq::Error::StatusCode(status) => LinkStatus::Refused(*status),
        ureq::Error::HostNotFound => LinkStatus::Silent("there is no host of that name".to_owned()),
        ureq::Error::Timeout(_) => {
            LinkStatus::Silent("its server does not answer in time".to_owned())
        }
        error => LinkStatus::Silent(format!("its server does not answer ({error})")),
    }
}
