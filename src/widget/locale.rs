use digest_issue::{Image, Src};
use digest_view::Reading;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{Url, window};

use crate::fetch::Arrived;

/// An issue with what depends on the reader and on where the issue came from.
pub(crate) fn reading(Arrived { issue, base }: Arrived) -> Reading {
    let image = issue.image.as_ref().and_then(|image| picture(image, &base));
    let date_lang = window()
        .and_then(|window| window.navigator().language())
        .unwrap_or_default();
    let date = long_date(&issue.date.to_string(), &date_lang);
    Reading {
        date,
        date_lang,
        image,
        issue,
    }
}

fn picture(image: &Image, base: &str) -> Option<String> {
    let src = image.src.as_ref().and_then(Src::safe_url)?;
    Url::new_with_base(src, base).ok().map(|url| url.href())
}

/// The day in the reader's own notation. ECMAScript reads a date without a time as UTC, and it is
/// written in UTC, so it is the same day in every time zone.
fn long_date(iso: &str, locale: &str) -> String {
    let options = Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeZone", "UTC")] {
        // Setting a property of a plain object that we made cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    Date::new(&JsValue::from(iso))
        .to_locale_date_string(locale, &options)
        .into()
}
