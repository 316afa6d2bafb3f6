//! Chromium with ChromeDriver.

use std::process::Command;

use fantoccini::Client;
use serde_json::{Value, json};

use super::{find_program, is_headed};
use crate::browser_settings::BrowserSettings;
use crate::webdriver_command::WebDriverCommand;

const REMEDY: &str =
    "run `cargo xtask test`, or on Debian `apt-get install chromium chromium-driver`";

/// The browser's own requests would disturb tests that count requests.
const QUIET: [&str; 7] = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

pub(super) fn driver_command(port: u16) -> Result<Command, String> {
    find_program("chromium", REMEDY)?;
    let mut command = Command::new(find_program("chromedriver", REMEDY)?);
    command.arg(format!("--port={port}"));
    Ok(command)
}

/// ChromeDriver gives each session a fresh `--user-data-dir` and removes it at the end.
pub(super) fn capabilities(settings: &BrowserSettings) -> Value {
    let mut arguments: Vec<String> = QUIET.map(String::from).to_vec();
    arguments.push(format!("--lang={}", settings.language));
    arguments.push(format!("--accept-lang={}", settings.language));
    if !is_headed() {
        arguments.push("--headless".into());
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } })
}

pub(super) async fn apply_settings(client: &Client, settings: &BrowserSettings) {
    let scheme = if settings.dark { "dark" } else { "light" };
    let motion = if settings.reduced_motion {
        "reduce"
    } else {
        "no-preference"
    };
    let colors = if settings.forced_colors {
        "active"
    } else {
        "none"
    };
    let media = json!({ "features": [
        { "name": "prefers-color-scheme", "value": scheme },
        { "name": "prefers-reduced-motion", "value": motion },
        { "name": "forced-colors", "value": colors },
    ] });
    run_in_devtools(client, "Emulation.setEmulatedMedia", media).await;
    let scripts = json!({ "value": !settings.scripts });
    run_in_devtools(client, "Emulation.setScriptExecutionDisabled", scripts).await;
}

async fn run_in_devtools(client: &Client, method: &str, parameters: Value) {
    let body = json!({ "cmd": method, "params": parameters });
    client
        .issue_cmd(WebDriverCommand::post("goog/cdp/execute", &body))
        .await
        .unwrap_or_else(|error| panic!("{method} failed: {error}"));
}
