//! A feed, whatever its format, as far as an issue has a place for it.

use digest_issue::Date;
use url::Url;

use super::losses::Losses;
use crate::date::parse_date;

/// A feed and what is left out of it.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub(super) title: Option<FeedText>,
    pub(super) description: Option<FeedText>,
    pub(super) lang: Option<String>,
    /// The day on which the feed itself changed.
    pub(super) date: Option<Date>,
    /// The address of the publisher's page.
    pub(super) home: Option<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) losses: Losses,
}

/// An entry, which becomes a headline.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The id that the feed gives it, or empty.
    pub(super) id: String,
    pub(super) title: Option<FeedText>,
    pub(super) content: Option<FeedText>,
    pub(super) summary: Option<FeedText>,
    pub(super) date: Option<Date>,
    /// The address of its page.
    pub(super) href: Option<String>,
    /// The address of its picture.
    pub(super) picture: Option<String>,
}

/// A text with the address that its relative links refer to.
#[derive(Clone, Debug)]
pub(super) struct FeedText {
    pub(super) text: String,
    pub(super) kind: TextKind,
    pub(super) base: Option<Url>,
}

/// The notation of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    Plain,
    Html,
    /// RSS does not say which of both it is.
    PlainOrHtml,
}

/// Parses a date in the notations of feeds; the day is that of its time zone.
pub(super) fn parse_day(text: &str) -> Option<Date> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let mail_date = parser.parse_zoned(text.trim()).ok().and_then(|time| {
        let (year, month, day) = (time.year(), time.month(), time.day());
        Date::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    });
    mail_date.or_else(|| parse_date(text).ok().map(|written| written.date))
}

/// Completes a relative address.
pub(super) fn resolve(address: &str, base: Option<&Url>) -> String {
    let address = address.trim();
    match (Url::parse(address), base) {
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base
            .join(address)
            .map_or_else(|_| address.to_owned(), String::from),
        _ => address.to_owned(),
    }
}

/// Parses the address of a page as a base for relative addresses.
pub(super) fn parse_base(address: &str) -> Option<Url> {
    /// A longer one would be copied into thousands of addresses.
    const MAX_LENGTH: usize = 2_000;
    let url = Url::parse(address.trim()).ok()?;
    let is_usable = matches!(url.scheme(), "http" | "https") && address.len() <= MAX_LENGTH;
    is_usable.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_notations_of_feeds() {
        for text in [
            "Sat, 07 Sep 2002 23:30:01 GMT",
            "Sat, 07 Sep 02 00:00:01 EST",
            "Sun, 07 Sep 2002 23:30:01 -0800",
            "2002-09-07T23:30:01-08:00",
            "2002-09-07",
            "7 September 2002",
        ] {
            assert_eq!(
                parse_day(text).map(|day| day.to_string()).as_deref(),
                Some("2002-09-07"),
                "{text}"
            );
        }
        assert_eq!(parse_day("soon"), None);
    }

    #[test]
    fn only_relative_addresses_are_completed() {
        let base = parse_base("https://x.example/a/").unwrap();
        for (address, expected) in [
            ("b", "https://x.example/a/b"),
            ("/b", "https://x.example/b"),
            ("//y.example/b", "https://y.example/b"),
            ("https://y.example/ ", "https://y.example/"),
            ("javascript:b", "javascript:b"),
        ] {
            assert_eq!(resolve(address, Some(&base)), expected);
        }
        assert_eq!(resolve("b", None), "b");
        assert!(parse_base("urn:a").is_none());
    }
}
