//! The harness of the tests. The browser tests run in three engines, with an embedder's site and a
//! CDN.
//!
//! A browser test is an async function of a [`TestContext`]. [`run`] makes one test of each
//! function and engine: `firefox::opening::fragment_opens_its_headline`. The usual arguments work:
//! `cargo test -p checks --test browser -- firefox::opening`.
//!
//! A browser runs several cases, each in a new window and at new origins. A case that measures or
//! controls the browser itself, or visits an origin of other cases, asks for
//! [`BrowserSettings::fresh`].
//!
//! `cargo xtask test` sets these variables:
//!
//! - `DIGEST_DIST`: the folder that the CDN serves, by default `dist/`.
//! - `DIGEST_ENGINES=chromium,firefox`: the engines to test. The tests of the others are reported as ignored. Without
//!   it, a missing engine is a failure.
//! - `DIGEST_WITHOUT=nginx,wordpress`: programs that are missing. The tests that need them are reported as ignored.
//! - `DIGEST_HEADED=1`: opens a window to watch.
//! - `DIGEST_ADBLOCKER`, `DIGEST_BLOCKER_LISTS`: the path of an ad blocker's engine, and of a folder with lists.
//! - `DIGEST_AXE`: the path of axe-core's `axe.min.js`.
//! - `DIGEST_ESBUILD`, `DIGEST_VITE`, `DIGEST_TYPESCRIPT`, `DIGEST_REACT_TYPES`: tools for the npm package.
//! - `DIGEST_HTML_CODESNIFFER`, `DIGEST_IBM_CHECKER`: the paths of two more accessibility checkers.
//! - `DIGEST_HTML_MINIFIER`: the path of html-minifier-terser's `cli.js`.
//! - `DIGEST_PEERS`: the folder of the peers' scripts, only for the benchmark.
//! - `DIGEST_PRESS`: the path of `digest-press`.
//! - `DIGEST_READABILITY`, `DIGEST_JSDOM`: the paths of Mozilla Readability's and jsdom's main files.
//! - `DIGEST_SARIF_SCHEMA`: the path of the JSON Schema of SARIF 2.1.0.
//! - `DIGEST_SINGLE_FILE`: the path of SingleFile's bundle for pages.
//! - `DIGEST_VNU`: the path of `vnu.jar`, the Nu Html Checker.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

mod accessibility_checkers;
mod axe;
mod browser_engine;
mod browser_pool;
mod browser_session;
mod browser_settings;
mod build_site;
mod case;
mod conditions;
mod context;
pub mod count_words;
pub mod coverage;
mod deadlines;
mod dist;
mod driver;
mod endless_body;
pub mod feed_coverage;
mod first_headline;
mod golden;
pub mod hostile;
mod issues;
mod large_issue;
mod nginx;
mod npm_project;
mod origin;
mod page;
mod preview_server;
mod process;
mod run;
mod run_benchmark;
mod screenshot;
mod series;
mod statistics;
mod stub_response;
mod virtual_display;
mod webdriver_command;
mod widget_handle;
mod wordpress;

pub use accessibility_checkers::run_accessibility_checkers;
pub use axe::run_axe;
pub use browser_engine::BrowserEngine;
pub use browser_settings::BrowserSettings;
pub use build_site::build_site;
pub use case::{Case, Exclusion, Requirement};
pub use context::TestContext;
pub use dist::{archive_script, archive_wasm, corpora, dist, glue, root, seed, wasm};
pub use first_headline::bench_first_headline;
pub use golden::{
    Files, assert_same, compare_golden, find_input, format_status, read_files, without_styles,
};
pub use issues::publish_issues;
pub use large_issue::bench_large_issues;
pub use nginx::{Nginx, Reply};
pub use npm_project::{NpmProject, run_with_input, tool};
pub use origin::Origin;
pub use page::Page;
pub use preview_server::PreviewServer;
pub use process::free_port;
pub use run::run;
pub use screenshot::Screenshot;
pub use series::{SERIES, load_site, site_from_issues};
pub use stub_response::{HeldResponse, StubResponse};
pub use widget_handle::WidgetHandle;
pub use wordpress::WordPress;
