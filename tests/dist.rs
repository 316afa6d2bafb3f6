//! The dist folder, which a CDN serves, and the seed's issue in it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The path of the seed's issue, the project's first, on the CDN.
const SEED: &str = "issues/us-japan-alliance-digest-1.5/issue.json";

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the repository")
        .into()
}

/// The folder of the shared corpora, which may be absent.
pub fn corpora() -> PathBuf {
    root().join("../shared/corpus")
}

/// The folder that `cargo xtask dist` wrote: `$DIGEST_DIST`, or `dist/`.
pub fn dist() -> PathBuf {
    let folder = env::var_os("DIGEST_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    assert!(
        folder.join("digest.js").is_file(),
        "{} has no digest.js: run `cargo xtask dist` first, or set DIGEST_DIST",
        folder.display()
    );
    folder
}

/// The name of the WebAssembly in the dist folder. It contains a hash.
pub fn wasm() -> String {
    find_name("digest-widget", ".wasm")
}

/// The name of the script that goes with the WebAssembly.
pub fn glue() -> String {
    find_name("digest-widget", ".js")
}

/// The name of the script for other issues and the search.
pub fn archive_script() -> String {
    find_name("digest-archive", ".js")
}

/// The name of its WebAssembly.
pub fn archive_wasm() -> String {
    find_name("digest-archive", ".wasm")
}

/// The seed's issue.
pub fn seed() -> Value {
    read_json(&dist().join(SEED))
}

fn read_json(file: &Path) -> Value {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn find_name(start: &str, end: &str) -> String {
    let folder = dist();
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| {
            entry
                .expect("a folder can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.starts_with(start) && name.ends_with(end))
        .collect();
    assert_eq!(
        names.len(),
        1,
        "expected one {start}…{end} in {}, found {names:?}",
        folder.display()
    );
    names.remove(0)
}
