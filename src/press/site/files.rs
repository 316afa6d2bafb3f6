use digest_issue::{Issue, Lang};

use super::archive::archive;
use super::archive_page::archive_page;
use super::atom::atom;
use super::bibtex::bibtex;
use super::cms::cms;
use super::hosting::{headers, redirects};
use super::issue_page::{Neighbours, page};
use super::json_feed::json_feed;
use super::nginx::nginx;
use super::oembed::oembed;
use super::redirect_page::render_redirect_page;
use super::ris::ris;
use super::snippet::snippet;
use crate::{Diagnostic, SiteAddress};

/// The JSON Schemas of `issue.json` and of `archive.json`.
const ISSUE_SCHEMA: &str = include_str!("../../../www/issue-1.schema.json");
const ARCHIVE_SCHEMA: &str = include_str!("../../../www/archive-1.schema.json");

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it is in the site's folder, such as `issues/digest-1.5/index.html`: with `/` on every system.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of an issue, all in `issues/ID/`, but for its picture.
///
/// They hold nothing but what the issue, its neighbours' names and the site's address say: the same
/// arguments give the same bytes.
///
/// # Errors
///
/// None that an [`Issue`] can cause: what a serializer reports is a mistake in this program.
pub fn issue_files(
    issue: &Issue,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Result<Vec<SiteFile>, Diagnostic> {
    let file =
        |name: &str, text: String| SiteFile::new(format!("issues/{}/{name}", issue.id), text);
    Ok(vec![
        file("index.html", page(issue, neighbours, site).map_err(bug)?),
        file("issue.json", issue.to_json().map_err(bug)?),
        file("oembed.json", oembed(issue, site).map_err(bug)?),
        file("snippet.html", snippet(issue, site)),
        file("cms.html", cms(issue, site)),
        file("citations.bib", bibtex(issue, site)),
        file("citations.ris", ris(issue, site)),
    ])
}

/// The files of a series, at the root of the site or in folders of their own there.
///
/// `title` is that of the series, `lang` the language of its own pages, and `issues` are all of its
/// issues, the newest first. The feeds hold the first 20.
///
/// # Errors
///
/// None that an [`Issue`] can cause: what a serializer reports is a mistake in this program.
pub fn series_files(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<Vec<SiteFile>, Diagnostic> {
    Ok(vec![
        SiteFile::new("index.html", archive_page(title, lang, issues, site)),
        SiteFile::new(
            "archive.json",
            archive(title, lang, issues, site).map_err(bug)?,
        ),
        SiteFile::new(
            "feed.json",
            json_feed(title, lang, issues, site).map_err(bug)?,
        ),
        SiteFile::new("feed.xml", atom(title, lang, issues, site).map_err(bug)?),
        SiteFile::new("schema/issue-1.json", ISSUE_SCHEMA),
        SiteFile::new("schema/archive-1.json", ARCHIVE_SCHEMA),
    ])
}

/// The page at the id that an issue had before.
pub(crate) fn redirect_file(old_id: &str, issue: &Issue, site: &SiteAddress) -> SiteFile {
    SiteFile::new(
        format!("issues/{old_id}/index.html"),
        render_redirect_page(issue, site),
    )
}

/// What tells servers how to serve the site's files, of which `paths` are all, and where the issues are
/// that have `moved` from an id to another one.
pub(crate) fn server_files<'a>(
    site: &SiteAddress,
    paths: impl Iterator<Item = &'a str>,
    moved: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<SiteFile> {
    let page = |id: &str| site.root(&format!("issues/{id}/")).path().to_owned();
    let moved: Vec<_> = moved.map(|(old, new)| (page(old), page(new))).collect();
    let mut files = vec![
        SiteFile::new("_headers", headers(site, paths)),
        SiteFile::new("nginx.conf", nginx(site, &moved)),
    ];
    if !moved.is_empty() {
        files.push(SiteFile::new("_redirects", redirects(&moved)));
    }
    files
}

impl SiteFile {
    fn new(path: impl Into<String>, text: impl Into<Vec<u8>>) -> SiteFile {
        SiteFile {
            path: path.into(),
            bytes: text.into(),
        }
    }
}

#[allow(clippy::needless_pass_by_value)] // As `map_err` hands it over.
fn bug(error: impl std::error::Error) -> Diagnostic {
    Diagnostic::internal_error(&error)
}
