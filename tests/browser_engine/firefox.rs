//! Firefox with geckodriver.

use std::process::Command;

use serde_json::{Map, Value, json};

use super::{find_program, is_headed};
use crate::browser_settings::BrowserSettings;

const REMEDY: &str =
    "run `cargo xtask test`, or install Firefox ESR and `cargo install --locked geckodriver`";

/// System access lets a case use Firefox's own find bar.
pub(super) fn driver_command(port: u16) -> Result<Command, String> {
    find_program("firefox", REMEDY)?;
    let mut command = Command::new(find_program("geckodriver", REMEDY)?);
    command.args(["--allow-system-access", "--port", &port.to_string()]);
    // The browser gets a free port too: the fixed default would clash with a second run.
    command.args(["--websocket-port", "0"]);
    Ok(command)
}

/// geckodriver gives each session a fresh profile and removes it at the end.
///
/// "eager" calls a page loaded once it is parsed: in Firefox, a module that still loads delays the
/// load event.
pub(super) fn capabilities(settings: &BrowserSettings) -> Value {
    let arguments = if is_headed() {
        vec![]
    } else {
        vec!["-headless"]
    };
    json!({
        "browserName": "firefox",
        "pageLoadStrategy": "eager",
        "moz:firefoxOptions": { "args": arguments, "prefs": preferences(settings) },
    })
}

fn preferences(settings: &BrowserSettings) -> Map<String, Value> {
    let mut preferences = Map::new();
    let mut set = |name: &str, value: Value| preferences.insert(name.into(), value);
    set("intl.accept_languages", json!(settings.language));
    set("javascript.enabled", json!(settings.scripts));
    set(
        "layout.css.prefers-color-scheme.content-override",
        json!(if settings.dark { 0 } else { 1 }),
    );
    set(
        "ui.prefersReducedMotion",
        json!(i32::from(settings.reduced_motion)),
    );
    // 2 means that the reader's colours always replace the page's.
    set(
        "browser.display.document_color_use",
        json!(if settings.forced_colors { 2 } else { 0 }),
    );
    preferences
}
