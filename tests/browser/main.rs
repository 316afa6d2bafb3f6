//! The browser tests: the widget and the publisher's pages, in three engines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

mod accessibility;
mod archived_series;
mod blocks;
mod built_site;
mod changed_nodes;
mod checklist;
mod columns;
mod configurator;
mod console;
mod copies;
mod embedding;
mod engine_failure;
mod failing;
mod finding;
mod first_view;
mod frame;
mod frameworks;
mod globals;
mod harness;
mod hostile;
mod hosts;
mod issue_page;
mod latest;
mod lifecycle;
mod limits;
mod loading;
mod opening;
mod options;
mod other_issues;
mod package;
mod prerendered;
mod preview;
mod printing;
mod reader_mode;
mod reading;
mod rewriters;
mod screenshots;
mod search;
mod site;
mod versions;
mod without_script;
mod wordpress;

use std::process::ExitCode;

use checks::{BrowserEngine, Exclusion, Requirement, run};

/// The cases that an engine cannot run.
const EXCLUSIONS: &[Exclusion] = &[
    Exclusion {
        case: "finding::find_bar_opens_a_closed_panel",
        engine: BrowserEngine::Chromium,
        reason: "ChromeDriver cannot use the find bar; text_fragment_opens_a_closed_panel covers it",
    },
    Exclusion {
        case: "finding::find_bar_opens_a_closed_panel",
        engine: BrowserEngine::WebKit,
        reason: "WebKitWebDriver cannot use the find bar; text_fragment_opens_a_closed_panel covers it",
    },
    Exclusion {
        case: "printing::closed_digest_prints_every_panel",
        engine: BrowserEngine::WebKit,
        reason: "WebKitWebDriver has no print command",
    },
    Exclusion {
        case: "issue_page::issue_page_prints_every_panel",
        engine: BrowserEngine::WebKit,
        reason: "WebKitWebDriver has no print command",
    },
    Exclusion {
        case: "issue_page::missing_picture_leaves_no_gap",
        engine: BrowserEngine::WebKit,
        reason: "WebKit keeps the size and draws an icon, and no style tells a missing picture from one that loads",
    },
    Exclusion {
        case: "prerendered::prerendered_digest_prints_with_scripts_off",
        engine: BrowserEngine::WebKit,
        reason: "WebKitWebDriver has no print command",
    },
    Exclusion {
        case: "copies::mhtml_keeps_the_text_and_panels_of_a_digest",
        engine: BrowserEngine::Firefox,
        reason: "Firefox saves no MHTML",
    },
    Exclusion {
        case: "copies::mhtml_keeps_the_text_and_panels_of_a_digest",
        engine: BrowserEngine::WebKit,
        reason: "WebKit saves no MHTML",
    },
    Exclusion {
        case: "copies::mhtml_keeps_the_text_and_panels_of_a_prerendered_digest",
        engine: BrowserEngine::Firefox,
        reason: "Firefox saves no MHTML",
    },
    Exclusion {
        case: "copies::mhtml_keeps_the_text_and_panels_of_a_prerendered_digest",
        engine: BrowserEngine::WebKit,
        reason: "WebKit saves no MHTML",
    },
    Exclusion {
        case: "copies::mhtml_keeps_an_issue_page",
        engine: BrowserEngine::Firefox,
        reason: "Firefox saves no MHTML",
    },
    Exclusion {
        case: "copies::mhtml_keeps_an_issue_page",
        engine: BrowserEngine::WebKit,
        reason: "WebKit saves no MHTML",
    },
    Exclusion {
        case: "frameworks::pushed_state_opens_its_headline",
        engine: BrowserEngine::WebKit,
        reason: "WebKitGTK 2.50 has no Navigation API, and so no event for history.pushState",
    },
    Exclusion {
        case: "lifecycle::move_before_keeps_the_drawn_issue",
        engine: BrowserEngine::WebKit,
        reason: "WebKitGTK 2.50 has no moveBefore; append_keeps_the_drawn_issue covers it",
    },
    Exclusion {
        case: "lifecycle::removed_elements_leave_no_node",
        engine: BrowserEngine::Firefox,
        reason: "geckodriver cannot count nodes; removed_elements_are_collected covers it",
    },
    Exclusion {
        case: "lifecycle::removed_elements_leave_no_node",
        engine: BrowserEngine::WebKit,
        reason: "WebKitWebDriver cannot count nodes; removed_elements_are_collected covers it",
    },
    Exclusion {
        case: "frame::frame_sizing_sets_the_height",
        engine: BrowserEngine::Firefox,
        reason: "Firefox has no `frame-sizing`",
    },
    Exclusion {
        case: "frame::frame_sizing_sets_the_height",
        engine: BrowserEngine::WebKit,
        reason: "WebKit has no `frame-sizing`",
    },
    Exclusion {
        case: "screenshots::digest_fits_with_forced_colors",
        engine: BrowserEngine::WebKit,
        reason: "WebKitWebDriver cannot force colours",
    },
];

/// The cases that need a program besides the browsers.
const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        program: "nginx",
        cases: &["built_site::"],
    },
    Requirement {
        program: "../shared/corpus",
        cases: &["first_view::view_of_each_issue_of_the_corpora_is_the_engines_drawing"],
    },
    Requirement {
        program: "pdftotext",
        cases: &[
            "issue_page::issue_page_prints_every_panel",
            "prerendered::prerendered_digest_prints_with_scripts_off",
            "printing::",
        ],
    },
    // Themes of WordPress, prototype.js and MooTools.
    Requirement {
        program: "old-sites",
        cases: &[
            "globals::page_with_mootools_shows_the_issue",
            "globals::page_with_prototype_js_shows_the_issue",
            "hostile::prototype_js_changes_no_pixel",
            "hostile::theme_twenty_twenty_one_changes_no_pixel",
            "hostile::theme_twenty_twenty_two_changes_no_pixel",
        ],
    },
    Requirement {
        program: "wordpress",
        cases: &["wordpress::"],
    },
];

fn main() -> ExitCode {
    let cases = [
        harness::CASES,
        without_script::CASES,
        reading::CASES,
        reader_mode::CASES,
        copies::CASES,
        rewriters::CASES,
        opening::CASES,
        options::CASES,
        package::CASES,
        prerendered::CASES,
        loading::CASES,
        failing::CASES,
        latest::CASES,
        other_issues::CASES,
        search::CASES,
        first_view::CASES,
        limits::CASES,
        embedding::CASES,
        hostile::CASES,
        hosts::CASES,
        lifecycle::CASES,
        checklist::CASES,
        changed_nodes::CASES,
        columns::CASES,
        engine_failure::CASES,
        frameworks::CASES,
        globals::CASES,
        finding::CASES,
        frame::CASES,
        configurator::CASES,
        printing::CASES,
        issue_page::CASES,
        accessibility::CASES,
        screenshots::CASES,
        site::CASES,
        blocks::CASES,
        built_site::CASES,
        preview::CASES,
        versions::CASES,
        console::CASES,
        wordpress::CASES,
    ];
    let exit = run(&cases, EXCLUSIONS, REQUIREMENTS);
    built_site::close();
    wordpress::close();
    exit
}
