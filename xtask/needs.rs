//! Software of the system that some tests need: whether it is there, and how to install it.

use std::path::Path;

use anyhow::{Result, ensure};
use xshell::Shell;

use crate::{debian, process::find_program};

/// Software that some tests need.
pub(crate) struct Need {
    /// Its name, which is also its name in `DIGEST_ENGINES` and `DIGEST_WITHOUT` of the browser
    /// tests.
    pub(crate) name: &'static str,
    /// The tests that are left out without it.
    tests: &'static str,
    /// Programs, or files by their absolute path, that show that it is installed.
    files: &'static [&'static str],
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
}

pub(crate) const CHROMIUM: Need = Need {
    name: "chromium",
    tests: "browser tests in Chromium",
    files: &["chromium", "chromedriver"],
    packages: &["chromium", "chromium-driver"],
};

/// Its driver is one of our tools.
pub(crate) const FIREFOX: Need = Need {
    name: "firefox",
    tests: "browser tests in Firefox",
    files: &["firefox"],
    packages: &["firefox-esr"],
};

/// It has no headless mode, so it needs a screen as well.
pub(crate) const WEBKIT: Need = Need {
    name: "webkit",
    tests: "browser tests in WebKit",
    files: &["WebKitWebDriver", "Xvfb"],
    packages: &["webkit2gtk-driver", "xvfb"],
};

pub(crate) const FONTS: Need = Need {
    name: "fonts",
    tests: "browser tests with Japanese and other scripts, which may fail",
    files: &[],
    packages: &["fonts-noto-cjk", "fonts-noto-core"],
};

/// Reads the texts of printed pages.
pub(crate) const PDFTOTEXT: Need = Need {
    name: "pdftotext",
    tests: "browser tests of printing",
    files: &["pdftotext"],
    packages: &["poppler-utils"],
};

pub(crate) const NGINX: Need = Need {
    name: "nginx",
    tests: "tests of built sites on nginx",
    files: &["nginx"],
    packages: &["nginx"],
};

pub(crate) const WORDPRESS: Need = Need {
    name: "wordpress",
    tests: "browser tests in WordPress",
    files: &["mariadbd", "php", "/usr/share/wordpress/wp-load.php"],
    packages: &[
        "wordpress",
        "wordpress-theme-twentytwentythree",
        "mariadb-server",
        "php-cli",
        "php-mysql",
    ],
};

/// Style sheets and a script that many sites have; see [`crate::hosts`].
pub(crate) const OLD_SITES: Need = Need {
    name: "old-sites",
    tests: "browser tests with the styles of WordPress themes, and with prototype.js and MooTools",
    files: &[
        "/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css",
        "/usr/share/wordpress/wp-content/themes/twentytwentytwo/style.css",
        "/usr/share/javascript/prototype/prototype.js",
        "/usr/share/javascript/mootools/mootools-core.min.js",
    ],
    packages: &[
        "wordpress-theme-twentytwentyone",
        "wordpress-theme-twentytwentytwo",
        "libjs-prototype",
        "libjs-mootools",
    ],
};

/// Runs the Nu Html Checker.
pub(crate) const JAVA: Need = Need {
    name: "java",
    tests: "tests of valid HTML",
    files: &["java"],
    packages: &["default-jre-headless"],
};

impl Need {
    /// Says what is not tested without it, and how to install it.
    pub(crate) fn describe(&self) -> String {
        let install = if debian::is_debian() {
            let packages = self.packages.join(" ");
            format!("sudo apt-get install --no-install-recommends {packages}")
        } else {
            format!("install what provides {}", self.files.join(", "))
        };
        format!("{}; to run them: {install}", self.tests)
    }

    fn is_missing(&self, sh: &Shell) -> bool {
        if debian::is_debian() {
            return !debian::find_missing(sh, self.packages).is_empty();
        }
        let is_there = |file: &&str| match Path::new(file) {
            path if path.is_absolute() => path.exists(),
            _ => find_program(file).is_some(),
        };
        !self.files.iter().all(is_there)
    }
}

/// Installs what is missing, on Debian as root. Elsewhere it returns what is missing.
///
/// # Errors
///
/// In CI (`CI=true`) nothing may be missing.
pub(crate) fn install_missing(sh: &Shell, needs: &[&'static Need]) -> Result<Vec<&'static Need>> {
    let missing: Vec<_> = needs
        .iter()
        .copied()
        .filter(|need| need.is_missing(sh))
        .collect();
    if missing.is_empty() {
        return Ok(missing);
    }
    if debian::can_install() {
        let packages: Vec<_> = missing
            .iter()
            .flat_map(|need| need.packages)
            .copied()
            .collect();
        debian::install(sh, &packages)?;
        return Ok(Vec::new());
    }
    let names: Vec<_> = missing.iter().map(|need| need.name).collect();
    ensure!(
        !is_ci(),
        "CI must run every test, but {} is missing: run it on Debian as root, or install it before",
        names.join(", ")
    );
    Ok(missing)
}

fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}
