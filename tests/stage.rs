//! Where a case plays: one engine, a partner's site, a CDN.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::timeout;

use crate::dist::{dist, root};
use crate::engine::Engine;
use crate::origin::Origin;
use crate::page::Page;
use crate::pool::Pool;
use crate::session::Session;
use crate::settings::Settings;

const HEIGHT: u32 = 900;

/// How long a browser may take to picture what it shows when its case has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a case has at hand. Each case has its own servers, and a browser with one new window.
#[derive(Debug)]
pub struct Stage {
    /// The engine that the reader uses.
    pub engine: Engine,
    /// The site that embeds the widget; its pages are `tests/pages` and `target/hosts`.
    pub partner: Origin,
    /// Where the widget and the issues come from: the dist folder, and the issues beside the pages.
    pub cdn: Origin,
    pool: Arc<Pool>,
    session: Mutex<Option<Session>>,
}

impl Stage {
    pub(crate) async fn set(pool: Arc<Pool>) -> Self {
        let pages = root().join("tests/pages");
        let cdn = Origin::cdn(vec![dist(), pages.clone()]).await;
        let partner = Origin::partner(vec![pages, root().join("target/hosts")], &cdn).await;
        Stage {
            engine: pool.engine(),
            partner,
            cdn,
            pool,
            session: Mutex::default(),
        }
    }

    /// A reader opens this page of the partner's.
    pub async fn visit(&self, page: &str) -> Page {
        self.visit_with(Settings::default(), page).await
    }

    /// A reader whose browser is set like this opens this page of the partner's.
    pub async fn visit_with(&self, settings: Settings, page: &str) -> Page {
        let page_of_reader = self.reader(settings).await;
        page_of_reader
            .open(&format!("{}/{page}", self.partner.address()))
            .await;
        page_of_reader
    }

    /// A reader who has opened nothing yet.
    pub async fn reader(&self, settings: Settings) -> Page {
        let session = self
            .pool
            .take(&settings)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let client = session.client().clone();
        let before = self.session.lock().unwrap().replace(session);
        assert!(before.is_none(), "a case has one browser");
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

    /// Takes a last picture of the browser, for whoever reads that `case` failed.
    pub(crate) async fn picture_failure(&self, case: &str) -> Option<PathBuf> {
        let client = self.session.lock().unwrap().as_ref()?.client().clone();
        let picture = timeout(PATIENCE, client.screenshot()).await.ok()?.ok()?;
        let file = self
            .screenshots()
            .join("failed")
            .join(format!("{case}.png"));
        fs::create_dir_all(file.parent()?).ok()?;
        fs::write(&file, picture).ok()?;
        Some(file)
    }

    /// Gives the browser back if the case has passed. Otherwise it ends, in whatever state it is.
    pub(crate) async fn strike(self, passed: bool) {
        let session = self.session.into_inner().unwrap();
        if let Some(session) = session.filter(|_| passed) {
            self.pool.keep(session).await;
        }
    }
}
