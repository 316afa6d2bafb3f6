//! Where a case plays: one engine, a partner's site, a CDN.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::timeout;

use crate::dist::{dist, root};
use crate::engine::Engine;
use crate::origin::Origin;
use crate::page::Page;
use crate::settings::Settings;

const HEIGHT: u32 = 900;

/// How long a browser may take to answer when its case is over.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a case has at hand. Each case has its own servers and its own fresh browser.
#[derive(Debug)]
pub struct Stage {
    /// The engine that the reader uses.
    pub engine: Engine,
    /// The site that embeds the widget; its pages are `tests/pages` and `target/hosts`.
    pub partner: Origin,
    /// Where the widget and the issues come from: the dist folder, and the issues beside the pages.
    pub cdn: Origin,
    driver: String,
    session: Mutex<Option<Client>>,
}

impl Stage {
    pub(crate) async fn set(engine: Engine, driver: &str) -> Self {
        let pages = root().join("tests/pages");
        let cdn = Origin::cdn(vec![dist(), pages.clone()]).await;
        let partner = Origin::partner(vec![pages, root().join("target/hosts")], &cdn).await;
        Stage { engine, partner, cdn, driver: driver.into(), session: Mutex::default() }
    }

    /// A reader opens this page of the partner's.
    pub async fn visit(&self, page: &str) -> Page {
        self.visit_with(Settings::default(), page).await
    }

    /// A reader whose browser is set like this opens this page of the partner's.
    pub async fn visit_with(&self, settings: Settings, page: &str) -> Page {
        let page_of_reader = self.reader(settings).await;
        page_of_reader.open(&format!("{}/{page}", self.partner.address())).await;
        page_of_reader
    }

    /// A reader who has opened nothing yet.
    pub async fn reader(&self, settings: Settings) -> Page {
        let client = self.start_session(&settings).await;
        self.engine.settle(&client, &settings).await;
        client
            .set_window_size(settings.width, HEIGHT)
            .await
            .unwrap_or_else(|error| panic!("{} did not resize its window: {error}", self.engine));
        Page::new(client, self.screenshots())
    }

    /// The partner's page includes the loader now, by a script element that is gone afterwards.
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

    /// Screenshots of this engine go here.
    fn screenshots(&self) -> PathBuf {
        root().join("target/screenshots").join(self.engine.name())
    }

    async fn start_session(&self, settings: &Settings) -> Client {
        let Value::Object(capabilities) = self.engine.capabilities(settings) else {
            panic!("capabilities are a JSON object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.driver)
            .await
            .unwrap_or_else(|error| panic!("{} started no session: {error}", self.engine));
        let before = self.session.lock().unwrap().replace(client.clone());
        assert!(before.is_none(), "a case has one browser: Firefox and WebKit start no second one");
        client
    }

    /// Takes a last picture of the browser, for whoever reads that `case` failed.
    pub(crate) async fn picture_failure(&self, case: &str) -> Option<PathBuf> {
        let client = self.session.lock().unwrap().clone()?;
        let picture = timeout(PATIENCE, client.screenshot()).await.ok()?.ok()?;
        let file = self.screenshots().join("failed").join(format!("{case}.png"));
        fs::create_dir_all(file.parent()?).ok()?;
        fs::write(&file, picture).ok()?;
        Some(file)
    }

    /// Ends the browser. False if it does not answer, so that its driver must end as well.
    pub(crate) async fn strike(&self) -> bool {
        let client = self.session.lock().unwrap().take();
        match client {
            Some(client) => timeout(PATIENCE, client.close()).await.is_ok(),
            None => true,
        }
    }
}
