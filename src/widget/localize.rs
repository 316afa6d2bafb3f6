//! The parts of an issue that depend on the page around it: the notation of the date and the
//! address of the picture.

use digest_issue::{Image, Issue, Src};
use digest_view::{LocalizedIssue, Strings};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Url;

/// Adds the date in the notation of the strings' language, and the address of the picture, which is
/// relative to `base`.
pub(crate) fn localize_issue(issue: Issue, base: &str, strings: &Strings) -> LocalizedIssue {
    let image_url = issue
        .image
        .as_ref()
        .and_then(|image| resolve_image(image, base));
    let iso = issue.date.to_string();
    let (date, date_lang) = match format_date(&iso, strings.lang) {
        Some(date) => (date, strings.lang),
        None => (iso, issue.lang.as_str()),
    };
    let date_lang = date_lang.to_owned();
    LocalizedIssue {
        date,
        date_lang,
        image_url,
        issue,
    }
}

fn resolve_image(image: &Image, base: &str) -> Option<String> {
    let src = image.src.as_ref().and_then(Src::safe_url)?;
    Url::new_with_base(src, base).ok().map(|url| url.href())
}

/// Formats a date in the notation of a language. ECMAScript reads a date without a time as UTC, and
/// it is formatted in UTC, so it is the same day in every time zone. A page may have replaced what
/// this needs.
fn format_date(iso: &str, lang: &str) -> Option<String> {
    let options = Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeZone", "UTC")] {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    Date::new(iso)
        .and_then(|date| date.to_locale_date_string(lang, &options))
        .ok()?
        .as_string()
}

#[wasm_bindgen]
extern "C" {
    /// Unlike that of `js_sys`, its methods return exceptions.
    type Date;

    #[wasm_bindgen(catch, constructor)]
    fn new(iso: &str) -> Result<Date, JsValue>;

    #[wasm_bindgen(catch, method, js_name = toLocaleDateString)]
    fn to_locale_date_string(this: &Date, lang: &str, options: &Object)
    -> Result<JsValue, JsValue>;
}
