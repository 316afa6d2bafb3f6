//! The files that each issue, the series and the web servers need.

use digest_issue::{Issue, Lang};

use super::archive::write_archive;
use super::archive_page::render_archive_page;
use super::atom::write_atom_feed;
use super::bibtex::write_bibtex;
use super::cms::render_cms_post;
use super::frame_page::render_frame_page;
use super::hosting::{write_headers_file, write_redirects_file};
use super::issue_folder::IssueFolder;
use super::issue_json::write_issue_json;
use super::issue_page::{Neighbours, render_issue_page};
use super::json_feed::write_json_feed;
use super::nginx::write_nginx_config;
use super::oembed::write_oembed;
use super::redirect_page::render_redirect_page;
use super::ris::write_ris;
use super::search_text::{SEARCH_TEXT, write_search_text};
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
    let folder = IssueFolder::Permanent;
    let file = |name: &str, text: String| SiteFile::new(folder.path(issue) + name, text);
    let mut files = folder_files(folder, issue, neighbours, site)?;
    files.push(file("citations.bib", write_bibtex(issue, site)));
    files.push(file("citations.ris", write_ris(issue, site)));
    Ok(files)
}

/// Returns the files in `latest/`; none if there are no issues.
fn latest_files(issues: &[&Issue], site: &SiteAddress) -> Result<Vec<SiteFile>, Diagnostic> {
    let Some(newest) = issues.first() else {
        return Ok(Vec::new());
    };
    let neighbours = Neighbours::find(issues, 0);
    folder_files(IssueFolder::Latest, newest, neighbours, site)
}

/// Writes the `issue.json` of the newest issue in `latest/`; none if there are no issues.
pub(crate) fn write_latest_json(
    issues: &[&Issue],
    site: &SiteAddress,
) -> Result<Option<String>, Diagnostic> {
    let write = |newest: &&Issue| {
        let neighbours = Neighbours::find(issues, 0);
        write_issue_json(newest, IssueFolder::Latest, neighbours, site)
    };
    let json = issues.first().map(write).transpose();
    json.map_err(internal_error)
}

/// Returns the files that show an issue in a folder.
fn folder_files(
    folder: IssueFolder,
    issue: &Issue,
    neighbours: Neighbours<'_>,
    site: &SiteAddress,
) -> Result<Vec<SiteFile>, Diagnostic> {
    let file = |name: &str, text: String| SiteFile::new(folder.path(issue) + name, text);
    let page = render_issue_page(issue, folder, neighbours, site).map_err(internal_error)?;
    let json = write_issue_json(issue, folder, neighbours, site);
    let oembed = write_oembed(issue, folder, site).map_err(internal_error)?;
    Ok(vec![
        file("index.html", page),
        file("issue.json", json.map_err(internal_error)?),
        file("oembed.json", oembed),
        file("frame.html", render_frame_page(issue, folder, site)),
        file("snippet.html", render_snippet(issue, folder, site)),
        file("cms.html", render_cms_post(issue, folder, site)),
    ])
}

/// Returns the files of a series: the archive, the text to search, the feeds, the newest issue in
/// `latest/`, the icon and the schemas.
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
    let mut files = vec![
        SiteFile::new("index.html", render_archive_page(title, lang, issues, site)),
        SiteFile::new(
            "archive.json",
            write_archive(title, lang, issues, site).map_err(internal_error)?,
        ),
        SiteFile::new(
            SEARCH_TEXT,
            write_search_text(issues).map_err(internal_error)?,
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
    ];
    files.extend(latest_files(issues, site)?);
    Ok(files)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_series_with_issues_has_a_latest_one() {
        let json = include_bytes!("../../../tests/import/seed/issue.json");
        let issue = Issue::from_json(json).unwrap();
        let site = "https://cdn.example".parse().unwrap();
        for (issues, expected) in [(&[][..], 0), (&[&issue][..], 6)] {
            let files = series_files("Digest", &issue.lang, issues, &site).unwrap();
            let latest = files.iter().filter(|file| file.path.starts_with("latest/"));
            assert_eq!(latest.count(), expected);
            let page = String::from_utf8_lossy(&files[0].bytes);
            assert_eq!(
                page.contains("latest/oembed.json"),
                !issues.is_empty(),
                "{page}"
            );
            assert_eq!(page.contains("embed.html"), !issues.is_empty(), "{page}");
        }
    }
}
