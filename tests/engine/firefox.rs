//! Firefox by geckodriver.

use std::process::Command;

use serde_json::{Map, Value, json};

use super::{headed, program};
use crate::settings::Settings;

const REMEDY: &str =
    "`cargo xtask test` does it, or install Firefox ESR and `cargo install geckodriver`";

/// System access lets a case drive Firefox's own find bar.
pub(super) fn driver(port: u16) -> Result<Command, String> {
    program("firefox", REMEDY)?;
    let mut command = Command::new(program("geckodriver", REMEDY)?);
    command.args(["--allow-system-access", "--port", &port.to_string()]);
    // A port of its own for the browser as well: the fixed default would clash with a second run.
    command.args(["--websocket-port", "0"]);
    Ok(command)
}

/// geckodriver gives each session a fresh profile and removes it at the end.
///
/// A page is open when it is parsed: in Firefox, a module that is under way holds the load event up.
pub(super) fn capabilities(settings: &Settings) -> Value {
    let arguments = if headed() { vec![] } else { vec!["-headless"] };
    json!({
        "browserName": "firefox",
        "pageLoadStrategy": "eager",
        "moz:firefoxOptions": { "args": arguments, "prefs": preferences(settings) },
    })
}

fn preferences(settings: &Settings) -> Map<String, Value> {
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
