use digest_issue::{Issue, Lang};

use super::oembed::oembed;
use super::page::{self, page};
use crate::{Diagnostic, Site};

/// The JSON Schema of an issue.
const ISSUE_SCHEMA: &str = include_str!("../../../www/issue-1.schema.json");

/// The text of each `<style>` in the pages, which a Content-Security-Policy allows by its hash.
pub const STYLES: [&str; 2] = [digest_view::STYLE, page::STYLE];

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is in the site's folder, such as `issues/digest-1.5/index.html`: with `/` on every system.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(path: impl Into<String>, text: impl Into<Vec<u8>>) -> File {
        File { path: path.into(), bytes: text.into() }
    }
}

/// The issues beside one in its series, to which its page links.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a> {
    /// The one that came out before it.
    pub previous: Option<&'a Issue>,
    /// The one that came out after it.
    pub next: Option<&'a Issue>,
}

/// The files of an issue, all in `issues/ID/`, but for its picture.
///
/// They hold nothing but what the issue, its neighbours' names and the site's address say: the same
/// arguments give the same bytes.
///
/// # Errors
///
/// None that an [`Issue`] can cause: what a serializer reports is a mistake in this program.
pub fn issue_files(issue: &Issue, neighbours: Neighbours<'_>, site: &Site) -> Result<Vec<File>, Diagnostic> {
    let _ = neighbours;
    let file = |name: &str, text: String| File::new(format!("issues/{}/{name}", issue.id), text);
    Ok(vec![
        file("index.html", page(issue, site)),
        file("issue.json", issue.to_json().map_err(|error| Diagnostic::bug(&error))?),
        file("oembed.json", oembed(issue, site).map_err(|error| Diagnostic::bug(&error))?),
    ])
}

/// The files of a series, which are at the root of the site or in folders of their own there.
///
/// `title` is that of the series, `lang` the language of its own pages, and `issues` are all of its
/// issues, the newest first.
///
/// # Errors
///
/// None that an [`Issue`] can cause: what a serializer reports is a mistake in this program.
pub fn series_files(
    title: &str,
    lang: &Lang,
    issues: &[&Issue],
    site: &Site,
) -> Result<Vec<File>, Diagnostic> {
    let _ = (title, lang, issues, site);
    Ok(vec![File::new("schema/issue-1.json", ISSUE_SCHEMA)])
}
