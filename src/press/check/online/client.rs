//! Requests pages with one request per host at a time, pauses, and respect for `Retry-After`.

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
use ureq::{Agent, Body, Proxy, Timeout};
use url::Url;

use super::RequestLimits;
use super::link_status::LinkStatus;
use super::public_resolver::PrivateHostError;
use crate::SiteAddress;
use crate::check::link_addresses::is_local_url;

/// Requests pages politely: one request per host at a time, with a pause after each.
#[derive(Debug)]
pub(crate) struct LinkClient {
    agent: Agent,
    pub(crate) limits: RequestLimits,
    /// The end of the time for all links.
    end: Instant,
    hosts: Mutex<HashMap<String, Arc<Mutex<NextRequest>>>>,
}

/// The time of the next request to a host, or `None` if the host refuses more.
type NextRequest = Option<Instant>;

/// The status for too many requests (RFC 6585, section 4).
const TOO_MANY_REQUESTS: u16 = 429;

/// Maximum number of redirects in a row.
const MAX_REDIRECTS: usize = 10;

impl LinkClient {
    /// Creates a client that finds hosts with `resolver`, or lets `proxy` do it.
    ///
    /// The user agent contains the site of the newsletter, `publisher`, as a contact.
    pub(crate) fn new(
        resolver: impl Resolver,
        proxy: Option<Proxy>,
        limits: RequestLimits,
        publisher: Option<&SiteAddress>,
    ) -> LinkClient {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are followed below, with a pause for each host.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .user_agent(user_agent(publisher))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        LinkClient {
            agent,
            limits,
            end: Instant::now() + limits.run,
            hosts: Mutex::default(),
        }
    }

    /// Returns true after the time for all links.
    pub(crate) fn is_over(&self) -> bool {
        Instant::now() >= self.end
    }

    /// Requests a page, follows redirects, and returns the result.
    pub(crate) fn fetch_status(&self, page: &Url) -> LinkStatus {
        let end = self.end.min(Instant::now() + self.limits.link);
        let mut at = page.clone();
        // The target of the permanent redirects at the start of the chain.
        let (mut moved, mut is_permanent) = (None, true);
        for _ in 0..=MAX_REDIRECTS {
            // Checked for each redirect, and here because a proxy resolves names itself.
            if is_local_url(&at) {
                return LinkStatus::Private;
            }
            let response = match self.send_head_or_get(&at, end) {
                Ok(response) => response,
                Err(error) => return status_from_error(&error),
            };
            match response.status().as_u16() {
                200..=299 => {
                    return moved
                        .filter(|to| to != page)
                        .map_or(LinkStatus::Fine, LinkStatus::Moved);
                }
                404 | 410 => return LinkStatus::Gone(response.status().as_u16()),
                status @ (301 | 302 | 303 | 307 | 308) => {
                    let Some(next) = redirect_target(&response, &at) else {
                        return LinkStatus::Refused(status);
                    };
                    is_permanent &= matches!(status, 301 | 308);
                    if is_permanent {
                        moved = Some(next.clone());
                    }
                    at = next;
                }
                status => return LinkStatus::Refused(status),
            }
        }
        LinkStatus::Silent(format!("it redirects more than {MAX_REDIRECTS} times"))
    }

    /// Sends HEAD, and GET if the server does not handle HEAD well.
    fn send_head_or_get(&self, url: &Url, end: Instant) -> Result<Response<Body>, ureq::Error> {
        let head = self.send_with_retry(&Method::HEAD, url, end);
        let is_understood = match &head {
            Ok(head) => matches!(head.status().as_u16(), ..400 | 429 | 503),
            Err(error) => !is_connection_closed(error),
        };
        if is_understood {
            head
        } else {
            self.send_with_retry(&Method::GET, url, end)
        }
    }

