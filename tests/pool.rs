//! The browsers of an engine that wait for their next case.

use std::sync::Mutex;

use crate::engine::Engine;
use crate::session::Session;
use crate::settings::Settings;

/// So many browsers wait at most, for each takes memory. Beyond that, the one that has waited longest ends.
const WAITING: usize = 3;

/// Browsers of one engine. They end with this value.
#[derive(Debug)]
pub(crate) struct Pool {
    engine: Engine,
    /// The one that has waited longest comes first.
    waiting: Mutex<Vec<Session>>,
}

impl Pool {
    pub(crate) fn new(engine: Engine) -> Self {
        Pool {
            engine,
            waiting: Mutex::default(),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// A browser with these settings: one that waits, or a new one.
    pub(crate) async fn take(&self, settings: &Settings) -> Result<Session, String> {
        match self.take_waiting(settings) {
            Some(session) => Ok(session),
            None => Session::start(self.engine, settings).await,
        }
    }

    /// Takes a browser back whose case has passed. It waits for another one, or ends.
    pub(crate) async fn keep(&self, mut session: Session) {
        if session.renew().await {
            let mut waiting = self.waiting.lock().unwrap();
            waiting.push(session);
            let excess = waiting.len().saturating_sub(WAITING);
            let ended: Vec<Session> = waiting.drain(..excess).collect();
            drop(waiting);
            drop(ended);
        }
    }

    /// Ends the browsers that wait.
    pub(crate) fn close(&self) {
        self.waiting.lock().unwrap().clear();
    }

    fn take_waiting(&self, settings: &Settings) -> Option<Session> {
        let mut waiting = self.waiting.lock().unwrap();
        let index = waiting
            .iter()
            .rposition(|session| session.suits(settings))?;
        Some(waiting.remove(index))
    }
}
