//! A browser that runs one case after another: to start one takes longer than most cases.
//!
//! A browser keeps what a case leaves behind by origin, and each case has new origins, or by
//! window, and each case has a new window.

use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;

use crate::browser_engine::BrowserEngine;
use crate::browser_settings::BrowserSettings;
use crate::deadlines;
use crate::driver::Driver;

/// The most cases that a browser runs, so that leaks do not add up. Its memory stays level this
/// long.
const MAX_CASES: usize = 50;

/// A running browser with its own driver. Both end with this value.
#[derive(Debug)]
pub(crate) struct BrowserSession {
    engine: BrowserEngine,
    client: Client,
    capabilities: Value,
    fresh: bool,
    cases: usize,
    driver: Driver,
}

impl BrowserSession {
    /// Starts a browser with these settings.
    ///
    /// Between the choice of a driver's port and its use, another program may take the port. Then a
    /// second driver on another one starts.
    pub(crate) async fn start(
        engine: BrowserEngine,
        settings: &BrowserSettings,
    ) -> Result<Self, String> {
        match Self::start_once(engine, settings).await {
            Err(error) => {
                println!("{error}; starting another driver");
                Self::start_once(engine, settings).await
            }
            started => started,
        }
    }

    async fn start_once(engine: BrowserEngine, settings: &BrowserSettings) -> Result<Self, String> {
        let driver = Driver::start(engine)?;
        let capabilities = engine.capabilities(settings);
        let client = connect(&driver, &capabilities).await;
        let client = client.map_err(|error| format!("{engine} started no session: {error}"))?;
        Ok(BrowserSession {
            engine,
            client,
            capabilities,
            fresh: settings.fresh,
            cases: 0,
            driver,
        })
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Returns true if a new browser with these settings would be the same.
    pub(crate) fn suits(&self, settings: &BrowserSettings) -> bool {
        !settings.fresh && self.capabilities == self.engine.capabilities(settings)
    }

    /// Prepares the browser for another case. Returns false if it must end.
    pub(crate) async fn reset(&mut self) -> bool {
        self.cases += 1;
        if self.fresh || self.cases == MAX_CASES {
            return false;
        }
        let reset = async {
            match self.engine {
                BrowserEngine::WebKit => self.restart().await,
                BrowserEngine::Chromium | BrowserEngine::Firefox => {
                    replace_windows(&self.client).await.ok()
                }
            }
        };
        timeout(deadlines::CLEAN_UP, reset)
            .await
            .is_ok_and(|reset| reset.is_some())
    }

    /// WebKit starts fast. With a second window, its driver called 3 pages of 250 loaded too early.
    async fn restart(&mut self) -> Option<()> {
        self.client.clone().close().await.ok()?;
        self.client = connect(&self.driver, &self.capabilities).await.ok()?;
        Some(())
    }
}

async fn connect(driver: &Driver, capabilities: &Value) -> Result<Client, NewSessionError> {
    let capabilities = capabilities.as_object().cloned().unwrap_or_default();
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(driver.address())
        .await
}

/// Closes every window of a case, and with them its emulated settings, and opens a new one.
async fn replace_windows(client: &Client) -> Result<(), CmdError> {
    let left = client.windows().await?;
    let new = client.new_window(true).await?.handle;
    for window in left {
        client.switch_to_window(window).await?;
        client.close_window().await?;
    }
    client.switch_to_window(new).await
}
