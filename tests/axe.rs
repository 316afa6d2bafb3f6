//! The accessibility rules of axe-core.

use std::env;
use std::fs;

use serde_json::Value;

use crate::page::Page;

/// Checks the whole page with every rule of axe-core. A violation fails the test and shows its
/// element.
pub async fn run_axe(page: &Page) {
    let file = env::var("DIGEST_AXE")
        .expect("DIGEST_AXE is the path of axe.min.js: run `cargo xtask test`, which sets it");
    let source =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("DIGEST_AXE, {file}: {error}"));
    page.run(&source).await;
    let script = "const done = arguments[arguments.length - 1];
        axe.run({ resultTypes: ['violations'] }).then(
            result => done(result.violations.flatMap(rule => rule.nodes.map(node =>
                `${rule.id}: ${rule.help}: ${node.target} ${node.html} ${node.failureSummary}`))),
            error => done([`axe failed: ${error}`]))";
    let found = page.client().execute_async(script, vec![]).await;
    let found = found.unwrap_or_else(|error| panic!("axe did not run: {error}"));
    assert_eq!(
        found,
        Value::Array(vec![]),
        "expected no violation of axe's rules"
    );
}
