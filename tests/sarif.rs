//! Validates the output of `digest-press check --format sarif` with the JSON Schema of SARIF 2.1.0.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

use std::fs;
use std::path::Path;

use checks::tool;
use clap::Parser;
use digest_press::Cli;
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

#[test]
fn logs_of_all_golden_folders_follow_the_schema() {
    let schema = load_schema();
    let mut rules = 0;
    for folder in ["check", "import"] {
        for case in fs::read_dir(folder).unwrap() {
            let case = case.unwrap().path();
            let log = write_log(&[&case]);
            assert_eq!(schema_errors(&schema, &log), [""; 0], "{}", case.display());
            rules += log["runs"][0]["tool"]["driver"]["rules"]
                .as_array()
                .unwrap()
                .len();
        }
    }
    assert!(rules > 100, "only {rules} rules are broken in all folders");
}

#[test]
fn logs_with_several_files_or_no_results_follow_the_schema() {
    let schema = load_schema();
    let paths = [
        "check/swapped_details",
        "check/truncated_issue/issue.json",
        "check/no such file",
        ".",
    ];
    let several = write_log(&paths);
    assert_eq!(schema_errors(&schema, &several), [""; 0]);
    assert!(count_results(&several) > paths.len());
    let none = write_log(&["import/image/issue.json"]);
    assert_eq!(
        (schema_errors(&schema, &none), count_results(&none)),
        (Vec::new(), 0)
    );
}

#[test]
fn invalid_logs_are_rejected() {
    let schema = load_schema();
    let mut log = write_log(&["check/swapped_details"]);
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        json!(0);
    log["runs"][0]["results"][0]["level"] = json!("fatal");
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
        json!("a b");
    assert_eq!(schema_errors(&schema, &log).len(), 3);
}

/// Loads the schema that OASIS publishes. It is read as draft 7, which allows relative addresses.
fn load_schema() -> Validator {
    let mut schema: Value =
        serde_json::from_slice(&fs::read(tool("DIGEST_SARIF_SCHEMA")).unwrap()).unwrap();
    for definition in ["run", "toolComponent"] {
        // The published pattern is not a valid regular expression: it has an extra bracket.
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        assert_eq!(
            language["pattern"].take(),
            "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$"
        );
        language["pattern"] = json!("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    let options = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true);
    options.build(&schema).unwrap()
}

fn write_log(paths: &[impl AsRef<Path>]) -> Value {
    let command = [
        Path::new("digest-press"),
        Path::new("check"),
        Path::new("--format=sarif"),
    ];
    let command = command.into_iter().chain(paths.iter().map(AsRef::as_ref));
    let mut stdout = Vec::new();
    let cli = Cli::try_parse_from(command).unwrap();
    cli.run(&mut stdout, &mut Vec::new(), Cli::DEFAULT_WIDTH)
        .unwrap();
    serde_json::from_slice(&stdout).unwrap()
}

fn schema_errors(schema: &Validator, log: &Value) -> Vec<String> {
    schema
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn count_results(log: &Value) -> usize {
    log["runs"][0]["results"].as_array().unwrap().len()
}
