//! A reader's browser settings.

/// The settings of a browser. A case lists those it is about:
/// `BrowserSettings { dark: true, ..BrowserSettings::default() }`.
#[derive(Clone, Debug)]
pub struct BrowserSettings {
    /// The browser's language, such as "ja".
    pub language: &'static str,
    /// The window's width in pixels.
    pub width: u32,
    /// `prefers-color-scheme: dark`.
    pub dark: bool,
    /// `forced-colors: active`: the reader's own colours replace the page's.
    pub forced_colors: bool,
    /// `prefers-reduced-motion: reduce`.
    pub reduced_motion: bool,
    /// False where the browser runs no scripts.
    pub scripts: bool,
    /// True where the browser starts for this case and ends with it: the case measures or controls
    /// the browser itself, or visits an origin that other cases visit too.
    pub fresh: bool,
}

impl BrowserSettings {
    /// The default settings in a fresh browser.
    pub fn fresh() -> Self {
        BrowserSettings {
            fresh: true,
            ..BrowserSettings::default()
        }
    }

    /// These settings in a browser that runs no scripts.
    pub fn without_scripts(self) -> Self {
        BrowserSettings {
            scripts: false,
            ..self
        }
    }
}

impl Default for BrowserSettings {
    fn default() -> Self {
        BrowserSettings {
            language: "en-US",
            width: 1100,
            dark: false,
            forced_colors: false,
            reduced_motion: false,
            scripts: true,
            fresh: false,
        }
    }
}
