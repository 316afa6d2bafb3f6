//! Tests of a built site on nginx, with the `nginx.conf` of the site.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "serving/framing.rs"]
mod framing;
#[path = "serving/http_cache.rs"]
mod http_cache;
#[path = "serving/series.rs"]
mod series;
#[path = "serving/views.rs"]
mod views;

use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use checks::{Nginx, Reply, build_site, free_port, glue, root, wasm};
use libtest_mimic::{Arguments, Trial};
use tempfile::TempDir;

/// Most tests share one server and one site.
fn main() -> ExitCode {
    let site = Arc::new(LazyLock::new(serve_site as fn() -> ServedSite));
    let trials = cases().into_iter().map(|(name, case)| {
        let site = Arc::clone(&site);
        Trial::test(name, move || {
            case(&site);
            Ok(())
        })
    });
    let others = OTHER_CASES.map(|(name, case)| {
        Trial::test(name, move || {
            case();
            Ok(())
        })
    });
    let trials = trials.chain(others);
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

type Case = (&'static str, fn(&ServedSite));

macro_rules! cases {
    ($($name:ident),+ $(,)?) => {
        fn cases() -> Vec<Case> {
            vec![$((stringify!($name), $name)),+]
        }
    };
}

cases![
    files_have_content_type_and_cache_headers,
    accepted_compression_is_used,
    unchanged_files_are_304_and_ranges_206,
    pages_allow_their_styles_and_no_scripts,
    moved_issues_redirect_and_internal_files_are_404,
];

/// These change the site or the server.
const OTHER_CASES: [(&str, fn()); 3] = [
    (
        "each_view_requests_only_what_the_reader_lacks",
        views::each_view_requests_only_what_the_reader_lacks,
    ),
    (
        "scripts_and_snippet_name_the_files_of_a_view",
        views::scripts_and_snippet_name_the_files_of_a_view,
    ),
    (
        "settings_of_the_docs_limit_who_may_frame",
        framing::settings_of_the_docs_limit_who_may_frame,
    ),
];

const SEED: &str = "/digest/issues/us-japan-alliance-digest-1.5/";
const SHORT: &str = "public, max-age=300, stale-while-revalidate=86400";
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A site in a subfolder of its server, with moved issues.
struct ServedSite {
    nginx: Nginx,
    folder: TempDir,
}

fn serve_site() -> ServedSite {
    let folder = tempfile::tempdir().unwrap();
    let issues = folder.path().join("issues");
    fs::create_dir(&issues).unwrap();
    for name in ["seed", "japanese"] {
        let newsletter = root().join("tests/import").join(name).join("newsletter.md");
        fs::copy(newsletter, issues.join(format!("{name}.md"))).unwrap();
    }
    let settings = "[moved]\nold = \"us-japan-alliance-digest-1.5\"\n\"号1\" = \"us-japan-alliance-digest-1.5\"\n";
    fs::write(issues.join("press.toml"), settings).unwrap();
    let port = free_port();
    let site = folder.path().join("www/digest");
    build_site(&issues, &site, &format!("http://localhost:{port}/digest/"));
    let nginx = Nginx::start(port, &folder.path().join("www"), &site.join("nginx.conf"));
    ServedSite {
        nginx: nginx.unwrap_or_else(|error| panic!("{error}")),
        folder,
    }
}

impl ServedSite {
    fn get(&self, path: &str) -> Reply {
        self.nginx.get(path, &[])
    }

    fn get_with_encodings(&self, path: &str, encodings: &str) -> Reply {
        self.nginx.get(path, &[("Accept-Encoding", encodings)])
    }

    fn read_file(&self, path: &str) -> Vec<u8> {
        fs::read(
            self.folder
                .path()
                .join("www")
                .join(path.trim_start_matches('/')),
        )
        .unwrap()
    }
}

#[track_caller]
fn assert_headers(reply: &Reply, headers: &[(&str, &str)]) {
    for (name, value) in headers {
        let expected: Vec<&str> = if value.is_empty() {
            Vec::new()
        } else {
            vec![value]
        };
        assert_eq!(
            reply.header(name),
            expected,
            "{name} in {:?}",
            reply.headers
        );
    }
}

fn files_have_content_type_and_cache_headers(site: &ServedSite) {
    let html = "text/html; charset=utf-8";
    let script = "text/javascript; charset=utf-8";
    let (glue, wasm) = (format!("/digest/{}", glue()), format!("/digest/{}", wasm()));
    for (path, kind, cache) in [
        ("/digest/", html, SHORT),
        (SEED, html, SHORT),
        ("/digest/latest/", html, SHORT),
        ("/digest/latest/issue.json", "application/json", SHORT),
        ("/digest/latest/frame.html", html, SHORT),
        ("/digest/latest/snippet.html", html, SHORT),
        ("/digest/embed.html", html, SHORT),
        ("/digest/frame.html", html, SHORT),
        ("/digest/digest.js", script, SHORT),
        ("/digest/configurator/code.js", script, SHORT),
        ("/digest/configurator.css", "text/css; charset=utf-8", SHORT),
        ("/digest/icon.svg", "image/svg+xml", SHORT),
        (&*glue, script, IMMUTABLE),
        (&*wasm, "application/wasm", IMMUTABLE),
        ("/digest/digest-0.1.0.js", script, IMMUTABLE),
        ("/digest/archive.json", "application/json", SHORT),
        ("/digest/feed.json", "application/feed+json", SHORT),
        (
            "/digest/feed.xml",
            "application/atom+xml; charset=utf-8",
            SHORT,
        ),
        ("/digest/schema/issue-1.json", "application/json", SHORT),
        ("/digest/schema/archive-1.json", "application/json", SHORT),
        (&*format!("{SEED}issue.json"), "application/json", SHORT),
        (&*format!("{SEED}snippet.html"), html, SHORT),
        (&*format!("{SEED}frame.html"), html, SHORT),
        (
            &*format!("{SEED}citations.bib"),
            "application/x-bibtex; charset=utf-8",
            SHORT,
        ),
        (
            &*format!("{SEED}citations.ris"),
            "application/x-research-info-systems; charset=utf-8",
            SHORT,
        ),
    ] {
        let reply = site.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert_headers(
            &reply,
            &[
                ("content-type", kind),
                ("cache-control", cache),
                ("access-control-allow-origin", "*"),
                ("x-content-type-options", "nosniff"),
                ("vary", "Accept-Encoding"),
                ("content-encoding", ""),
            ],
        );
        let path = if path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        assert_eq!(reply.body, site.read_file(&path), "{path}");
    }
}

fn accepted_compression_is_used(site: &ServedSite) {
    for (encodings, expected) in [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0.5", "br"),
        ("BR ; q=1.0", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br; q=0.000", "gzip"),
        ("brotli", ""),
        ("identity", ""),
    ] {
        for path in [
            "/digest/digest.js",
            SEED,
            &format!("{SEED}issue.json"),
            &format!("/digest/{}", wasm()),
        ] {
            let reply = site.get_with_encodings(path, encodings);
            assert_eq!(reply.status, 200, "{path}");
            assert_headers(
                &reply,
                &[("content-encoding", expected), ("vary", "Accept-Encoding")],
            );
            assert_ne!(
                reply.header("content-type"),
                ["application/octet-stream"],
                "{path}"
            );
            let ending = match expected {
                "br" => ".br",
                "gzip" => ".gz",
                _ => "",
            };
            let file = if path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.to_owned()
            };
            assert_eq!(
                reply.body,
                site.read_file(&format!("{file}{ending}")),
                "{path} for {encodings}"
            );
        }
    }
    // This file is too short for compression.
    let reply = site.get_with_encodings("/digest/integrity.json", "br");
    assert_eq!(reply.status, 200);
    assert_headers(
        &reply,
        &[
            ("content-encoding", ""),
            ("content-type", "application/json"),
        ],
    );
}

fn unchanged_files_are_304_and_ranges_206(site: &ServedSite) {
    let path = format!("{SEED}issue.json");
    for encoding in ["identity", "gzip", "br"] {
        let first = site.get_with_encodings(&path, encoding);
        let tag = first.header("etag")[0];
        let again = site.nginx.get(
            &path,
            &[("Accept-Encoding", encoding), ("If-None-Match", tag)],
        );
        assert_eq!((again.status, again.body.len()), (304, 0), "{encoding}");
        assert_headers(
            &again,
            &[
                ("etag", tag),
                ("cache-control", SHORT),
                ("vary", "Accept-Encoding"),
            ],
        );
        let part = site.nginx.get(
            &path,
            &[("Accept-Encoding", encoding), ("Range", "bytes=10-19")],
        );
        // nginx answers ranges of `gzip_static` files with the whole file.
        let (status, bytes) = if encoding == "gzip" {
            (200, &*first.body)
        } else {
            (206, &first.body[10..20])
        };
        assert_eq!((part.status, &*part.body), (status, bytes), "{encoding}");
    }
}

fn pages_allow_their_styles_and_no_scripts(site: &ServedSite) {
    for path in ["/digest/", "/digest/latest/", SEED] {
        let reply = site.get(path);
        let policy = reply.header("content-security-policy").concat();
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(
            !policy.contains("script-src") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_headers(
            &reply,
            &[("referrer-policy", "strict-origin-when-cross-origin")],
        );
    }
    let configurator = site.get("/digest/embed.html");
    let policy = configurator.header("content-security-policy").concat();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval'"),
        "{policy}"
    );
    for path in [
        "/digest/frame.html",
        &format!("{SEED}frame.html"),
        "/digest/digest.js",
        &format!("{SEED}snippet.html"),
    ] {
        assert_headers(&site.get(path), &[("content-security-policy", "")]);
    }
}

fn moved_issues_redirect_and_internal_files_are_404(site: &ServedSite) {
    for old in ["/digest/issues/old/", "/digest/issues/%E5%8F%B71/"] {
        let moved = site.get(old);
        assert_eq!(moved.status, 301, "{old}");
        assert_headers(&moved, &[("location", SEED)]);
        // Embedded snippets still request the old address.
        let issue = site.get(&format!("{old}issue.json"));
        assert_eq!(issue.status, 200, "{old}");
        assert_eq!(issue.body, site.get(&format!("{SEED}issue.json")).body);
    }
    let without_slash = site.get(SEED.trim_end_matches('/'));
    assert_eq!(without_slash.status, 301);
    assert_headers(&without_slash, &[("location", SEED)]);
    for path in [
        "_headers",
        "_redirects",
        "nginx.conf",
        ".digest-press/files.json",
        "no.js",
        "issues/no/issue.json",
    ] {
        let reply = site.get(&format!("/digest/{path}"));
        assert_eq!(reply.status, 404, "{path}");
        // The headers let an embedder's script read the status.
        assert_headers(
            &reply,
            &[
                ("access-control-allow-origin", "*"),
                ("content-encoding", ""),
                ("cache-control", ""),
            ],
        );
    }
}
