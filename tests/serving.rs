//! A built site on a real nginx, with the settings that are built with it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use checks::{Nginx, Reply, build_site, free_port, glue, root, wasm};
use libtest_mimic::{Arguments, Trial};
use tempfile::TempDir;

/// All tests ask one server for one site, which ends with the last of them.
fn main() -> ExitCode {
    let site = Arc::new(LazyLock::new(serve as fn() -> Site));
    let trials = cases().into_iter().map(|(name, case)| {
        let site = Arc::clone(&site);
        Trial::test(name, move || {
            case(&site);
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

type Case = (&'static str, fn(&Site));

macro_rules! cases {
    ($($name:ident),+ $(,)?) => {
        fn cases() -> Vec<Case> {
            vec![$((stringify!($name), $name)),+]
        }
    };
}

cases![
    each_file_comes_as_what_it_is_and_may_be_kept_as_long_as_it_stays,
    a_browser_gets_the_compression_that_it_takes,
    a_browser_asks_again_and_gets_nothing_if_nothing_changed_or_a_part_if_it_wants_one,
    pages_may_look_as_their_styles_say_and_run_no_scripts,
    what_has_moved_is_found_and_what_is_not_served_is_not,
];

const SEED: &str = "/digest/issues/us-japan-alliance-digest-1.5/";
const SHORT: &str = "public, max-age=300, stale-while-revalidate=86400";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A site below a folder of its server, one of whose issues has moved.
struct Site {
    nginx: Nginx,
    folder: TempDir,
}

fn serve() -> Site {
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
    Site {
        nginx: nginx.unwrap_or_else(|error| panic!("{error}")),
        folder,
    }
}

impl Site {
    fn get(&self, path: &str) -> Reply {
        self.nginx.get(path, &[])
    }

    fn accepting(&self, path: &str, encodings: &str) -> Reply {
        self.nginx.get(path, &[("Accept-Encoding", encodings)])
    }

    fn file(&self, path: &str) -> Vec<u8> {
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
fn has(reply: &Reply, headers: &[(&str, &str)]) {
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

fn each_file_comes_as_what_it_is_and_may_be_kept_as_long_as_it_stays(site: &Site) {
    let html = "text/html; charset=utf-8";
    let script = "text/javascript; charset=utf-8";
    let (glue, wasm) = (format!("/digest/{}", glue()), format!("/digest/{}", wasm()));
    for (path, kind, cache) in [
        ("/digest/", html, SHORT),
        (SEED, html, SHORT),
        ("/digest/embed.html", html, SHORT),
        ("/digest/frame.html", html, SHORT),
        ("/digest/digest.js", script, SHORT),
        ("/digest/configurator/code.js", script, SHORT),
        ("/digest/configurator.css", "text/css; charset=utf-8", SHORT),
        (&*glue, script, FOR_EVER),
        (&*wasm, "application/wasm", FOR_EVER),
        ("/digest/digest-0.1.0.js", script, FOR_EVER),
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
        has(
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
        assert_eq!(reply.body, site.file(&path), "{path}");
    }
}

fn a_browser_gets_the_compression_that_it_takes(site: &Site) {
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
            let reply = site.accepting(path, encodings);
            assert_eq!(reply.status, 200, "{path}");
            has(
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
                site.file(&format!("{file}{ending}")),
                "{path} for {encodings}"
            );
        }
    }
    // Too short to be compressed.
    let reply = site.accepting("/digest/integrity.json", "br");
    assert_eq!(reply.status, 200);
    has(
        &reply,
        &[
            ("content-encoding", ""),
            ("content-type", "application/json"),
        ],
    );
}

fn a_browser_asks_again_and_gets_nothing_if_nothing_changed_or_a_part_if_it_wants_one(site: &Site) {
    let path = format!("{SEED}issue.json");
    for encoding in ["identity", "gzip", "br"] {
        let first = site.accepting(&path, encoding);
        let tag = first.header("etag")[0];
        let again = site.nginx.get(
            &path,
            &[("Accept-Encoding", encoding), ("If-None-Match", tag)],
        );
        assert_eq!((again.status, again.body.len()), (304, 0), "{encoding}");
        has(
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
        // nginx has no parts of what `gzip_static` found, and may answer with the whole.
        let (status, bytes) = if encoding == "gzip" {
            (200, &*first.body)
        } else {
            (206, &first.body[10..20])
        };
        assert_eq!((part.status, &*part.body), (status, bytes), "{encoding}");
    }
}

fn pages_may_look_as_their_styles_say_and_run_no_scripts(site: &Site) {
    for path in ["/digest/", SEED] {
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
        has(
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
        "/digest/digest.js",
        &format!("{SEED}snippet.html"),
    ] {
        has(&site.get(path), &[("content-security-policy", "")]);
    }
}

fn what_has_moved_is_found_and_what_is_not_served_is_not(site: &Site) {
    for old in ["/digest/issues/old/", "/digest/issues/%E5%8F%B71/"] {
        let moved = site.get(old);
        assert_eq!(moved.status, 301, "{old}");
        has(&moved, &[("location", SEED)]);
        // Partners' snippets go on asking for the old one.
        let issue = site.get(&format!("{old}issue.json"));
        assert_eq!(issue.status, 200, "{old}");
        assert_eq!(issue.body, site.get(&format!("{SEED}issue.json")).body);
    }
    let without_slash = site.get(SEED.trim_end_matches('/'));
    assert_eq!(without_slash.status, 301);
    has(&without_slash, &[("location", SEED)]);
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
        // A partner's script can tell that it is not there.
        has(
            &reply,
            &[
                ("access-control-allow-origin", "*"),
                ("content-encoding", ""),
                ("cache-control", ""),
            ],
        );
    }
}
