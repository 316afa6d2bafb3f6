//! The element of a page that is the newsletter.

use scraper::{ElementRef, Html};

use super::element::select;

/// Returns the element with the newsletter, and its name unless it is the whole body.
pub(crate) fn find_newsletter(page: &Html) -> (Option<&'static str>, ElementRef<'_>) {
    let candidates = [
        ("<main>", select(page, "main")),
        ("element with role=main", select(page, "[role=main]")),
        ("<article>", find_articles(page)),
    ];
    for (name, elements) in candidates {
        if let [only] = elements.as_slice() {
            return (Some(name), *only);
        }
    }
    (None, find_body(page))
}

pub(crate) fn find_body(page: &Html) -> ElementRef<'_> {
    let body = select(page, "body").first().copied();
    body.unwrap_or(page.root_element())
}

/// Returns the articles that are not a part of something else: an article inside another one is a
/// comment on it.
fn find_articles(page: &Html) -> Vec<ElementRef<'_>> {
    let mut articles = select(page, "article");
    articles.retain(|article| {
        let mut around = article.ancestors().filter_map(ElementRef::wrap);
        !around.any(|outer| {
            matches!(outer.value().name(), "article" | "aside" | "nav" | "footer")
                || is_comment_section(outer)
        })
    });
    articles
}

/// Returns true for a comment that a reader of the page wrote, or for all of them.
pub(crate) fn is_reader_comment(element: ElementRef<'_>) -> bool {
    let is_nested = || {
        let mut around = element.ancestors().filter_map(ElementRef::wrap);
        around.any(|outer| outer.value().name() == "article")
    };
    is_comment_section(element)
        || element.value().name() == "article"
            && (element
                .value()
                .classes()
                .any(|class| class.contains("comment"))
                || element.attr("itemprop") == Some("comment"))
            && is_nested()
}

/// Returns true for the part of a page where blogs show comments.
fn is_comment_section(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().id(),
        Some("comments" | "disqus_thread" | "respond" | "ghost-comments-root")
    )
}
