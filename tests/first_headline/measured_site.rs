//! The publisher's site, with the peers' scripts beside it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use digest_press::Issue;
use tempfile::TempDir;

use crate::build_site::build_site;
use crate::dist::root;
use crate::origin::Origin;
use crate::stub_response::StubResponse;

/// The address that the site is built for. Each load has a server of its own, and its address takes
/// the place of this one in the embedder's page.
const ADDRESS: &str = "https://cdn.example/";

/// The issue without its first view, which the peers have no use for.
pub(super) const PLAIN_ISSUE: &str = "latest/plain.json";

/// The files that the publisher's server has.
pub(super) struct MeasuredSite {
    folder: TempDir,
}

impl MeasuredSite {
    /// Builds the site of one issue.
    pub(super) fn build() -> MeasuredSite {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let issues = root().join("tests/first_headline/issues");
        build_site(&issues, &folder.path().join("site"), ADDRESS);
        let peers = env::var_os("DIGEST_PEERS")
            .expect("DIGEST_PEERS is not set: run `cargo xtask bench first-headline`");
        let site = MeasuredSite { folder };
        site.copy_peers(Path::new(&peers));
        site.write_plain_issue();
        site
    }

    /// Writes the issue without its first view, compressed as the site's other issues are.
    fn write_plain_issue(&self) {
        let published = read(&self.path("latest/issue.json"));
        let issue = Issue::from_json(&published).expect("`build` writes valid issues");
        let json = issue.to_json().expect("an issue is JSON");
        let file = self.path(PLAIN_ISSUE);
        write(
            &file.with_added_extension("br"),
            &compress(json.as_bytes(), 5),
        );
        write(&file, json.as_bytes());
    }

    /// Copies the peers' scripts into the site, compressed as well as the widget's files are.
    fn copy_peers(&self, peers: &Path) {
        for name in ["plain.js", "lit.js", "preact.js"] {
            let bytes = read(&peers.join(name));
            let file = self.path(name);
            write(&file.with_added_extension("br"), &compress(&bytes, 11));
            write(&file, &bytes);
        }
    }

    /// Panics unless the site has the file `name`, which a page includes.
    pub(super) fn require(&self, page: &str, name: &str) {
        assert!(
            self.path(name).is_file(),
            "the page “{page}” includes {name}, which `digest-press build` did not write"
        );
    }

    /// The content of `latest/snippet.html`. The server's address is `{cdn}`.
    pub(super) fn snippet(&self) -> String {
        let snippet = read(&self.path("latest/snippet.html"));
        let snippet = String::from_utf8(snippet).expect("pages are UTF-8");
        snippet.replace(ADDRESS, "{cdn}/")
    }

    /// Starts a server for the site.
    pub(super) async fn serve(&self) -> Origin {
        Origin::start_cdn(vec![self.path("")]).await
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("site").join(name)
    }
}

/// The response with an embedder's page, compressed as quickly as a server does it for each
/// request.
pub(super) fn respond_with_page(html: &str) -> StubResponse {
    StubResponse::bytes(compress(html.as_bytes(), 5))
        .content_type("text/html; charset=utf-8")
        .header("content-encoding", "br")
}

fn compress(bytes: &[u8], quality: i32) -> Vec<u8> {
    let settings = brotli::enc::BrotliEncoderParams {
        quality,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &settings).expect("memory takes all");
    compressed
}

fn read(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn write(file: &Path, bytes: &[u8]) {
    fs::write(file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
