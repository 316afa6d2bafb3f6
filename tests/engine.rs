//! The three browser engines that partners' readers come with.

mod chromium;
mod firefox;
mod webkit;

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use fantoccini::Client;
use serde_json::Value;

use crate::display::Display;
use crate::settings::Settings;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge, Samsung Internet.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, and every browser on an iPhone.
    WebKit,
}

impl Engine {
    /// Every engine, in the order the tests are listed.
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

    /// All engines, or those that `DIGEST_ENGINES=chromium,firefox` narrows the run to.
    pub fn wanted() -> Vec<Engine> {
        match env::var("DIGEST_ENGINES") {
            Ok(names) => names.split(',').map(Engine::named).collect(),
            Err(_) => Engine::ALL.to_vec(),
        }
    }

    /// The engine's name, as tests and folders carry it.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    fn named(name: &str) -> Engine {
        Engine::ALL
            .into_iter()
            .find(|engine| engine.name() == name.trim())
            .unwrap_or_else(|| {
                panic!("DIGEST_ENGINES names {name:?}; there are chromium, firefox and webkit")
            })
    }

    /// The screen that the engine draws on, where it cannot do without one.
    pub(crate) fn display(self) -> Result<Option<Display>, String> {
        match self {
            Engine::WebKit if !headed() => Display::start().map(Some),
            _ => Ok(None),
        }
    }

    /// The command that starts the engine's WebDriver on `port`, or what to install to have it.
    pub(crate) fn driver(self, port: u16) -> Result<Command, String> {
        match self {
            Engine::Chromium => chromium::driver(port),
            Engine::Firefox => firefox::driver(port),
            Engine::WebKit => webkit::driver(port),
        }
    }

    /// What to ask the driver for, so that a new session is a reader with these settings.
    pub(crate) fn capabilities(self, settings: &Settings) -> Value {
        match self {
            Engine::Chromium => chromium::capabilities(settings),
            Engine::Firefox => firefox::capabilities(settings),
            Engine::WebKit => webkit::capabilities(settings),
        }
    }

    /// Applies the settings that the engine takes only once its session is there.
    pub(crate) async fn settle(self, client: &Client, settings: &Settings) {
        if self == Engine::Chromium {
            chromium::settle(client, settings).await;
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether the developer wants to watch: `DIGEST_HEADED=1`.
pub(crate) fn headed() -> bool {
    env::var("DIGEST_HEADED").is_ok_and(|value| value == "1")
}

/// Where `name` is on the PATH, or a sentence that says what to install.
pub(crate) fn program(name: &str, remedy: &str) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{name} is not installed: {remedy}"))
}
