//! The files that each issue, the series and the web servers need.

use digest_issue::{Issue, Lang};

use super::archive::write_archive;
use super::archive_page::render_archive_page;
use super::atom::write_atom_feed;
use super::bibtex::write_bibtex;
use super::cms::render_cms_post;
use super::frame_page::render_frame_page;
use super::hosting::{write_headers_file, write_redirects_file};
use super::issue_page::{Neighbours, render_issue_page};
use super::json_feed::write_json_feed;
use super::nginx::write_nginx_config;
use super::oembed::write_oembed;
use super::redirect_page::render_redirect_page;
use super::ris::write_ris;
use super::serving::ICON;
use super::snippet::render_snippet;
use crate::{Diagnostic, SiteAddress};

/// The JSON Schemas of `issue.json` and of `archive.json`.
const ISSUE_SCHEMA: &str = include_str!("../../../www/issue-1.schema.json");
const ARCHIVE_SCHEMA: &str = include_str!("../../../www/archive-1.schema.json");

/// The icon, which is the configurator's too.
const ICON_SVG: &str = include_str!("../../../www/icon.svg");

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// The path in the site's folder, such as `issues/digest-1.5/index.html`. It has `/` on every
    /// system.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Returns the files in `issues/ID/`, without the picture.
///
/// The same arguments give the same bytes.
///
/// # Errors
///
/// Fails if a serializer fails, which no valid [`Issue`] causes.
pub fn issue_files(
    issue: &Issue,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Result<Vec<SiteFile>, Diagnostic> {
    let file =
        |name: &str, text: String| SiteFile::new(format!("issues/{}/{name}", issue.id), text);
    Ok(vec![
        file(
            "index.html",
            render_issue_page(issue, neighbours, site).map_err(internal_error)?,
        ),
        file("issue.json", issue.to_json().map_err(internal_error)?),
        file(
            "oembed.json",
            write_oembed(issue, site).map_err(internal_error)?,
        ),
        file("frame.html", render_frame_page(issue, site)),
        file("snippet.html", render_snippet(issue, site)),
        file("cms.html", render_cms_post(issue, site)),
        file("citations.bib", write_bibtex(issue, site)),
        file("citations.ris", write_ris(issue, site)),
    ])
}

/// Returns the files of a series: the archive, the feeds, the icon and the schemas.
///
/// `title` and `lang` are the title of the series and the language of its own pages. `issues` are
/// all issues, newest first; the feeds contain the first 20.
///
/// # Errors
///
/// Fails if a serializer fails, which no valid [`Issue`] causes.
pub fn series_files(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<Vec<SiteFile>, Diagnostic> {
    Ok(vec![
        SiteFile::new("index.html", render_archive_page(title, lang, issues, site)),
        SiteFile::new(
            "archive.json",
            write_archive(title, lang, issues, site).map_err(internal_error)?,
        ),
        SiteFile::new(
            "feed.json",
            write_json_feed(title, lang, issues, site).map_err(internal_error)?,
        ),
        SiteFile::new(
            "feed.xml",
            write_atom_feed(title, lang, issues, site).map_err(internal_error)?,
        ),
        SiteFile::new(ICON, ICON_SVG),
        SiteFile::new("schema/issue-1.json", ISSUE_SCHEMA),
        SiteFile::new("schema/archive-1.json", ARCHIVE_SCHEMA),
    ])
}

/// Returns the page at an old id of an issue, which redirects to the current one.
pub(crate) fn redirect_file(old_id: &str, issue: &Issue, site: &SiteAddress) -> SiteFile {
    SiteFile::new(
        format!("issues/{old_id}/index.html"),
        render_redirect_page(issue, site),
    )
}

/// Returns the settings files for web servers.
///
/// `paths` are the paths of all files of the site. `moved` are pairs of an issue's old and current
/// id.
pub(crate) fn server_files<'a>(
    site: &SiteAddress,
    paths: impl Iterator<Item = &'a str>,
    moved: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<SiteFile> {
    let page = |id: &str| site.file_url(&format!("issues/{id}/")).path().to_owned();
    let moved: Vec<_> = moved.map(|(old, new)| (page(old), page(new))).collect();
    let mut files = vec![
        SiteFile::new("_headers", write_headers_file(site, paths)),
        SiteFile::new("nginx.conf", write_nginx_config(site, &moved)),
    ];
    if !moved.is_empty() {
        files.push(SiteFile::new("_redirects", write_redirects_file(&moved)));
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

#[allow(
    clippy::needless_pass_by_value,
    reason = "The signature that `map_err` needs."
)]
fn internal_error(error: impl std::error::Error) -> Diagnostic {
    Diagnostic::internal_error(&error)
}
