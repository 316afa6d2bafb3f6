//! Chromium by ChromeDriver.

use std::process::Command;

use fantoccini::Client;
use serde_json::{Value, json};

use super::{headed, program};
use crate::extra::Extra;
use crate::settings::Settings;

const REMEDY: &str =
    "`cargo xtask test` does it, or on Debian `apt-get install chromium chromium-driver`";

/// No request of the browser's own may disturb a test that counts requests.
const QUIET: [&str; 7] = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

pub(super) fn driver(port: u16) -> Result<Command, String> {
    program("chromium", REMEDY)?;
    let mut command = Command::new(program("chromedriver", REMEDY)?);
    command.arg(format!("--port={port}"));
    Ok(command)
}

/// ChromeDriver gives each session a fresh `--user-data-dir` and removes it at the end.
pub(super) fn capabilities(settings: &Settings) -> Value {
    let mut arguments: Vec<String> = QUIET.map(String::from).to_vec();
    arguments.push(format!("--lang={}", settings.language));
    arguments.push(format!("--accept-lang={}", settings.language));
    if !headed() {
        arguments.push("--headless".into());
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } })
}

pub(super) async fn settle(client: &Client, settings: &Settings) {
    let media = json!({ "features": [
        { "name": "prefers-color-scheme", "value": if settings.dark { "dark" } else { "light" } },
        { "name": "prefers-reduced-motion", "value": if settings.reduced_motion { "reduce" } else { "no-preference" } },
        { "name": "forced-colors", "value": if settings.forced_colors { "active" } else { "none" } },
    ] });
    devtools(client, "Emulation.setEmulatedMedia", media).await;
    devtools(
        client,
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": !settings.scripts }),
    )
    .await;
}

async fn devtools(client: &Client, method: &str, parameters: Value) {
    let command = Extra::post(
        "goog/cdp/execute",
        &json!({ "cmd": method, "params": parameters }),
    );
    client
        .issue_cmd(command)
        .await
        .unwrap_or_else(|error| panic!("{method} failed: {error}"));
}
