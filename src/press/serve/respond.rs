//! Responses of the preview server: files of the site, with the reload script in each page.

use std::fs;
use std::path::{Component, Path, PathBuf};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use mime_guess::mime;
use percent_encoding::percent_decode_str;

/// The script that reloads a page after a build, and shows errors.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// Responds with the file of the site at the path of a URL.
pub(super) fn respond_with_file(site: &Path, path: &str, build: &str) -> Response<Body> {
    let Some(file) = find_file(site, path) else {
        return respond_not_found(build);
    };
    let Ok(bytes) = fs::read(&file) else {
        return respond_not_found(build);
    };
    let kind = mime_guess::from_path(&file).first_or_octet_stream();
    match (kind.type_(), String::from_utf8(bytes)) {
        (mime::TEXT, Ok(page)) if kind.subtype() == mime::HTML => respond_with_page(&page, build),
        (mime::TEXT, Ok(text)) => respond_uncached(&format!("{kind}; charset=utf-8"), text),
        (_, Ok(text)) => respond_uncached(kind.as_ref(), text),
        (_, Err(error)) => respond_uncached(kind.as_ref(), error.into_bytes()),
    }
}

/// Responds with a body that browsers do not cache.
pub(super) fn respond_uncached(kind: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    let kind =
        HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Returns the path of a file in the site, and `index.html` for a folder. Paths out of the site
/// have none.
fn find_file(site: &Path, path: &str) -> Option<PathBuf> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = Path::new(path.trim_start_matches('/'));
    let is_plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = is_plain.then(|| site.join(path))?;
    Some(if file.is_dir() {
        file.join("index.html")
    } else {
        file
    })
}

/// Responds with an error page, which reloads too: the next build may add the page.
fn respond_not_found(build: &str) -> Response<Body> {
    const PAGE: &str = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
        <title>Page not found</title>\
        <body><p>There is no page at this address. \
        <a href=\"/\">All issues</a></p></body></html>\n";
    let mut response = respond_with_page(PAGE, build);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn respond_with_page(page: &str, build: &str) -> Response<Body> {
    let script = format!("<script src=\"/.press/reload.js\" data-build=\"{build}\"></script>");
    // A page without this tag gets the script at its end, where it runs too.
    let end = page.rfind("</body>").unwrap_or(page.len());
    let (start, end) = page.split_at(end);
    respond_uncached("text/html; charset=utf-8", format!("{start}{script}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_out_of_the_site_are_not_found() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("issues/号1")).unwrap();
        let found = |path| find_file(site.path(), path);
        assert_eq!(found("/"), Some(site.path().join("index.html")));
        assert_eq!(
            found("/issues/%E5%8F%B71/"),
            Some(site.path().join("issues/号1/index.html"))
        );
        assert_eq!(found("/feed.json"), Some(site.path().join("feed.json")));
        assert_eq!(found("//feed.json"), Some(site.path().join("feed.json")));
        for path in [
            "/../secret",
            "/issues/%2e%2e/%2E%2E/secret",
            "/..%2fsecret",
            "/%ff",
        ] {
            assert_eq!(found(path), None, "{path}");
        }
    }
}
