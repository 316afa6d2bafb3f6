//! Reads JSON Feed 1.0 and 1.1.

use serde_json::{Map, Value};
use url::Url;

use super::losses::{AUTHOR, CATEGORY, DATE, ENCLOSURE, LANGUAGE, LINK, LOGO, Losses, PICTURE};
use super::model::{Entry, Feed, FeedText, TextKind, parse_base, parse_day, resolve};
use crate::budget::{Budget, Limit};
use crate::{Diagnostic, Rule};

/// Reads a feed from a JSON document.
///
/// # Errors
///
/// If the text is not JSON, or not a JSON Feed.
pub(super) fn read(text: &str, budget: &mut Budget) -> Result<Feed, Diagnostic> {
    let value: Value = serde_json::from_str(text).map_err(|error| syntax_error(text, &error))?;
    let Value::Object(document) = value else {
        return Err(no_feed_error("it has no settings of a feed"));
    };
    check_version(&document)?;
    let mut feed = Feed {
        home: find_text(&document, "home_page_url"),
        lang: find_text(&document, "language"),
        title: find_text(&document, "title").map(|text| new_text(text, TextKind::Plain, None)),
        ..Feed::default()
    };
    let own = find_text(&document, "feed_url");
    let base = [&feed.home, &own];
    let base = base.into_iter().flatten().find_map(|url| parse_base(url));
    feed.description = find_text(&document, "description")
        .map(|text| new_text(text, TextKind::Plain, base.clone()));
    for (key, value) in &document {
        match key.as_str() {
            "items" => feed.read_items(value, base.as_ref(), budget),
            "icon" | "favicon" => feed.losses.add(LOGO, &describe(value)),
            "author" | "authors" => count_authors(value, &mut feed.losses),
            "title" | "home_page_url" | "language" | "description" if is_text(value) => {}
            "version" | "feed_url" | "next_url" | "hubs" | "expired" => {}
            _ => count_value(key, value, &mut feed.losses),
        }
    }
    Ok(feed)
}

impl Feed {
    fn read_items(&mut self, items: &Value, base: Option<&Url>, budget: &mut Budget) {
        let Some(items) = items.as_array() else {
            return count_value("items", items, &mut self.losses);
        };
        for item in items {
            match item.as_object() {
                _ if !budget.spend(Limit::Elements, 1) => return,
                Some(item) => {
                    let entry = read_item(item, base, self.lang.as_deref(), &mut self.losses);
                    self.entries.push(entry);
                }
                None => count_value("items", item, &mut self.losses),
            }
        }
    }
}

fn read_item(
    item: &Map<String, Value>,
    base: Option<&Url>,
    lang: Option<&str>,
    losses: &mut Losses,
) -> Entry {
    let text = |key, kind| find_text(item, key).map(|text| new_text(text, kind, base.cloned()));
    let html = text("content_html", TextKind::Html);
    let plain = text("content_text", TextKind::Plain);
    let summary = text("summary", TextKind::Plain);
    let (content, other) = match html {
        Some(html) => (Some(html), plain),
        None => (plain, None),
    };
    let id = find_text(item, "id").unwrap_or_default();
    let address = |key| find_text(item, key).map(|address| resolve(&address, base));
    let permalink = parse_base(&id).map(String::from);
    let href = address("url")
        .or_else(|| address("external_url"))
        .or(permalink);
    let picture = address("image").or_else(|| address("banner_image"));
    for (key, value) in item {
        match key.as_str() {
            "id" | "title" | "content_html" | "content_text" | "summary" | "url"
                if is_text(value) => {}
            "external_url" | "image" | "banner_image" if is_text(value) => {
                let address = resolve(&describe(value), base);
                let is_kept = [&href, &picture].contains(&&Some(address.clone()));
                let kind = if key == "external_url" { LINK } else { PICTURE };
                if !is_kept {
                    losses.add(kind, &address);
                }
            }
            "date_published" | "date_modified" => losses.add(DATE, &describe(value)),
            "author" | "authors" => count_authors(value, losses),
            "tags" => each(value).for_each(|tag| losses.add(CATEGORY, &describe(tag))),
            "attachments" => each(value).for_each(|file| losses.add(ENCLOSURE, &describe(file))),
            "language" if value.as_str() == lang => {}
            "language" => losses.add(LANGUAGE, &describe(value)),
            _ => count_value(key, value, losses),
        }
    }
    let date = |key| find_text(item, key).and_then(|text| parse_day(&text));
    Entry {
        id,
        title: text("title", TextKind::Plain),
        content,
        summary: summary.or(other),
        date: date("date_published").or_else(|| date("date_modified")),
        href,
        picture,
    }
}

/// Returns a text that is not blank; programs also write numbers.
fn find_text(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

fn is_text(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_null()
}

fn new_text(text: String, kind: TextKind, base: Option<Url>) -> FeedText {
    FeedText { text, kind, base }
}

fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let (many, one) = match value {
        Value::Array(values) => (values.as_slice(), None),
        Value::Null => (&[][..], None),
        value => (&[][..], Some(value)),
    };
    many.iter().chain(one)
}

fn count_authors(value: &Value, losses: &mut Losses) {
    each(value).for_each(|author| losses.add(AUTHOR, &describe(author)));
}

fn count_value(key: &str, value: &Value, losses: &mut Losses) {
    if !value.is_null() {
        losses.add_named(key, &describe(value));
    }
}

/// Returns a text for messages: of an object its name or address.
fn describe(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => ["name", "url"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str())
            .map_or_else(|| value.to_string(), str::to_owned),
        value => value.to_string(),
    }
}

fn check_version(document: &Map<String, Value>) -> Result<(), Diagnostic> {
    let version = document.get("version").and_then(Value::as_str);
    if version.is_some_and(|version| version.contains("jsonfeed.org/version/")) {
        return Ok(());
    }
    if document.contains_key("format") && document.contains_key("headlines") {
        return Err(Diagnostic::without_span(
            Rule::Document,
            "this is an issue, not a newsletter",
            "use it as it is; `digest-press check` checks it",
        ));
    }
    Err(no_feed_error(
        "its “version” is not that of a JSON Feed, https://jsonfeed.org/version/1.1",
    ))
}

fn no_feed_error(reason: &str) -> Diagnostic {
    Diagnostic::without_span(
        Rule::Document,
        format!("this JSON file is no feed: {reason}"),
        "use a JSON Feed, RSS or Atom",
    )
}

fn syntax_error(text: &str, error: &serde_json::Error) -> Diagnostic {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let line: usize = lines.map(str::len).sum();
    let offset = line + error.column().saturating_sub(1);
    let start = text.floor_char_boundary(offset.min(text.len()));
    Diagnostic::error(
        Rule::Document,
        start..start,
        format!("this file is not valid JSON: {error}"),
        "download the feed again; if that does not help, report it to the program that writes it",
    )
}
