//! The byte budget: the exact size of the widget's download.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fmt::Display;
use std::fs;
use std::path::Path;

use checks::{dist, glue, root, wasm};
use toml::Table;

#[test]
fn size_equals_the_recorded_size() {
    let build = read_build_kind();
    let sum = print_table(&["digest.js".to_owned(), glue(), wasm()]);
    let recorded = read_number(&build);
    assert_eq!(
        sum, recorded,
        "expected {recorded} bytes, found {sum}: if this is intended, write `{build} = {sum}` in tests/bytes.toml"
    );
}

#[test]
fn tuned_build_is_within_the_limit() {
    let [tuned, limit] = ["tuned", "limit"].map(read_number);
    assert!(
        tuned <= limit,
        "expected at most {limit} bytes, found {tuned} recorded in tests/bytes.toml"
    );
}

/// Prints the size of each file, which shows on a failure. Returns the sum of compressed sizes.
fn print_table(files: &[String]) -> usize {
    let mut sum = 0;
    print_row("part", "raw", "brotli");
    for file in files {
        let bytes = fs::read(dist().join(file)).unwrap();
        let compressed = compressed_size(&bytes);
        print_row(file, bytes.len(), compressed);
        sum += compressed;
    }
    print_row("sum", "", sum);
    sum
}

fn print_row(part: &str, raw: impl Display, brotli: impl Display) {
    println!("{part:<40} {raw:>9} {brotli:>9}");
}

/// Compresses like a CDN: brotli at its best quality, with the largest window that all browsers
/// accept.
fn compressed_size(mut bytes: &[u8]) -> usize {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters).unwrap();
    compressed.len()
}

/// Returns the kind of build in the dist folder: `tuned` or `plain`.
fn read_build_kind() -> String {
    read_text(&root().join("target/dist-build.txt"))
        .trim()
        .to_owned()
}

/// Reads a number of tests/bytes.toml.
fn read_number(name: &str) -> usize {
    let table: Table = read_text(&root().join("tests/bytes.toml")).parse().unwrap();
    let number = table.get(name).and_then(toml::Value::as_integer);
    let number =
        number.unwrap_or_else(|| panic!("expected a number named {name} in tests/bytes.toml"));
    usize::try_from(number).unwrap()
}

fn read_text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
