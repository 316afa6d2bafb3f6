use std::ops::Range;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Diagnostic, Rule};

/// What was found out about a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LinkStatus {
    /// It is there.
    Fine,
    /// It is at this address, for good.
    Moved(Url),
    /// It is not there (any more): the server's status.
    Gone(u16),
    /// The server does not let us see it: its status.
    Refused(u16),
    /// There was no answer, for this reason.
    Silent(String),
    /// It is in a private network, which was not asked.
    Private,
}

impl LinkStatus {
    /// What an editor is told about a link to `page` at `span`, if anything.
    pub(crate) fn said(&self, page: &Url, span: Option<Range<usize>>) -> Option<Diagnostic> {
        let open_it =
            "open it in a browser; if the page is not there either, link to another source";
        let find_it = "look for where the page is now, or link to another source";
        let warning = |rule, message: String, remedy: String| {
            Some(Diagnostic::warning(rule, span.clone(), message, remedy))
        };
        match self {
            LinkStatus::Fine => None,
            LinkStatus::Moved(to) if is_front_page(to) && !is_front_page(page) => {
                let message = format!("this link leads to the front page of a site now: {to}");
                warning(Rule::MovedLink, message, find_it.to_owned())
            }
            LinkStatus::Moved(to) => {
                let to = with_fragment(to, page);
                warning(
                    Rule::MovedLink,
                    format!("the page has moved for good to {to}"),
                    format!("write {to}"),
                )
            }
            LinkStatus::Gone(status) => {
                let message = format!("the page is not there: its server answers {status}");
                Some(Diagnostic::error(Rule::DeadLink, span, message, find_it))
            }
            LinkStatus::Refused(status) => {
                let message =
                    format!("whether the page is there is not known: its server answers {status}");
                warning(Rule::UncheckedLink, message, open_it.to_owned())
            }
            LinkStatus::Silent(reason) => {
                let message = format!("whether the page is there is not known: {reason}");
                warning(Rule::UncheckedLink, message, open_it.to_owned())
            }
            LinkStatus::Private => {
                let message =
                    "this link leads into a private network, which was not asked".to_owned();
                let remedy = "write the address that the source has on the web, or remove the link";
                warning(Rule::LocalLink, message, remedy.to_owned())
            }
        }
    }

    /// Whether to ask again soon: it says more about this moment than about the page.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self,
            LinkStatus::Silent(_) | LinkStatus::Refused(429 | 500..)
        )
    }
}

/// Where sites send those who ask for what is not there any more.
fn is_front_page(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

/// The address with the part of the page that a link leads to, as browsers do it.
fn with_fragment(to: &Url, page: &Url) -> Url {
    let mut to = to.clone();
    if to.fragment().is_none() {
        to.set_fragment(page.fragment());
    }
    to
}
