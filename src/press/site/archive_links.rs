//! `archive` in `issue.json`: the addresses of the other issues, and the links to them as a drawing,
//! so that a widget can lead to them without a further request.

use digest_issue::Issue;
use digest_view::Strings;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use yew::{Html, html};

use super::first_view::FirstView;
use super::head::canonical_url;
use super::issue_folder::IssueFolder;
use super::issue_name::format_name;
use super::issue_page::Neighbours;
use super::page_strings::PageStrings;
use crate::SiteAddress;

/// Where the other issues of the series are.
#[derive(Serialize)]
pub(crate) struct ArchiveLinks {
    /// The page of all issues, an absolute URL.
    page: String,
    /// The permanent page of this issue, which stays when `latest/` shows another one.
    permanent: String,
    /// The address of `archive.json`, relative to this `issue.json`.
    src: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Neighbour>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Neighbour>,
    /// The links to all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<Box<RawValue>>,
}

/// The previous or next issue.
#[derive(Serialize)]
struct Neighbour {
    /// The page, an absolute URL.
    page: String,
    /// The address of its `issue.json`, relative to this one. So a copy of a site at another address
    /// leads to its own issues.
    src: Option<String>,
}

impl ArchiveLinks {
    /// Returns the links of an issue in a folder.
    pub(crate) fn new(
        issue: &Issue,
        folder: IssueFolder,
        neighbours: Neighbours<'_>,
        site: &SiteAddress,
    ) -> Result<ArchiveLinks, serde_json::Error> {
        let own = folder.file_url(issue, site, "issue.json");
        let find = |other: &Issue| Neighbour {
            page: site.page_url(other).into(),
            src: own.make_relative(&site.issue_file_url(other, "issue.json")),
        };
        let view = FirstView::draw(|strings| render_links(issue, neighbours, strings, site));
        Ok(ArchiveLinks {
            page: site.url().to_owned(),
            permanent: canonical_url(issue, site),
            src: own.make_relative(&site.file_url("archive.json")),
            previous: neighbours.previous.map(find),
            next: neighbours.next.map(find),
            view: view.map(|view| to_raw_value(&view)).transpose()?,
        })
    }
}

/// Renders links to the previous issue, all issues, and the next issue.
fn render_links(
    issue: &Issue,
    neighbours: Neighbours<'_>,
    strings: &Strings,
    site: &SiteAddress,
) -> Html {
    let strings = PageStrings::for_tag(strings.lang);
    let render_neighbour = |part: &'static str, label: &'static str, other: &Issue| {
        let lang = other.lang.as_str().to_owned();
        html! {
            <a {part} href={site.page_url(other).to_string()}>
                { label }{ " " }<span {lang} dir="auto">{ format_name(other, &issue.title) }</span>
            </a>
        }
    };
    let previous = neighbours.previous;
    let next = neighbours.next;
    html! {
        <nav part="archive" aria-label={strings.neighbours} lang={strings.lang} dir="auto">
            { for previous.map(|other| render_neighbour("previous", strings.previous, other)) }
            <a part="all-issues" href={site.url().to_owned()}>{ strings.find_issues }</a>
            { for next.map(|other| render_neighbour("next", strings.next, other)) }
        </nav>
    }
}