    /// Sends a request, and retries once if the server asks for a short wait.
    ///
    /// A host that still answers 429 gets no more requests, not even for redirects from other
    /// hosts.
    fn send_with_retry(
        &self,
        method: &Method,
        url: &Url,
        end: Instant,
    ) -> Result<Response<Body>, ureq::Error> {
        let host = self.host_lock(url);
        let mut next = host.lock().unwrap_or_else(PoisonError::into_inner);
        let mut response = self.send_after_pause(method, url, end, &mut next)?;
        let max_wait = self.limits.max_wait.min(time_left(end)?);
        if let Some(wait) = retry_after(&response).filter(|wait| *wait <= max_wait) {
            thread::sleep(wait);
            response = self.send_after_pause(method, url, end, &mut next)?;
        }
        if response.status() == TOO_MANY_REQUESTS {
            *next = None;
        }
        Ok(response)
    }

    /// Sends a request at the time `next`. The body is not read; dropping the response ends it.
    fn send_after_pause(
        &self,
        method: &Method,
        url: &Url,
        end: Instant,
        next: &mut NextRequest,
    ) -> Result<Response<Body>, ureq::Error> {
        let time = next.ok_or(ureq::Error::StatusCode(TOO_MANY_REQUESTS))?;
        let pause = time.saturating_duration_since(Instant::now());
        thread::sleep(pause.min(time_left(end)?));
        let request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .body(())?;
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(self.limits.timeout.min(time_left(end)?)))
            .build();
        let response = self.agent.run(request);
        *next = Some(Instant::now() + self.limits.pause);
        response
    }

    /// Returns the lock that allows one request to a host at a time.
    fn host_lock(&self, url: &Url) -> Arc<Mutex<NextRequest>> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts
            .entry(host)
            .or_insert_with(|| Arc::new(Mutex::new(Some(Instant::now()))))
            .clone()
    }
}

/// Formats the user agent, with a contact for operators of servers.
fn user_agent(publisher: Option<&SiteAddress>) -> String {
    let contact = publisher
        .map(|site| format!("; {}", site.url()))
        .unwrap_or_default();
    format!(
        "digest-press/{} (checks the links of a newsletter{contact})",
        env!("CARGO_PKG_VERSION")
    )
}

/// Returns the target of a redirect, if it is a web page and contains no user name.
fn redirect_target(response: &Response<Body>, at: &Url) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    at.join(location).ok().filter(|url| {
        // A server must not choose credentials for another one.
        let has_user = !url.username().is_empty() || url.password().is_some();
        matches!(url.scheme(), "http" | "https") && !has_user
    })
}

/// Returns the time until `end`, or an error if it is over.
fn time_left(end: Instant) -> Result<Duration, ureq::Error> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ureq::Error::Timeout(Timeout::Global));
    }
    Ok(left)
}

/// Returns the wait that a busy server asks for: a number of seconds or a date (RFC 9110, section
/// 10.2.3).
fn retry_after(response: &Response<Body>) -> Option<Duration> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let wait = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    wait.parse()
        .ok()
        .map(Duration::from_secs)
        .or_else(|| time_until(wait))
}

/// Returns the time until a date, or zero if it is over.
fn time_until(date: &str) -> Option<Duration> {
    let date = rfc2822::parse(date).ok()?.timestamp();
    Some(
        date.duration_since(Timestamp::now())
            .try_into()
            .unwrap_or_default(),
    )
}

/// Returns true if the server closed the connection without a response.
fn is_connection_closed(error: &ureq::Error) -> bool {
    let ureq::Error::Io(error) = error else {
        return false;
    };
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
    )
}

fn status_from_error(error: &ureq::Error) -> LinkStatus {
    match error {
        ureq::Error::Other(reason) if reason.is::<PrivateHostError>() => LinkStatus::Private,
        ureq::Error::StatusCode(status) => LinkStatus::Refused(*status),
        ureq::Error::HostNotFound => LinkStatus::Silent("there is no host of this name".to_owned()),
        ureq::Error::Timeout(_) => {
            LinkStatus::Silent("the server did not answer in time".to_owned())
        }
        error => LinkStatus::Silent(format!("the server did not answer ({error})")),
    }
}
