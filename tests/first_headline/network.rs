//! The networks that the pages load on.

use serde_json::json;

use crate::page::Page;

/// A slow network, as the browser's developer tools imitate it: each request waits for the round
/// trip, and all requests share the bandwidth.
pub(super) struct Network {
    /// The round trip in milliseconds.
    pub(super) latency: f64,
    /// Downloads in kilobits per second.
    pub(super) download: f64,
}

/// A phone far from its mast, and the same with the overhead of connections, which the developer
/// tools leave out. The figures are Lighthouse's for "slow 4G": of the network, and as it imitates
/// it in the developer tools.
pub(super) const NETWORKS: [Network; 2] = [
    Network {
        latency: 150.0,
        download: 1600.0,
    },
    Network {
        latency: 562.0,
        download: 1475.0,
    },
];

/// In kilobits per second.
const UPLOAD: f64 = 750.0;

impl Network {
    /// Describes the network for a table's title.
    pub(super) fn describe(&self) -> String {
        format!("{} ms, {} Mbps", self.latency, self.download / 1000.0)
    }

    /// Slows the requests of a window down.
    pub(super) async fn imitate(&self, page: &Page) {
        page.run_in_devtools("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": false,
            "latency": self.latency,
            "downloadThroughput": to_bytes(self.download),
            "uploadThroughput": to_bytes(UPLOAD),
        });
        page.run_in_devtools("Network.emulateNetworkConditions", conditions)
            .await;
    }
}

/// Converts kilobits to bytes.
fn to_bytes(kilobits: f64) -> f64 {
    kilobits * 1000.0 / 8.0
}
