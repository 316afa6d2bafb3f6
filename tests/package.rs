//! The npm package in a developer's tools, installed from its tarball into an empty project.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fs;
use std::os::unix::fs::symlink;

use checks::{NpmProject, root, tool};
use serde_json::Value;

/// Lines that must not compile are marked with `@ts-expect-error`, and TypeScript reports one that
/// does.
#[test]
fn types_compile_without_a_framework() {
    let project = NpmProject::install();
    project.run_tool("DIGEST_TYPESCRIPT", &["--project", "tsconfig.plain.json"]);
}

#[test]
fn types_compile_with_react_and_svelte() {
    let project = NpmProject::install();
    fs::create_dir(project.path("node_modules/@types")).unwrap();
    let react = tool("DIGEST_REACT_TYPES");
    symlink(
        react.parent().unwrap(),
        project.path("node_modules/@types/react"),
    )
    .unwrap();
    symlink(
        root().join("tests/hosts/node_modules/svelte"),
        project.path("node_modules/svelte"),
    )
    .unwrap();
    project.run_tool("DIGEST_TYPESCRIPT", &["--project", "."]);
}

#[test]
fn package_contains_every_file_it_names() {
    let project = NpmProject::install();
    let package = project.path("node_modules/digest-widget");
    let read_json = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(package.join(name)).unwrap()).unwrap()
    };
    let [package_json, manifest] = ["package.json", "custom-elements.json"].map(read_json);
    let mut paths = vec!["LICENSE-APACHE", "LICENSE-MIT", "README.md"];
    for value in [
        &package_json["exports"],
        &package_json["main"],
        &package_json["types"],
        &package_json["customElements"],
    ] {
        paths.extend(collect_texts(value));
    }
    paths.extend(
        manifest["modules"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|module| collect_texts(&module["path"])),
    );
    assert!(paths.len() > 12, "expected more paths than {paths:?}");
    for path in paths {
        assert!(
            package.join(path).is_file(),
            "expected {path} in the package"
        );
    }
}

/// Every text in it, at any depth.
fn collect_texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Object(fields) => fields.values().flat_map(collect_texts).collect(),
        other => panic!("expected a text or an object, found {other}"),
    }
}
