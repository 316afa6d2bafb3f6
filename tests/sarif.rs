//! What `digest-press check --format sarif` writes, by the schema of SARIF 2.1.0.
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
fn a_log_of_any_newsletters_and_issues_follows_the_schema() {
    let schema = schema();
    let mut rules = 0;
    for folder in ["check", "import"] {
        for case in fs::read_dir(folder).unwrap() {
            let case = case.unwrap().path();
            let log = log(&[&case]);
            assert_eq!(complaints(&schema, &log), [""; 0], "{}", case.display());
            rules += log["runs"][0]["tool"]["driver"]["rules"]
                .as_array()
                .unwrap()
                .len();
        }
    }
    assert!(rules > 100, "only {rules} rules were broken in all of them");
}

#[test]
fn a_log_of_several_files_and_one_without_results_follow_the_schema() {
    let schema = schema();
    let paths = [
        "check/swapped_details",
        "check/truncated_issue/issue.json",
        "check/no such file",
        ".",
    ];
    let several = log(&paths);
    assert_eq!(complaints(&schema, &several), [""; 0]);
    assert!(results(&several) > paths.len());
    let none = log(&["import/image/issue.json"]);
    assert_eq!(
        (complaints(&schema, &none), results(&none)),
        (Vec::new(), 0)
    );
}

#[test]
fn a_log_that_does_not_follow_the_schema_is_noticed() {
    let schema = schema();
    let mut log = log(&["check/swapped_details"]);
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] =
        json!(0);
    log["runs"][0]["results"][0]["level"] = json!("fatal");
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
        json!("a b");
    assert_eq!(complaints(&schema, &log).len(), 3);
}

/// The schema, as OASIS has it but for its name: there it is of draft 7, which knows relative addresses.
fn schema() -> Validator {
    let mut schema: Value =
        serde_json::from_slice(&fs::read(tool("DIGEST_SARIF_SCHEMA")).unwrap()).unwrap();
    for definition in ["run", "toolComponent"] {
        // Its pattern is no regular expression: it closes a bracket that it has not opened.
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

fn log(paths: &[impl AsRef<Path>]) -> Value {
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

fn complaints(schema: &Validator, log: &Value) -> Vec<String> {
    schema
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn results(log: &Value) -> usize {
    log["runs"][0]["results"].as_array().unwrap().len()
}
