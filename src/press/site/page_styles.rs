//! The style sheets of the pages.

use digest_view::minify_css;
use yew::{Html, html};

/// The style that all pages share.
pub(crate) const ALL_PAGES_STYLE: &str = minify_css!(include_str!("all_pages.css"));

/// The style of an issue's page only.
pub(crate) const ISSUE_PAGE_STYLE: &str = minify_css!(include_str!("issue_page.css"));

/// The style of the archive page only.
pub(crate) const ARCHIVE_PAGE_STYLE: &str = minify_css!(include_str!("archive_page.css"));

/// The style of a frame's page only.
pub(crate) const FRAME_PAGE_STYLE: &str = minify_css!(include_str!("frame_page.css"));

/// The content of each `<style>` on the pages. A Content-Security-Policy allows each by its hash.
pub const STYLES: [&str; 4] = [
    digest_view::STYLE,
    ALL_PAGES_STYLE,
    ISSUE_PAGE_STYLE,
    ARCHIVE_PAGE_STYLE,
];

/// Renders the `<style>` elements of a page: the digest's, the shared one and its own.
pub(crate) fn render_styles(page_style: &'static str) -> Html {
    let styles = [digest_view::STYLE, ALL_PAGES_STYLE, page_style];
    html! { <>{ for styles.map(|style| html! { <style>{ style }</style> }) }</> }
}
