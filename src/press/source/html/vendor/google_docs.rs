//! Pages exported by Google Docs.

use scraper::ElementRef;
use url::Url;

use super::{HtmlTarget, strip_number};

/// The class of the title's paragraph.
pub(super) const TITLE_CLASS: &str = "title";

/// Returns the level of a list, from 0, by its class. Nested lists stand one after another:
/// `lst-kix_abc-1` belongs inside `lst-kix_abc-0`.
pub(crate) fn find_list_level(list: ElementRef<'_>) -> Option<usize> {
    let mut classes = list
        .value()
        .classes()
        .filter(|class| class.starts_with("lst-kix"));
    classes.find_map(|class| class.rsplit('-').next()?.parse().ok())
}

/// Recognises `#ftnt1` and `#cmnt1`, and `#ftnt_ref1` and `#cmnt_ref1` that lead back from there.
pub(super) fn parse_anchor(href: &str) -> Option<HtmlTarget> {
    let number = |prefix| strip_number(href, prefix).map(str::to_owned);
    number("#ftnt")
        .map(HtmlTarget::Note)
        .or_else(|| number("#ftnt_ref").map(HtmlTarget::NoteItself))
        .or_else(|| number("#cmnt").map(|_| HtmlTarget::Comment))
        .or_else(|| number("#cmnt_ref").map(|_| HtmlTarget::CommentItself))
}

/// Returns the address that the editor typed. All links go through a tracking page:
/// `https://www.google.com/url?q=ADDRESS&sa=D&…`.
pub(super) fn unwrap_redirect(href: &str) -> Option<String> {
    let url = Url::parse(href).ok()?;
    if url.domain() != Some("www.google.com") || url.path() != "/url" {
        return None;
    }
    let (_, address) = url.query_pairs().find(|(name, _)| name == "q")?;
    Some(address.into_owned())
}
