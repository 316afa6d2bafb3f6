//! The three browser engines that the tests run in.

mod chromium;
mod firefox;
mod webkit;

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use fantoccini::Client;
use serde_json::{Value, json};

use crate::browser_settings::BrowserSettings;
use crate::deadlines;
use crate::virtual_display::VirtualDisplay;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserEngine {
    /// Chrome, Edge, Samsung Internet.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, and every browser on an iPhone.
    WebKit,
}

impl BrowserEngine {
    /// Every engine, in the order of the tests.
    pub const ALL: [BrowserEngine; 3] = [
        BrowserEngine::Chromium,
        BrowserEngine::Firefox,
        BrowserEngine::WebKit,
    ];

    /// The name in tests, folders and `DIGEST_ENGINES`.
    pub fn name(self) -> &'static str {
        match self {
            BrowserEngine::Chromium => "chromium",
            BrowserEngine::Firefox => "firefox",
            BrowserEngine::WebKit => "webkit",
        }
    }

    /// The reason to ignore the engine's tests, if `DIGEST_ENGINES` does not list it.
    pub(crate) fn reason_left_out(self) -> Option<String> {
        let listed = env::var("DIGEST_ENGINES").ok()?;
        let engines: Vec<_> = listed.split(',').map(BrowserEngine::from_name).collect();
        let is_left_out = !engines.contains(&self);
        is_left_out.then(|| format!("{self} is not in DIGEST_ENGINES={listed}"))
    }

    fn from_name(name: &str) -> BrowserEngine {
        BrowserEngine::ALL
            .into_iter()
            .find(|engine| engine.name() == name.trim())
            .unwrap_or_else(|| {
                panic!("DIGEST_ENGINES lists {name:?}, expected chromium, firefox or webkit")
            })
    }

    /// A screen, for an engine that cannot draw without one.
    pub(crate) fn start_display(self) -> Result<Option<VirtualDisplay>, String> {
        match self {
            BrowserEngine::WebKit if !is_headed() => VirtualDisplay::start().map(Some),
            _ => Ok(None),
        }
    }

    /// The command that starts the engine's WebDriver on `port`. An error says what to install.
    pub(crate) fn driver_command(self, port: u16) -> Result<Command, String> {
        match self {
            BrowserEngine::Chromium => chromium::driver_command(port),
            BrowserEngine::Firefox => firefox::driver_command(port),
            BrowserEngine::WebKit => webkit::driver_command(port),
        }
    }

    /// The WebDriver capabilities of a browser with these settings.
    pub(crate) fn capabilities(self, settings: &BrowserSettings) -> Value {
        let mut capabilities = match self {
            BrowserEngine::Chromium => chromium::capabilities(settings),
            BrowserEngine::Firefox => firefox::capabilities(settings),
            BrowserEngine::WebKit => webkit::capabilities(settings),
        };
        let limit = deadlines::SCRIPT.as_millis() as u64;
        capabilities["timeouts"] = json!({ "script": limit, "pageLoad": limit });
        capabilities
    }

    /// Applies the settings that an engine takes only in a running session.
    pub(crate) async fn apply_settings(self, client: &Client, settings: &BrowserSettings) {
        if self == BrowserEngine::Chromium {
            chromium::apply_settings(client, settings).await;
        }
    }

    /// A script's condition for a page that is as loaded as the engine's driver waits for.
    pub(crate) fn is_loaded(self) -> &'static str {
        match self {
            BrowserEngine::Chromium => "document.readyState === 'complete'",
            // WebKit's load event waits for modules, also for those that a test holds back.
            BrowserEngine::Firefox | BrowserEngine::WebKit => "document.readyState !== 'loading'",
        }
    }
}

impl fmt::Display for BrowserEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns true if a developer wants to watch: `DIGEST_HEADED=1`.
pub(crate) fn is_headed() -> bool {
    env::var("DIGEST_HEADED").is_ok_and(|value| value == "1")
}

/// Finds `name` on the PATH. The error says how to install it.
pub(crate) fn find_program(name: &str, remedy: &str) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{name} is not installed: {remedy}"))
}
