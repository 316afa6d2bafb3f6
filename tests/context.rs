//! The surroundings of a browser test: one engine, an embedder's site and a CDN.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::time::timeout;

use crate::browser_engine::BrowserEngine;
use crate::browser_pool::BrowserPool;
use crate::browser_session::BrowserSession;
use crate::browser_settings::BrowserSettings;
use crate::deadlines;
use crate::dist::{dist, root};
use crate::origin::Origin;
use crate::page::Page;
use crate::stub_response::StubResponse;

const WINDOW_HEIGHT: u32 = 900;

/// The servers and the browser of one case. The browser has one new window.
#[derive(Debug)]
pub struct TestContext {
    /// The reader's browser engine.
    pub engine: BrowserEngine,
    /// The embedder's site. It serves `tests/pages` and `target/hosts`.
    pub embedder: Origin,
    /// The host of the widget and the issues. It serves the dist folder and `tests/pages`.
    pub cdn: Origin,
    pool: Arc<BrowserPool>,
    session: Mutex<Option<BrowserSession>>,
}

impl TestContext {
    pub(crate) async fn set_up(pool: Arc<BrowserPool>) -> Self {
        let pages = root().join("tests/pages");
        let cdn = Origin::start_cdn(vec![dist(), pages.clone()]).await;
        let embedder = Origin::start_embedder(vec![pages, root().join("target/hosts")], &cdn).await;
        TestContext {
            engine: pool.engine(),
            embedder,
            cdn,
            pool,
            session: Mutex::default(),
        }
    }

    /// Opens a page of the embedder's.
    pub async fn visit(&self, page: &str) -> Page {
        self.visit_with(BrowserSettings::default(), page).await
    }

    /// Opens a page of the embedder's in a browser with these settings.
    pub async fn visit_with(&self, settings: BrowserSettings, page: &str) -> Page {
        let browser = self.open_browser(settings).await;
        let address = format!("{}/{page}", self.embedder.address());
        browser.open(&address).await;
        browser
    }

    /// Opens an address in a frame of this size, because no browser has such a narrow window.
    pub async fn visit_on_a_phone(&self, address: &str, [width, height]: [u32; 2]) -> Page {
        let frame = format!(
            "<!doctype html><title>A phone</title>
             <iframe width={width} height={height} src=\"{address}\"></iframe>"
        );
        self.embedder
            .respond("phone.html", StubResponse::html(&frame));
        let page = self.visit("phone.html").await;
        page.enter_frame(0).await;
        page
    }

    /// Opens a browser with these settings and an empty window.
    pub async fn open_browser(&self, settings: BrowserSettings) -> Page {
        let session = self
            .pool
            .take(&settings)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let client = session.client().clone();
        let before = self.session.lock().unwrap().replace(session);
        assert!(before.is_none(), "a case has one browser");
        self.engine.apply_settings(&client, &settings).await;
        client
            .set_window_size(settings.width, WINDOW_HEIGHT)
            .await
            .unwrap_or_else(|error| panic!("{} did not resize its window: {error}", self.engine));
        Page::new(client, self.engine, settings.scripts, self.screenshots())
    }

    /// Includes the loader in a page by a script element, and removes that element again.
    pub async fn include_loader(&self, page: &Page) {
        let include = format!(
            "const script = document.createElement('script');
             script.type = 'module';
             script.src = '{}/digest.js';
             document.head.append(script);
             script.remove()",
            self.cdn.address()
        );
        page.run(&include).await;
    }

    /// Waits until the CDN has answered a request of the page. What the page requested before has
    /// arrived too, so a case can assert after this that a request was not made.
    pub async fn let_requests_arrive(&self, page: &Page) {
        let request = format!(
            "const done = arguments[arguments.length - 1];
             fetch('{}/no-such-file', {{ cache: 'no-store' }}).then(() => done(null), error =>
                 done(String(error)))",
            self.cdn.address()
        );
        let error = page.client().execute_async(&request, vec![]).await;
        let error = error.unwrap_or_else(|error| panic!("the page made no request: {error}"));
        assert!(error.is_null(), "the request of the page failed: {error}");
    }

    /// The folder for screenshots of this engine.
    fn screenshots(&self) -> PathBuf {
        root().join("target/screenshots").join(self.engine.name())
    }

    /// Writes a last screenshot of a case that failed.
    pub(crate) async fn capture_failure(&self, case: &str) -> Option<PathBuf> {
        let client = self.session.lock().unwrap().as_ref()?.client().clone();
        let screenshot = timeout(deadlines::CLEAN_UP, client.screenshot());
        let screenshot = screenshot.await.ok()?.ok()?;
        let file = format!("failed/{}.png", case.replace("::", "/"));
        let file = self.screenshots().join(file);
        fs::create_dir_all(file.parent()?).ok()?;
        fs::write(&file, screenshot).ok()?;
        Some(file)
    }

    /// Gives the browser back if the case has passed, and ends it otherwise.
    pub(crate) async fn tear_down(self, passed: bool) {
        let session = self.session.into_inner().unwrap();
        if let Some(session) = session.filter(|_| passed) {
            self.pool.give_back(session).await;
        }
    }
}
