//! How a reader has set the browser.

/// The settings of a reader's browser. A case names those it is about:
/// `Settings { dark: true, ..Settings::default() }`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The browser's language, such as "ja".
    pub language: &'static str,
    /// The window's width in pixels.
    pub width: u32,
    /// Whether the reader asked for a dark look.
    pub dark: bool,
    /// Whether the reader's own colours replace the page's.
    pub forced_colors: bool,
    /// Whether the reader asked for less motion.
    pub reduced_motion: bool,
    /// Whether the browser runs scripts.
    pub scripts: bool,
    /// Whether the browser starts for this case and ends with it: where a case measures or drives the
    /// browser itself, or comes to an origin that other cases come to as well.
    pub fresh: bool,
}

impl Settings {
    /// The usual settings, in a fresh browser.
    pub fn fresh() -> Self {
        Settings {
            fresh: true,
            ..Settings::default()
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
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
