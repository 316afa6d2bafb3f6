//! Idle browsers of one engine.

use std::sync::Mutex;

use crate::browser_engine::BrowserEngine;
use crate::browser_session::BrowserSession;
use crate::browser_settings::BrowserSettings;

/// The most browsers that stay idle, for each takes memory. One more ends the oldest.
const MAX_IDLE: usize = 3;

/// Browsers of one engine. They end with this value.
#[derive(Debug)]
pub(crate) struct BrowserPool {
    engine: BrowserEngine,
    /// The oldest comes first.
    idle: Mutex<Vec<BrowserSession>>,
}

impl BrowserPool {
    pub(crate) fn new(engine: BrowserEngine) -> Self {
        BrowserPool {
            engine,
            idle: Mutex::default(),
        }
    }

    pub(crate) fn engine(&self) -> BrowserEngine {
        self.engine
    }

    /// A browser with these settings: an idle one, or a new one.
    pub(crate) async fn take(&self, settings: &BrowserSettings) -> Result<BrowserSession, String> {
        match self.take_idle(settings) {
            Some(session) => Ok(session),
            None => BrowserSession::start(self.engine, settings).await,
        }
    }

    /// Takes back the browser of a case that passed, or ends it if it cannot be used again.
    pub(crate) async fn give_back(&self, mut session: BrowserSession) {
        if session.reset().await {
            let mut idle = self.idle.lock().unwrap();
            idle.push(session);
            let excess = idle.len().saturating_sub(MAX_IDLE);
            let ended: Vec<BrowserSession> = idle.drain(..excess).collect();
            drop(idle);
            drop(ended);
        }
    }

    /// Ends the idle browsers.
    pub(crate) fn close(&self) {
        self.idle.lock().unwrap().clear();
    }

    fn take_idle(&self, settings: &BrowserSettings) -> Option<BrowserSession> {
        let mut idle = self.idle.lock().unwrap();
        let index = idle.iter().rposition(|session| session.suits(settings))?;
        Some(idle.remove(index))
    }
}
