//! The result of requesting a page, and the diagnostic for it.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Diagnostic, Rule};

/// The result of requesting a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LinkStatus {
    /// The page exists.
    Fine,
    /// The page moved permanently to this URL.
    Moved(Url),
    /// The page does not exist (any more). The server answered with this status.
    Gone(u16),
    /// The server did not show the page. It answered with this status.
    Refused(u16),
    /// There was no response, for this reason.
    Silent(String),
    /// The page is in a private network, so it was not requested.
    Private,
}

impl LinkStatus {
    /// Returns the diagnostic about a link to `page` at `span`, if there is a problem.
    pub(crate) fn to_diagnostic(
        &self,
        page: &Url,
        span: Option<Range<usize>>,
    ) -> Option<Diagnostic> {
        let open_it = "open the link in a browser; if that fails too, link to another source";
        let find_it = "find the new address of the page, or link to another source";
        let warning = |rule, message: String, remedy: String| {
            Some(Diagnostic::warning(rule, span.clone(), message, remedy))
        };
        match self {
            LinkStatus::Fine => None,
            LinkStatus::Moved(to) if is_front_page(to) && !is_front_page(page) => {
                let message = format!("this link now leads to the front page of a site: {to}");
                warning(Rule::MovedLink, message, find_it.to_owned())
            }
            LinkStatus::Moved(to) => {
                let to = inherit_fragment(to, page);
                warning(
                    Rule::MovedLink,
                    format!("the page has moved permanently to {to}"),
                    format!("write {to}"),
                )
            }
            LinkStatus::Gone(status) => {
                let message = format!("the page was not found: the server answered {status}");
                Some(Diagnostic::error(Rule::DeadLink, span, message, find_it))
            }
            LinkStatus::Refused(status) => {
                let message = format!("could not check the page: the server answered {status}");
                warning(Rule::UncheckedLink, message, open_it.to_owned())
            }
            LinkStatus::Silent(reason) => {
                let message = format!("could not check the page: {reason}");
                warning(Rule::UncheckedLink, message, open_it.to_owned())
            }
            LinkStatus::Private => {
                let message =
                    "this link leads into a private network, so it was not checked".to_owned();
                let remedy = "write the public address of the source, or remove the link";
                warning(Rule::LocalLink, message, remedy.to_owned())
            }
        }
    }

    /// Returns true if the problem may be over soon, so that the page should be checked again.
    pub(crate) fn is_temporary(&self) -> bool {
        matches!(
            self,
            LinkStatus::Silent(_) | LinkStatus::Refused(429 | 500..)
        )
    }
}

/// Returns true for the front page of a site, to which many sites redirect from removed pages.
fn is_front_page(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

/// Copies the fragment of `page` to a redirect target without one, as browsers do.
fn inherit_fragment(to: &Url, page: &Url) -> Url {
    let mut to = to.clone();
    if to.fragment().is_none() {
        to.set_fragment(page.fragment());
    }
    to
}
