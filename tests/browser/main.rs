//! What readers and partners do, in the three engines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

mod accessibility;
mod embedding;
mod failing;
mod finding;
mod loading;
mod looks;
mod opening;
mod printing;
mod reading;
mod without_script;

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
        loading::CASES,
        failing::CASES,
        embedding::CASES,
        finding::CASES,
        printing::CASES,
        accessibility::CASES,
        looks::CASES,
    ];
    run(&cases, OUT)
}
