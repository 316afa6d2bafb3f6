//! What readers and partners do, in the three engines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

mod accessibility;
mod built_site;
mod checklist;
mod configurator;
mod embedding;
mod failing;
mod finding;
mod frame;
mod hostile;
mod hosts;
mod issue_page;
mod lifecycle;
mod loading;
mod opening;
mod options;
mod package;
mod prerendered;
mod preview;
mod printing;
mod reading;
mod screenshots;
mod site;
mod versions;
mod webmaster;
mod without_script;
mod wordpress;

use std::process::ExitCode;

use checks::{Engine, Out, run};

/// The engines that cannot run a case, and why.
const OUT: &[Out] = &[
    Out {
        case: "a_reader_finds_a_word_with_the_find_bar",
        engine: Engine::Chromium,
        reason: "ChromeDriver does not reach the find bar; a link to the words finds them in the other case",
    },
    Out {
        case: "a_reader_finds_a_word_with_the_find_bar",
        engine: Engine::WebKit,
        reason: "WebKitWebDriver does not reach the find bar; a link to the words finds them in the other case",
    },
    Out {
        case: "a_reader_prints_the_closed_digest_and_gets_everything",
        engine: Engine::WebKit,
        reason: "WebKitWebDriver has no print command",
    },
    Out {
        case: "a_reader_prints_an_issue_page_and_gets_everything",
        engine: Engine::WebKit,
        reason: "WebKitWebDriver has no print command",
    },
    Out {
        case: "a_reader_whose_browser_runs_no_scripts_prints_the_prerendered_digest",
        engine: Engine::WebKit,
        reason: "WebKitWebDriver has no print command",
    },
    Out {
        case: "a_partner_moves_the_element_with_move_before",
        engine: Engine::WebKit,
        reason: "WebKitGTK 2.50 has no moveBefore; the other case moves it with append",
    },
    Out {
        case: "a_partner_mounts_and_removes_500_elements_and_leaves_no_node",
        engine: Engine::Firefox,
        reason: "geckodriver cannot count nodes; the other case counts elements and measures the engine's memory",
    },
    Out {
        case: "a_partner_mounts_and_removes_500_elements_and_leaves_no_node",
        engine: Engine::WebKit,
        reason: "WebKitWebDriver cannot count nodes; the other case counts elements and measures the engine's memory",
    },
    Out {
        case: "a_reader_forces_colours",
        engine: Engine::WebKit,
        reason: "WebKitWebDriver cannot be told to force colours",
    },
];

fn main() -> ExitCode {
    let cases = [
        without_script::CASES,
        reading::CASES,
        opening::CASES,
        options::CASES,
        package::CASES,
        prerendered::CASES,
        loading::CASES,
        failing::CASES,
        embedding::CASES,
        hostile::CASES,
        hosts::CASES,
        lifecycle::CASES,
        checklist::CASES,
        finding::CASES,
        frame::CASES,
        configurator::CASES,
        printing::CASES,
        issue_page::CASES,
        accessibility::CASES,
        screenshots::CASES,
        site::CASES,
        built_site::CASES,
        preview::CASES,
        versions::CASES,
        webmaster::CASES,
        wordpress::CASES,
    ];
    let exit = run(&cases, OUT);
    built_site::close();
    wordpress::close();
    exit
}
