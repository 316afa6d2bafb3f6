//! The parts of an issue that depend on the reader's browser: the notation of the date and the
//! address of the picture.

use digest_issue::{Image, Src};
use digest_view::LocalizedIssue;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{Url, window};

use crate::fetch::FetchedIssue;

/// Adds the date in the reader's notation and the address of the picture to an issue.
pub(crate) fn localize_issue(FetchedIssue { issue, base }: FetchedIssue) -> LocalizedIssue {
    let image_url = issue
        .image
        .as_ref()
        .and_then(|image| resolve_image(image, &base));
    let date_lang = window()
        .and_then(|window| window.navigator().language())
        .unwrap_or_default();
    let date = format_date(&issue.date.to_string(), &date_lang);
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

/// Formats a date in the reader's notation. ECMAScript reads a date without a time as UTC, and it
/// is formatted in UTC, so it is the same day in every time zone.
fn format_date(iso: &str, locale: &str) -> String {
    let options = Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeZone", "UTC")] {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    Date::new(&JsValue::from(iso))
        .to_locale_date_string(locale, &options)
        .into()
}
