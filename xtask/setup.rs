//! What has to be there before a task can start: each function installs what is missing and says so.

use anyhow::{Result, bail};

use crate::{
    debian, links,
    process::find,
    rust,
    toolbox::{
        self, AXE, BINARYEN, ESBUILD, GECKODRIVER, JSON_TO_TYPES, REACT_TYPES, SARIF_SCHEMA,
        TERSER, TRUNK, TYPESCRIPT, VITE, VNU, WASM_BINDGEN,
    },
};

/// For the preview.
pub(crate) fn preview() -> Result<()> {
    rust::wasm_target()?;
    toolbox::check_wasm_bindgen_pin()?;
    TRUNK.install()?;
    WASM_BINDGEN.install()?;
    // Only Trunk's release builds want wasm-opt: no reason to refuse a preview where npm is missing.
    if toolbox::npm_is_there() {
        BINARYEN.install()?;
    }
    links::offer()
}

/// For `dist/`.
pub(crate) fn dist() -> Result<()> {
    rust::wasm_target()?;
    toolbox::check_wasm_bindgen_pin()?;
    npm()?;
    WASM_BINDGEN.install()?;
    BINARYEN.install()?;
    ESBUILD.install()?;
    JSON_TO_TYPES.install()?;
    TERSER.install()
}

/// For the tests in browsers.
pub(crate) fn browsers() -> Result<()> {
    if debian::is_debian() {
        debian_packages()?;
    } else {
        other_programs()?;
    }
    npm()?;
    for tool in [AXE, TYPESCRIPT, REACT_TYPES, VITE, VNU, SARIF_SCHEMA] {
        tool.install()?;
    }
    GECKODRIVER.install()
}

/// Chromium, Firefox and WebKit, two of them with their drivers; a screen for those that need one;
/// fonts for the texts of the tests; a reader of printed pages; a server for built sites; WordPress with
/// what it runs on; and Java for the checker of pages.
const DEBIAN_PACKAGES: [&str; 19] = [
    "chromium",
    "chromium-driver",
    "firefox-esr",
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "fonts-noto-cjk",
    "fonts-noto-core",
    "poppler-utils",
    "nginx",
    "wordpress",
    "wordpress-theme-twentytwentyone",
    "wordpress-theme-twentytwentytwo",
    "wordpress-theme-twentytwentythree",
    "libjs-prototype",
    "mariadb-server",
    "php-cli",
    "php-mysql",
    "default-jre-headless",
];

fn debian_packages() -> Result<()> {
    let missing = debian::missing(&DEBIAN_PACKAGES);
    if missing.is_empty() {
        return Ok(());
    }
    if !debian::is_ours() {
        bail!(
            "the browser tests need Debian packages; install them with \
             `sudo apt-get install --no-install-recommends {}`",
            missing.join(" ")
        );
    }
    debian::install(&missing)
}

/// On other systems the packages have other names, so look for the programs.
fn other_programs() -> Result<()> {
    let needed = [
        ("chromedriver", "Chromium with its chromedriver"),
        ("firefox", "Firefox"),
        ("WebKitWebDriver", "WebKitGTK's WebKitWebDriver"),
        ("Xvfb", "the X server Xvfb"),
        ("pdftotext", "poppler's pdftotext"),
        ("nginx", "nginx"),
        ("mariadbd", "MariaDB's server"),
        (
            "php",
            "PHP with mysqli, and WordPress in /usr/share/wordpress",
        ),
        ("java", "a Java runtime"),
    ];
    let missing = needed.iter().filter(|(program, _)| find(program).is_none());
    let missing: Vec<_> = missing.map(|(_, what)| *what).collect();
    if !missing.is_empty() {
        bail!(
            "the browser tests need programs that are not on PATH; install {}",
            missing.join(", ")
        );
    }
    Ok(())
}

fn npm() -> Result<()> {
    if toolbox::npm_is_there() {
        return Ok(());
    }
    if !debian::is_ours() {
        bail!("tools of dist and of the tests come from npm; install Node.js 18 or newer with npm");
    }
    debian::install(&["nodejs", "npm"])
}
