//! Loads a page on a slow phone, in a new window and from origins that the browser has never seen.

use std::sync::Arc;

use serde_json::json;

use super::measured_site::{MeasuredSite, respond_with_page};
use super::network::Network;
use super::page_variant::PageVariant;
use crate::browser_pool::BrowserPool;
use crate::browser_settings::BrowserSettings;
use crate::conditions::slow_processor;
use crate::context::TestContext;
use crate::page::Page;

/// The screen of Lighthouse's phone.
const SCREEN: [u32; 2] = [412, 823];
const PIXEL_RATIO: f64 = 1.75;

/// A page in its window, with its two servers.
pub(super) struct PageLoad {
    /// The window.
    pub(super) page: Page,
    context: TestContext,
    label: String,
}

impl PageLoad {
    /// Starts the servers and opens an empty window.
    pub(super) async fn prepare(
        pool: &Arc<BrowserPool>,
        site: &MeasuredSite,
        variant: &PageVariant,
    ) -> PageLoad {
        let mut context = TestContext::set_up(Arc::clone(pool)).await;
        context.cdn = site.serve().await;
        let html = variant.html.replace("{cdn}", context.cdn.address());
        context
            .embedder
            .respond("index.html", respond_with_page(&html));
        let page = context.open_browser(BrowserSettings::default()).await;
        let [width, height] = SCREEN;
        let screen = json!({
            "width": width, "height": height, "deviceScaleFactor": PIXEL_RATIO, "mobile": true,
        });
        page.run_in_devtools("Emulation.setDeviceMetricsOverride", screen)
            .await;
        let label = variant.label();
        PageLoad {
            page,
            context,
            label,
        }
    }

    /// Opens the page, and returns the time to its first headline in milliseconds. No script asks
    /// the page for anything before it has loaded, because that would slow it down.
    pub(super) async fn navigate(&self) -> f64 {
        let address = format!("{}/index.html", self.context.embedder.address());
        let (client, label) = (self.page.client(), &self.label);
        client
            .goto(&address)
            .await
            .unwrap_or_else(|error| panic!("“{label}” did not open: {error}"));
        let time = client.execute_async("firstHeadline.then(arguments[0])", vec![]);
        let time = time
            .await
            .unwrap_or_else(|error| panic!("“{label}” shows no headline: {error}"));
        time.as_f64().expect("the clock returns a number")
    }

    /// Closes the window and stops the servers.
    pub(super) async fn end(self) {
        self.context.tear_down(true).await;
    }

    async fn slow_down(&self, network: &Network) {
        network.imitate(&self.page).await;
        slow_processor(&self.page).await;
    }

    /// Panics if a request took less than the round trip: then the network was not slowed down.
    async fn check_latency(&self, network: &Network) {
        let durations = "return performance.getEntries()
            .filter(({ responseEnd }) => responseEnd > 0)
            .map(({ name, startTime, responseEnd }) => [name, responseEnd - startTime])";
        let requests = self.page.run(durations).await;
        let requests: Vec<(String, f64)> =
            serde_json::from_value(requests).expect("requests have a name and a duration");
        let (label, latency) = (&self.label, network.latency);
        for (request, duration) in requests {
            assert!(
                duration >= latency,
                "“{label}”: {request} took {duration} ms, less than the round trip of {latency} ms"
            );
        }
    }
}

/// Loads a page on a slow phone, and returns the time to its first headline in milliseconds.
pub(super) async fn measure_load(
    pool: &Arc<BrowserPool>,
    site: &MeasuredSite,
    variant: &PageVariant,
    network: &Network,
) -> f64 {
    let load = PageLoad::prepare(pool, site, variant).await;
    load.slow_down(network).await;
    let time = load.navigate().await;
    load.check_latency(network).await;
    load.end().await;
    time
}
