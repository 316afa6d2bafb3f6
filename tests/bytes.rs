//! The byte budget: what a partner's page downloads for the widget, to the byte.
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
fn the_widget_weighs_exactly_what_is_recorded() {
    let build = build();
    let sum = print_table(&["digest.js".to_owned(), glue(), wasm()]);
    let recorded = number(&build);
    assert_eq!(
        sum, recorded,
        "expected {recorded} bytes, found {sum}: if that is meant, write `{build} = {sum}` in tests/bytes.toml"
    );
}

#[test]
fn the_tuned_build_is_within_the_limit() {
    let [tuned, limit] = ["tuned", "limit"].map(number);
    assert!(
        tuned <= limit,
        "expected at most {limit} bytes, found {tuned} recorded in tests/bytes.toml"
    );
}

/// Prints the bytes of each part, to be seen on a failure, and returns the sum of the compressed ones.
fn print_table(files: &[String]) -> usize {
    let mut sum = 0;
    print_row("part", "raw", "brotli");
    for file in files {
        let bytes = fs::read(dist().join(file)).unwrap();
        let compressed = compressed(&bytes);
        print_row(file, bytes.len(), compressed);
        sum += compressed;
    }
    print_row("sum", "", sum);
    sum
}

fn print_row(part: &str, raw: impl Display, brotli: impl Display) {
    println!("{part:<40} {raw:>9} {brotli:>9}");
}

/// As a CDN compresses what it keeps: brotli at its best, with the window that every browser takes.
fn compressed(mut bytes: &[u8]) -> usize {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters).unwrap();
    compressed.len()
}

/// Which build the dist folder is: `tuned` or `plain`.
fn build() -> String {
    text(&root().join("target/dist-build.txt"))
        .trim()
        .to_owned()
}

/// A number of tests/bytes.toml.
fn number(name: &str) -> usize {
    let table: Table = text(&root().join("tests/bytes.toml")).parse().unwrap();
    let number = table.get(name).and_then(toml::Value::as_integer);
    let number =
        number.unwrap_or_else(|| panic!("expected a number named {name} in tests/bytes.toml"));
    usize::try_from(number).unwrap()
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
