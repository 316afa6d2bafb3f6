//! A browser that plays one case after another, for to start one takes longer than most cases do.
//!
//! What a case leaves behind is kept by origin, and each case has origins of its own, or by window, and
//! each case has a new one.

use std::time::Duration;

use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;

use crate::driver::Driver;
use crate::engine::Engine;
use crate::settings::Settings;

/// So many cases one browser plays, so that nothing adds up. Its memory is level long after as many.
const CASES: usize = 50;

/// How long a browser may take to clear up after a case.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running browser with a driver of its own. Both end with this value.
#[derive(Debug)]
pub(crate) struct Session {
    engine: Engine,
    client: Client,
    capabilities: Value,
    fresh: bool,
    cases: usize,
    driver: Driver,
}

impl Session {
    /// Starts a browser that a reader has set like this.
    pub(crate) async fn start(engine: Engine, settings: &Settings) -> Result<Self, String> {
        let driver = Driver::start(engine)?;
        let capabilities = engine.capabilities(settings);
        let client = connect(&driver, &capabilities).await;
        let client = client.map_err(|error| format!("{engine} started no session: {error}"))?;
        Ok(Session {
            engine,
            client,
            capabilities,
            fresh: settings.fresh,
            cases: 0,
            driver,
        })
    }

    /// What the browser is told by.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Whether a new browser with these settings would be just the same.
    pub(crate) fn suits(&self, settings: &Settings) -> bool {
        !settings.fresh && self.capabilities == self.engine.capabilities(settings)
    }

    /// Makes it ready for another case. False if it is to end instead.
    pub(crate) async fn renew(&mut self) -> bool {
        self.cases += 1;
        if self.fresh || self.cases == CASES {
            return false;
        }
        let renewed = async {
            match self.engine {
                Engine::WebKit => self.restart().await,
                Engine::Chromium | Engine::Firefox => renew_window(&self.client).await.ok(),
            }
        };
        timeout(PATIENCE, renewed)
            .await
            .is_ok_and(|renewed| renewed.is_some())
    }

    /// WebKit starts fast. In a further window its driver took 3 pages of 250 for loaded before they were.
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

/// Closes every window that a case has left, and with it what was done to it, such as emulated settings.
async fn renew_window(client: &Client) -> Result<(), CmdError> {
    let left = client.windows().await?;
    let new = client.new_window(true).await?.handle;
    for window in left {
        client.switch_to_window(window).await?;
        client.close_window().await?;
    }
    client.switch_to_window(new).await
}
