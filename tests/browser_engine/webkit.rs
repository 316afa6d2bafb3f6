//! WebKit with WebKitGTK's driver and its MiniBrowser.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::find_program;
use crate::browser_settings::BrowserSettings;
use crate::dist::root;

const REMEDY: &str =
    "run `cargo xtask test`, or on Debian `apt-get install webkit2gtk-driver xvfb`";

pub(super) fn driver_command(port: u16) -> Result<Command, String> {
    let mut command = Command::new(find_program("WebKitWebDriver", REMEDY)?);
    command.arg(format!("--port={port}"));
    Ok(command)
}

/// A session in automation mode keeps nothing on disk, so each is fresh.
///
/// `env` starts the browser, because WebKitGTK reads most of a reader's settings from environment
/// variables.
pub(super) fn capabilities(settings: &BrowserSettings) -> Value {
    let locale = format!("{}.UTF-8", settings.language.replace('-', "_"));
    let mut arguments = vec![
        format!("LOCPATH={}", write_locale(&locale).display()),
        format!("LC_ALL={locale}"),
        format!(
            "XDG_CONFIG_HOME={}",
            write_configuration(settings).display()
        ),
        // Without a GPU, the same page is drawn a little differently each time unless this is set.
        "WEBKIT_SKIA_ENABLE_CPU_RENDERING=1".into(),
        find_browser().display().to_string(),
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

/// Makes a folder with a locale of this name, and returns the folder.
///
/// WebKit takes its language from the name of the C library's locale, which must exist. The tests
/// must not depend on the installed locales, so this is a link to the one that always exists.
fn write_locale(name: &str) -> PathBuf {
    let folder = files_folder().join("locales");
    let link = folder.join(name);
    fs::create_dir_all(&folder).expect("target/ can be written to");
    if !link.exists() {
        symlink("/usr/lib/locale/C.utf8", link).expect("target/ can be written to");
    }
    folder
}

/// Makes a folder with GTK's settings, from which WebKit takes `prefers-reduced-motion`.
fn write_configuration(settings: &BrowserSettings) -> PathBuf {
    let animations = u8::from(!settings.reduced_motion);
    let folder = files_folder().join(format!("animations-{animations}"));
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

fn files_folder() -> PathBuf {
    root().join("target/webkit")
}

/// MiniBrowser is not on the PATH but in its library's folder, whose name contains the machine's.
fn find_browser() -> PathBuf {
    ["x86_64", "aarch64"]
        .map(|machine| format!("/usr/lib/{machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser"))
        .into_iter()
        .map(PathBuf::from)
        .find(|file| Path::is_file(file))
        .unwrap_or_else(|| panic!("MiniBrowser is not installed: {REMEDY}"))
}
