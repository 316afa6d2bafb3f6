//! How a site's files are served: media types, caching and security policies.
//!
//! The settings files for web servers are written from these values.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::STYLES;
use super::page_styles::FRAME_PAGE_STYLE;
use super::snippet::snippet_style;
use crate::SiteAddress;

/// Caching of files whose names change with their content: a year.
pub(crate) const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";

/// Caching of all other files: fresh for five minutes, then revalidated in the background for a
/// day.
pub(crate) const CACHE_BRIEFLY: &str = "public, max-age=300, stale-while-revalidate=86400";

/// The headers of every file. Embedders' pages, on other origins, load nearly all of them.
pub(crate) const COMMON_HEADERS: [(&str, &str); 4] = [
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// The file name of the configurator.
pub(crate) const CONFIGURATOR: &str = "embed.html";

/// The file name of the icon that browsers show beside the titles of pages.
pub(crate) const ICON: &str = "icon.svg";

/// The Content-Security-Policy of the configurator. It runs the widget and loads any issue.
pub(crate) const CONFIGURATOR_POLICY: &str = "default-src 'none'; \
     script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     connect-src 'self' https: http:; img-src 'self' https: http: data:; \
     base-uri 'none'; form-action 'none'";

/// The media types of files that many servers do not know.
pub(crate) const UNCOMMON_TYPES: [(&str, &str); 4] = [
    ("feed.json", "application/feed+json"),
    ("feed.xml", "application/atom+xml; charset=utf-8"),
    ("citations.bib", "application/x-bibtex; charset=utf-8"),
    (
        "citations.ris",
        "application/x-research-info-systems; charset=utf-8",
    ),
];

/// Returns the Content-Security-Policy of issue pages and the archive page. It allows their styles
/// and pictures.
pub(crate) fn page_policy() -> String {
    let styles = STYLES.map(csp_hash);
    format!(
        "default-src 'none'; style-src {}; img-src 'self' https: http:; \
         base-uri 'none'; form-action 'none'",
        styles.join(" ")
    )
}

/// Returns the Content-Security-Policy of an issue's frame, which is in the page itself.
///
/// It has the name of the host instead of `'self'`: WordPress puts frames into a sandbox, where
/// WebKit matches `'self'` with nothing.
pub(crate) fn frame_policy(site: &SiteAddress) -> String {
    let host = site.origin();
    let styles = [FRAME_PAGE_STYLE, &snippet_style()].map(csp_hash);
    format!(
        "default-src 'none'; script-src {host} 'wasm-unsafe-eval'; style-src {}; \
         connect-src {host}; img-src {host} https: http:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        styles.join(" ")
    )
}

/// Returns the hash source that allows a `<style>` with this content in a Content-Security-Policy.
pub(crate) fn csp_hash(style: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(style)))
}

/// The folder of the pictures. Their names contain a hash.
pub(crate) const PICTURES: &str = "images/";

/// Returns true if the name of a file changes with its content: it contains a hash or the widget's
/// version.
///
/// A site keeps such files, since cached loaders and saved pages still load them.
pub(crate) fn is_immutable(path: &str) -> bool {
    if path.starts_with(PICTURES) {
        return true;
    }
    let name = path
        .strip_prefix("digest-")
        .and_then(|name| name.rsplit_once('.'));
    let Some((name, "js" | "wasm")) = name else {
        return false;
    };
    let is_hash =
        |hash: &str| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number =
        |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = name.split('.').count() == 3 && name.split('.').all(is_number);
    is_version || name.rsplit_once('-').is_some_and(|(_, hash)| is_hash(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_a_hash_or_version_are_immutable() {
        for path in [
            "digest-0.1.0.js",
            "digest-10.20.30.js",
            "digest-widget-52aa725186d13c8e.wasm",
            "digest-widget-6da6a1bafbc34e88.js",
            "digest-explain-8961197fe00756f1.js",
            "images/image-8961197fe00756f1.webp",
        ] {
            assert!(is_immutable(path), "{path}");
        }
        for path in [
            "digest.js",
            "digest-site.js",
            "digest-frame.js",
            "digest-0.1.js",
            "digest-0.1.0.json",
            "issues/digest-0.1.0.js",
            "digest-widget-52aa.js",
        ] {
            assert!(!is_immutable(path), "{path}");
        }
    }
}
