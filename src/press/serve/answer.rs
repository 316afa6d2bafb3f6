use std::fs;
use std::path::{Component, Path, PathBuf};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use mime_guess::mime;
use percent_encoding::percent_decode_str;

/// The script that renews a page, and shows what is wrong.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// The file of the site that an address leads to.
pub(super) fn file(site: &Path, path: &str, build: &str) -> Response<Body> {
    let Some(file) = locate(site, path) else {
        return missing(build);
    };
    let Ok(bytes) = fs::read(&file) else {
        return missing(build);
    };
    let kind = mime_guess::from_path(&file).first_or_octet_stream();
    match (kind.type_(), String::from_utf8(bytes)) {
        (mime::TEXT, Ok(page)) if kind.subtype() == mime::HTML => page_with_script(&page, build),
        (mime::TEXT, Ok(text)) => answer(&format!("{kind}; charset=utf-8"), text),
        (_, Ok(text)) => answer(kind.as_ref(), text),
        (_, Err(error)) => answer(kind.as_ref(), error.into_bytes()),
    }
}

/// An answer that no browser keeps.
pub(super) fn answer(kind: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    let kind =
        HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Where a file would be, and `index.html` for a folder. Nothing is outside of the site.
fn locate(site: &Path, path: &str) -> Option<PathBuf> {
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

/// The page in place of one that is not there. It renews itself too: soon there may be one.
fn missing(build: &str) -> Response<Body> {
    const PAGE: &str = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>No page</title>\
        <body><p>No page is at this address. <a href=\"/\">All issues</a></p></body></html>\n";
    let mut response = page_with_script(PAGE, build);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn page_with_script(page: &str, build: &str) -> Response<Body> {
    let script = format!("<script src=\"/.press/reload.js\" data-build=\"{build}\"></script>");
    // The last of the page's own tags. Without it the script is outside of the body, where it runs too.
    let end = page.rfind("</body>").unwrap_or(page.len());
    let (start, end) = page.split_at(end);
    answer("text/html; charset=utf-8", format!("{start}{script}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_of_the_site_is_found() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("issues/号1")).unwrap();
        let found = |path| locate(site.path(), path);
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
