//! The rules of IBM's checker and of HTML_CodeSniffer, which find other faults than axe-core does.

use std::env;
use std::fs;

use serde_json::Value;

use crate::axe::run_axe;
use crate::page::Page;

/// Checks the whole page with axe-core, IBM's checker and HTML_CodeSniffer. A violation fails the
/// test and shows its element.
pub async fn run_accessibility_checkers(page: &Page) {
    run_axe(page).await;
    let ibm = "new ace.Checker().check(document, ['WCAG_2_2']).then(
        report => done(report.results
            .filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL')
            .map(({ ruleId, message, snippet }) => `${ruleId}: ${message}: ${snippet}`)),
        error => done([`the checker failed: ${error}`]))";
    run_checker(page, "DIGEST_IBM_CHECKER", ibm).await;
    let code_sniffer = "const { HTMLCS } = window;
        HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages()
            .filter(({ type }) => type === HTMLCS.ERROR)
            .map(({ code, msg, element }) => `${code}: ${msg}: ${element.outerHTML}`)))";
    run_checker(page, "DIGEST_HTML_CODESNIFFER", code_sniffer).await;
}

/// Loads the checker whose file the variable names, and runs `script`, which passes the violations
/// to `done`.
async fn run_checker(page: &Page, variable: &str, script: &str) {
    let file = env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run `cargo xtask test`, which sets it"));
    let source =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{variable}, {file}: {error}"));
    let script = format!(
        "const done = arguments[arguments.length - 1];
         (function () {{ {source}
             {script} }}).call(window)"
    );
    let found = page.client().execute_async(&script, vec![]).await;
    let found = found.unwrap_or_else(|error| panic!("{variable} did not run: {error}"));
    assert_eq!(
        found,
        Value::Array(vec![]),
        "expected no violation of the rules of {variable}"
    );
}
