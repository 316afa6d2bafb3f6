//! Everything that builds the widget or runs its tests comes from a fixed version with a hash.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fs;
use std::path::PathBuf;

use checks::root;
use serde_json::Value;
use toml::Table;

#[test]
fn npm_packages_are_exact_and_locked() {
    for folder in ["xtask/npm", "tests/hosts", "tests/peers"] {
        let [package, lock]: [Value; 2] = ["package.json", "package-lock.json"]
            .map(|name| serde_json::from_str(&text(&format!("{folder}/{name}"))).unwrap());
        let named = ["dependencies", "devDependencies"].map(|kind| &package[kind]);
        for (name, version) in named.into_iter().filter_map(Value::as_object).flatten() {
            let locked = &lock["packages"][format!("node_modules/{name}")]["version"];
            assert_eq!(version, locked, "{folder}: {name}");
        }
        for (name, package) in lock["packages"].as_object().unwrap() {
            let is_hashed = package["integrity"].is_string();
            assert!(
                is_hashed || name.is_empty(),
                "{folder}: {name} has no integrity"
            );
        }
    }
}

#[test]
fn crates_are_from_the_registry_and_locked() {
    let lock: Table = text("Cargo.lock").parse().unwrap();
    for package in lock["package"].as_array().unwrap() {
        let Some(source) = package.get("source") else {
            continue; // Our own.
        };
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        assert_eq!(source.as_str(), Some(registry), "{package}");
        assert!(package.get("checksum").is_some(), "{package}");
    }
}

#[test]
fn tools_are_installed_with_their_lock_file() {
    let files = ["xtask", ".ci", ".github/workflows", "docs", "."].map(list_files);
    let texts = files.concat().into_iter().filter_map(|file| {
        // Pictures.
        fs::read_to_string(&file).ok().map(|text| (file, text))
    });
    for (file, text) in texts {
        let install = |line: &&str| {
            line.contains("cargo install") && !line.contains("--locked")
                || line.contains("cargo binstall")
                || line.contains("npx ")
                || line.contains("npm install")
        };
        assert_eq!(text.lines().find(install), None, "{}", file.display());
    }
}

#[test]
fn actions_and_containers_are_pinned_by_hash() {
    for file in list_files(".github/workflows") {
        let text = fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            let line = line.trim().trim_start_matches("- ");
            let is_hash = |hash: &str, length| {
                hash.len() == length && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
            };
            let is_pinned = if let Some(action) = line.strip_prefix("uses: ") {
                let action = action.split(' ').next().unwrap();
                action
                    .split_once('@')
                    .is_some_and(|(_, hash)| is_hash(hash, 40))
            } else if let Some(image) = line.strip_prefix("container: ") {
                image
                    .split_once("@sha256:")
                    .is_some_and(|(_, hash)| is_hash(hash, 64))
            } else {
                true
            };
            assert!(is_pinned, "{}: {line}", file.display());
        }
    }
}

/// The files in a folder of the repository, without those in folders inside it.
fn list_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.is_file()).collect()
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}
