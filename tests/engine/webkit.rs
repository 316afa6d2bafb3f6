//! WebKit by WebKitGTK's driver and its small browser.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::program;
use crate::dist::root;
use crate::settings::Settings;

const REMEDY: &str =
    "`cargo xtask test` does it, or on Debian `apt-get install webkit2gtk-driver xvfb`";

pub(super) fn driver(port: u16) -> Result<Command, String> {
    let mut command = Command::new(program("WebKitWebDriver", REMEDY)?);
    command.arg(format!("--port={port}"));
    Ok(command)
}

/// A session in automation mode keeps nothing on disk, so each is fresh.
///
/// The browser is started through `env`: WebKitGTK takes most of a reader's settings from there.
pub(super) fn capabilities(settings: &Settings) -> Value {
    let locale = format!("{}.UTF-8", settings.language.replace('-', "_"));
    let mut arguments = vec![
        format!("LOCPATH={}", locales(&locale).display()),
        format!("LC_ALL={locale}"),
        format!("XDG_CONFIG_HOME={}", configuration(settings).display()),
        // Where there is no GPU, the same page comes out a little differently each time without this.
        "WEBKIT_SKIA_ENABLE_CPU_RENDERING=1".into(),
        browser().display().to_string(),
        "--automation".into(),
    ];
    if settings.dark {
        arguments.push("--dark-mode".into());
    }
    if !settings.scripts {
        arguments.push("--enable-javascript-markup=false".into());
    }
    json!({ "webkitgtk:browserOptions": { "binary": "/usr/bin/env", "args": arguments } })
}

/// A folder with a locale of this name.
///
/// WebKit takes its language from the name of the C library's locale, which must exist. So that no
/// test depends on what is installed, it is the one that always is, by another name.
fn locales(name: &str) -> PathBuf {
    let folder = files().join("locales");
    let link = folder.join(name);
    fs::create_dir_all(&folder).expect("target/ can be written to");
    if !link.exists() {
        symlink("/usr/lib/locale/C.utf8", link).expect("target/ can be written to");
    }
    folder
}

/// A folder with GTK's settings, where WebKit looks for a wish for less motion.
fn configuration(settings: &Settings) -> PathBuf {
    let animations = u8::from(!settings.reduced_motion);
    let folder = files().join(format!("animations-{animations}"));
    let file = folder.join("gtk-3.0/settings.ini");
    fs::create_dir_all(file.parent().expect("it is in a folder"))
        .expect("target/ can be written to");
    fs::write(
        file,
        format!("[Settings]\ngtk-enable-animations={animations}\n"),
    )
    .expect("target/ can be written to");
    folder
}

fn files() -> PathBuf {
    root().join("target/webkit")
}

/// MiniBrowser is not on the PATH but in the folder of its library, which is named after the machine.
fn browser() -> PathBuf {
    ["x86_64", "aarch64"]
        .map(|machine| format!("/usr/lib/{machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser"))
        .into_iter()
        .map(PathBuf::from)
        .find(|file| Path::is_file(file))
        .unwrap_or_else(|| panic!("MiniBrowser is not installed: {REMEDY}"))
}
