use digest_view::minified;
use yew::{Html, html};

/// What all pages have in common.
pub(crate) const PAGES: &str = minified!(include_str!("all_pages.css"));

/// What only the page of an issue has.
pub(crate) const PAGE: &str = minified!(include_str!("issue_page.css"));

/// What only the page of all issues has.
pub(crate) const ARCHIVE_PAGE: &str = minified!(include_str!("archive_page.css"));

/// The text of each `<style>` in the pages, which a Content-Security-Policy allows by its hash.
pub const STYLES: [&str; 4] = [digest_view::STYLE, PAGES, PAGE, ARCHIVE_PAGE];

/// The `<style>` elements of a page that is styled besides as its kind is.
pub(crate) fn styles(of_kind: &'static str) -> Html {
    html! { <>{ for [digest_view::STYLE, PAGES, of_kind].map(|style| html! { <style>{ style }</style> }) }</> }
}
