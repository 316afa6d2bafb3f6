//! How the files of a site are served: what they are, how long they may be kept, what pages may do.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::STYLES;

/// For what has another name as soon as it has other bytes: a year, which is for ever to a cache.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// For all else: a change is seen within five minutes, and for a day nobody waits for it.
pub(crate) const SHORT: &str = "public, max-age=300, stale-while-revalidate=86400";

/// What goes with every file. Partners' pages, which are of other origins, ask for nearly all of them.
pub(crate) const COMMON: [(&str, &str); 4] = [
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// The configurator's name in a site.
pub(crate) const CONFIGURATOR: &str = "embed.html";

/// What the configurator may do: it runs the digest, asks for any issue, and posts nothing.
pub(crate) const CONFIGURATOR_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     connect-src 'self' https: http:; img-src 'self' https: http: data:; base-uri 'none'; form-action 'none'";

/// Files whose types many servers do not know.
pub(crate) const UNCOMMON_TYPES: [(&str, &str); 4] = [
    ("feed.json", "application/feed+json"),
    ("feed.xml", "application/atom+xml; charset=utf-8"),
    ("citations.bib", "application/x-bibtex; charset=utf-8"),
    (
        "citations.ris",
        "application/x-research-info-systems; charset=utf-8",
    ),
];

/// What our own pages may do: show pictures, and look as their own styles say.
pub(crate) fn page_policy() -> String {
    let styles = STYLES.map(by_hash);
    format!(
        "default-src 'none'; style-src {}; img-src 'self' https: http:; base-uri 'none'; form-action 'none'",
        styles.join(" ")
    )
}

/// What allows a `<style>` of this text in a Content-Security-Policy.
pub(crate) fn by_hash(style: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(style)))
}

/// The folder of all pictures, whose names have a hash.
pub(crate) const PICTURES: &str = "images/";

/// Whether a file has another name as soon as it has other bytes: a hash, or the widget's version.
///
/// Loaders and pages that somebody kept go on asking for these, so a site keeps those it once had.
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
    fn what_carries_a_hash_or_a_version_never_changes() {
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
