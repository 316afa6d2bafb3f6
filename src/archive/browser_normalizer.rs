//! Unicode normalisation by the browser: its tables would be larger than this module.

use digest_search::Normalizer;
use js_sys::JsString;

/// The functions of `String.prototype`.
pub(crate) struct BrowserNormalizer;

impl Normalizer for BrowserNormalizer {
    fn decompose(&self, text: &str) -> String {
        let text = JsString::from(text).normalize("NFKD").to_lower_case();
        text.into()
    }

    fn compose(&self, text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }
}
