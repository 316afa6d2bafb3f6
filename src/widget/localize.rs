//! The parts of an issue that depend on the page around it: the notation of dates and the
//! addresses of the pictures.

use digest_issue::{Date, Issue, Src};
use digest_view::{LocalizedDate, LocalizedIssue, Strings};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Url;

/// Adds the date in the notation of the strings' language, and the addresses of the pictures, which
/// are relative to `base`.
pub(crate) fn localize_issue(
    issue: Issue,
    base: String,
    strings: &'static Strings,
) -> LocalizedIssue {
    let lang = issue.lang.as_str().to_owned();
    let localize_date = move |date| localize_date(date, strings.lang, &lang);
    LocalizedIssue {
        date: localize_date(issue.date),
        localize_date: Box::new(localize_date),
        resolve_src: Box::new(move |src| resolve_src(src, &base)),
        issue,
    }
}

/// Writes a date in the notation of `lang`. If the page allows none, the date is in digits, which
/// are read in the language of the issue.
fn localize_date(date: Date, lang: &str, issue_lang: &str) -> LocalizedDate {
    let iso = date.to_string();
    let (text, lang) = match format_date(&iso, lang) {
        Some(text) => (text, lang),
        None => (iso, issue_lang),
    };
    LocalizedDate {
        text,
        lang: lang.to_owned(),
    }
}

fn resolve_src(src: &Src, base: &str) -> Option<String> {
    Url::new_with_base(src.safe_url()?, base)
        .ok()
        .map(|url| url.href())
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
    JsDate::new(iso)
        .and_then(|date| date.to_locale_date_string(lang, &options))
        .ok()?
        .as_string()
}

#[wasm_bindgen]
extern "C" {
    /// Unlike that of `js_sys`, its methods return exceptions.
    #[wasm_bindgen(js_name = Date)]
    type JsDate;

    #[wasm_bindgen(catch, constructor, js_class = "Date")]
    fn new(iso: &str) -> Result<JsDate, JsValue>;

    #[wasm_bindgen(catch, method, js_class = "Date", js_name = toLocaleDateString)]
    fn to_locale_date_string(
        this: &JsDate,
        lang: &str,
        options: &Object,
    ) -> Result<JsValue, JsValue>;
}
