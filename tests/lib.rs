//! The harness of the browser tests: three engines, a partner's site and a CDN, and a reader.
//!
//! A case is an async function that takes a [`Stage`] and says in its name what a reader or a partner does.
//! [`run`] makes one test of each case and engine: `firefox::a_reader_opens_one_headline_and_closes_it`.
//! The usual arguments work: `cargo test -p checks --test browser -- firefox::a_reader_opens`.
//!
//! A browser may play one case after another, each in a new window and at new origins. A case that measures or
//! drives the browser itself, or whose origin is not its own, says [`Settings::fresh`].
//!
//! - `DIGEST_DIST`: the folder that the CDN serves, by default `dist/`.
//! - `DIGEST_ENGINES=chromium,firefox`: runs only these engines. A missing engine is a failure otherwise.
//! - `DIGEST_HEADED=1`: opens a window to watch.
//! - `DIGEST_AXE`: where `axe.min.js` of axe-core is.
//! - `DIGEST_ESBUILD`, `DIGEST_VITE`, `DIGEST_TYPESCRIPT`, `DIGEST_REACT_TYPES`: tools for the npm package.
//! - `DIGEST_PRESS`: where the publisher's program is, `digest-press`.
//! - `DIGEST_SARIF_SCHEMA`: where the JSON Schema of SARIF 2.1.0 is.
//! - `DIGEST_VNU`: where `vnu.jar`, the Nu Html Checker, is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "This crate is test code: a panic is how a check fails."
)]

mod answer;
mod axe;
mod built;
mod case;
mod display;
mod dist;
mod driver;
mod engine;
mod extra;
mod golden;
mod nginx;
mod origin;
mod page;
mod picture;
mod pool;
mod preview;
mod process;
mod project;
mod run;
mod series;
mod session;
mod settings;
mod stage;
mod widget;
mod wordpress;
pub mod words;

pub use answer::{Answer, Held};
pub use axe::axe;
pub use built::build;
pub use case::{Case, Out};
pub use dist::{dist, glue, root, seed, wasm};
pub use engine::Engine;
pub use golden::{Files, files, golden, input, same, status, without_styles};
pub use nginx::{Nginx, Reply};
pub use origin::Origin;
pub use page::Page;
pub use picture::Picture;
pub use preview::Preview;
pub use process::free_port;
pub use project::{Project, tool};
pub use run::run;
pub use series::{SERIES, site, site_of};
pub use settings::Settings;
pub use stage::Stage;
pub use widget::Widget;
pub use wordpress::WordPress;
