//! Parses and formats dates in English, Japanese and ISO 8601.

use digest_issue::Date;
use unicode_normalization::UnicodeNormalization;

/// Notations of a date, except ISO 8601.
const NOTATIONS: [&str; 5] = [
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y年%m月%d日",
];

/// Parses a date; `None` if the notation is unknown or the day is not in the calendar.
///
/// A time behind the date and its time zone are ignored.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    // Japanese keyboards also type full-width digits.
    let text: String = text.trim().nfkc().collect();
    let date = NOTATIONS
        .iter()
        .find_map(|notation| jiff::civil::Date::strptime(notation, &text).ok());
    let date =
        date.or_else(|| jiff::civil::Date::strptime("%Y-%m-%d", without_time(&text)).ok())?;
    // "March 11, 22" probably means 2022, but that would be a guess.
    let year = u16::try_from(date.year())
        .ok()
        .filter(|year| *year >= 1000)?;
    Date::new(
        year,
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )
}

/// Removes the time from "2022-03-11 22:00:00 -0000" and "2022-03-11T22:00:00.000Z".
fn without_time(text: &str) -> &str {
    let is_time = |time: &str| {
        time.contains(':')
            && time
                .chars()
                .all(|sign| sign.is_ascii_digit() || ":.+-Z ".contains(sign))
    };
    match text.split_once(['T', ' ']) {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    }
}

/// Returns the date in a file name such as “2022-03-11-digest.md”; `None` unless there is exactly
/// one.
pub(crate) fn find_date_in_file_name(name: &str) -> Option<Date> {
    let is_digit = |character: char| character.is_ascii_digit();
    let mut days = (0..name.len()).filter_map(|start| {
        let end = start + "2022-03-11".len();
        let day = name.get(start..end)?.parse().ok()?;
        let is_longer = name[..start].ends_with(is_digit) || name[end..].starts_with(is_digit);
        (!is_longer).then_some(day)
    });
    days.next().filter(|_| days.next().is_none())
}

/// Formats a date for an interface in this language, as `Intl.DateTimeFormat` formats it in the
/// widget: "2022年3月11日" in Japanese, otherwise "March 11, 2022".
pub(crate) fn format_date(date: Date, lang: &str) -> String {
    let notation = match lang {
        "ja" => "%Y年%-m月%-d日",
        _ => "%B %-d, %Y",
    };
    let iso = date.to_string();
    iso.parse::<jiff::civil::Date>()
        .map_or(iso, |date| date.strftime(notation).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_formatted_by_language() {
        let day = Date::new(2022, 3, 1).unwrap();
        assert_eq!(format_date(day, "en"), "March 1, 2022");
        assert_eq!(format_date(day, "ja"), "2022年3月1日");
    }

    #[test]
    fn file_names_may_have_one_date() {
        for name in [
            "2022-03-11.md",
            "2022-03-11-2021-in-review.md",
            "週報 2022-03-11.docx",
            "a-2022-03-11-12.html",
        ] {
            assert_eq!(
                find_date_in_file_name(name),
                Date::new(2022, 3, 11),
                "{name}"
            );
        }
        for name in [
            "newsletter.md",
            "2022-03.md",
            "2022_03_11.md",
            "2022-02-30.md",
            "12022-03-11.md",
            "2022-03-111.md",
            "2022-03-11-to-2022-03-18.md",
            "日本",
        ] {
            assert_eq!(find_date_in_file_name(name), None, "{name}");
        }
    }

    #[test]
    fn every_notation_is_parsed() {
        for text in [
            "March 11, 2022",
            "march 11, 2022",
            "Mar 11, 2022",
            "11 March 2022",
            "11 mar 2022",
            "2022-03-11",
            "2022-03-11 22:00:00 -0000",
            "2022-03-11 18:46",
            "2022-03-11T23:59:59.000Z",
            "2022-03-11T00:00:00+09:00",
            "2022年3月11日",
            "２０２２年３月１１日",
        ] {
            assert_eq!(parse_date(text), Date::new(2022, 3, 11), "{text}");
        }
        assert_eq!(parse_date("February 29, 2024"), Date::new(2024, 2, 29));
        assert_eq!(parse_date("March 1, 2022"), Date::new(2022, 3, 1));
    }

    #[test]
    fn other_notations_and_impossible_days_are_refused() {
        for text in [
            "",
            "03/11/2022",
            "Spring 2022",
            "February 29, 2022",
            "2022-13-01",
            "-001-01-01",
            "March 11, 2022 x",
            "March 11, 22",
            "2022-03-11 to 2022-03-12",
            "2022-03-11 2",
            "2022年3月",
            "令和4年3月11日",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
