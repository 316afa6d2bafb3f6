//! Pages exported by Google Docs.

use std::collections::HashMap;

use scraper::ElementRef;
use url::Url;

use super::{HtmlTarget, strip_number};
use crate::source::html::list_notation::ListNotation;

/// The class of the title's paragraph.
pub(super) const TITLE_CLASS: &str = "title";

/// Returns the class of a list, and of its pieces: `lst-kix_abc-1`.
pub(crate) fn find_list_class<'a>(list: ElementRef<'a>) -> Option<&'a str> {
    let mut classes = list.value().classes();
    classes.find(|class| class.starts_with("lst-kix"))
}

/// Returns the level of a list, from 0, by its class. Nested lists stand one after another:
/// `lst-kix_abc-1` belongs inside `lst-kix_abc-0`.
pub(crate) fn find_list_level(class: &str) -> Option<usize> {
    class.rsplit('-').next()?.parse().ok()
}

/// Returns the notations of lists, by their classes. Their numbers are written by rules such as
/// `.lst-kix_abc-1>li:before{content:"" counter(lst-ctn-kix_abc-1,lower-latin) ". "}`.
pub(crate) fn find_list_notations(sheet: &str) -> HashMap<String, ListNotation> {
    let counters = sheet.split("counter(lst-ctn-").skip(1);
    let notations = counters.filter_map(|rest| {
        let (class, notation) = rest.split(')').next()?.split_once(',')?;
        let notation = ListNotation::parse_css(notation.trim())?;
        Some((format!("lst-{}", class.trim()), notation))
    });
    notations.collect()
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
