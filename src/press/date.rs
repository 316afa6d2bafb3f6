//! Parses and formats dates in English, Japanese and ISO 8601.

mod japanese;
mod weekday;

use digest_issue::Date;
use unicode_normalization::UnicodeNormalization;

pub(crate) use weekday::Weekday;

/// A date as an editor wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    pub(crate) date: Date,
    /// The weekday beside the date, if it is the wrong one.
    pub(crate) wrong_weekday: Option<Weekday>,
}

/// Parses a date in any notation that leaves no doubt about the day.
///
/// A time behind the date and its time zone are ignored.
///
/// # Errors
///
/// Returns the reason, for a message.
pub(crate) fn parse_date(text: &str) -> Result<WrittenDate, &'static str> {
    // Japanese keyboards also type full-width digits.
    let text: String = text.nfkc().collect();
    let (text, weekday) = weekday::split_weekday(without_time(text.trim()));
    let (text, weekday) = match weekday {
        Some(_) => (text, weekday),
        // A time may stand in front of the weekday as well as behind it.
        None => weekday::split_weekday(without_time(text)),
    };
    let date = match japanese::parse_date(text) {
        Some(date) => date.ok_or(NOT_IN_CALENDAR)?,
        None => parse_words(text)?,
    };
    let wrong_weekday = weekday.filter(|weekday| *weekday != Weekday::from_date(date));
    Ok(WrittenDate {
        date,
        wrong_weekday,
    })
}

const NOT_IN_CALENDAR: &str = "the calendar does not have this day";
const SHORT_YEAR: &str = "the year has two digits";
const SWAPPABLE: &str = "the day and the month could be swapped";
const UNKNOWN: &str = "this is no common notation";

/// Parses a day, a month and a year in digits or English.
fn parse_words(text: &str) -> Result<Date, &'static str> {
    let mut numbers = Vec::new();
    let mut month = None;
    for word in split_words(text)? {
        match (parse_number(word), find_month(word)) {
            (Some(number), _) => numbers.push((number, word)),
            (_, Some(found)) if month.is_none() => month = Some(found),
            _ if ["the", "of"].contains(&word) => {}
            _ => return Err(UNKNOWN),
        }
    }
    let is_year = |word: &str| word.len() == 4 && word.chars().all(|sign| sign.is_ascii_digit());
    match (month, numbers.as_slice()) {
        (Some(month), [(day, other), (year, word)] | [(year, word), (day, other)])
            if is_year(word) && !is_year(other) =>
        {
            new_date(*year, month, *day)
        }
        (None, [(year, word), (month, _), (day, _)]) if is_year(word) => {
            new_date(*year, *month, *day)
        }
        (None, [(one, _), (other, _), (year, word)]) if is_year(word) => {
            parse_day_and_month(*year, *one, *other)
        }
        (Some(_), [_, _]) | (None, [_, _, _]) => Err(SHORT_YEAR),
        _ => Err(UNKNOWN),
    }
}

/// Finds out which of two numbers is the month, unless both could be.
fn parse_day_and_month(year: u16, one: u16, other: u16) -> Result<Date, &'static str> {
    match (new_date(year, one, other), new_date(year, other, one)) {
        (Ok(one), Ok(other)) if one != other => Err(SWAPPABLE),
        (Ok(date), _) | (_, Ok(date)) => Ok(date),
        (error, _) => error,
    }
}

fn new_date(year: u16, month: u16, day: u16) -> Result<Date, &'static str> {
    let date = || Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    // Some programs write a missing date as the year 1.
    date().filter(|_| year >= 1000).ok_or(NOT_IN_CALENDAR)
}

/// Splits a date at spaces and at the signs between its parts.
fn split_words(text: &str) -> Result<Vec<&str>, &'static str> {
    let is_sign = |sign: char| sign.is_whitespace() || ",./-".contains(sign);
    let is_word = |sign: char| sign.is_ascii_alphanumeric();
    if text.starts_with('-') || !text.chars().all(|sign| is_sign(sign) || is_word(sign)) {
        return Err(UNKNOWN);
    }
    Ok(text
        .split(is_sign)
        .filter(|word| !word.is_empty())
        .collect())
}

/// Parses a number, also an ordinal such as “11th”.
fn parse_number(word: &str) -> Option<u16> {
    let ordinal = ["st", "nd", "rd", "th"];
    let digits = ordinal.iter().find_map(|end| strip_end(word, end));
    digits.unwrap_or(word).parse().ok()
}

fn strip_end<'t>(word: &'t str, end: &str) -> Option<&'t str> {
    let (digits, found) = word.split_at_checked(word.len().checked_sub(end.len())?)?;
    found.eq_ignore_ascii_case(end).then_some(digits)
}

/// Returns the number of a month by its English name or the first three letters of it.
fn find_month(word: &str) -> Option<u16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let index = MONTHS
        .iter()
        .position(|name| *name == word || name[..3] == *word)?;
    u16::try_from(index + 1).ok()
}

/// Removes the time from "2022-03-11 22:00:00 -0000" and "March 11, 2022, 9:00 a.m. JST".
fn without_time(text: &str) -> &str {
    let is_start = |start: usize| text[..start].ends_with(['T', 't', ' ', ',']);
    let Some(colon) = text.find(':') else {
        return text;
    };
    let hour = text[..colon].trim_end_matches(|sign: char| sign.is_ascii_digit());
    let is_time = colon > hour.len()
        && is_start(hour.len())
        && text[hour.len()..].split(' ').all(is_time_word);
    if is_time {
        hour.trim_end_matches(['T', 't', ' ', ','])
    } else {
        text
    }
}

/// Returns true for “22:00:00.000Z”, “+09:00”, “a.m.” and “JST”.
fn is_time_word(word: &str) -> bool {
    let is_number = |sign: char| sign.is_ascii_digit() || ":.+-Z".contains(sign);
    let word = word.trim_end_matches(',');
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    let is_name = ["AM", "PM", "UTC", "GMT", "JST"].contains(&letters.to_uppercase().as_str());
    word.chars().all(is_number) || is_name
}

/// Returns the current day where this computer is.
pub(crate) fn today() -> Date {
    let today = jiff::Zoned::now().date();
    today.to_string().parse().unwrap_or(Date::MIN)
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
            "march 11 2022",
            "Mar 11, 2022",
            "Mar. 11, 2022",
            "March 11th, 2022",
            "11 March 2022",
            "11 mar 2022",
            "11 Mar., 2022",
            "11-Mar-2022",
            "the 11th of March, 2022",
            "2022 March 11",
            "Friday, March 11th, 2022",
            "Fri. 11 March 2022",
            "Fri, 11 Mar 2022 09:00:00 +0900",
            "March 11, 2022 (Friday)",
            "March 11, 2022, 9:00 a.m. JST",
            "2022-03-11",
            "2022/3/11",
            "2022/03/11(金)",
            "2022.3.11",
            "2022. 3. 11.",
            "2022-03-11 22:00:00 -0000",
            "2022-03-11 18:46",
            "2022-03-11T09:00",
            "2022-03-11T23:59:59.000Z",
            "2022-03-11T00:00:00+09:00",
            "2022年3月11日",
            "２０２２年３月１１日",
            "2022年 3月 11日",
            "2022年3月11日（金）",
            "2022年3月11日 (金・祝)",
            "2022年3月11日金曜日",
            "令和4年3月11日",
            "令和４年３月１１日（金曜日）",
            "2022年3月11日 9:00",
        ] {
            let expected = Ok(WrittenDate {
                date: Date::new(2022, 3, 11).unwrap(),
                wrong_weekday: None,
            });
            assert_eq!(parse_date(text), expected, "{text}");
        }
    }

    #[test]
    fn other_days_are_parsed() {
        for (text, expected) in [
            ("February 29, 2024", (2024, 2, 29)),
            ("March 1, 2022", (2022, 3, 1)),
            ("Sept 5, 2022", (2022, 9, 5)),
            ("Monday, Sept. 5th, 2022", (2022, 9, 5)),
            ("May 3, 2022", (2022, 5, 3)),
            ("令和元年5月1日", (2019, 5, 1)),
            ("平成31年4月30日", (2019, 4, 30)),
            ("昭和64年1月7日", (1989, 1, 7)),
            ("2022年3月13日（日）", (2022, 3, 13)),
            ("25/12/2022", (2022, 12, 25)),
            ("03/03/2022", (2022, 3, 3)),
        ] {
            let (year, month, day) = expected;
            let date = Date::new(year, month, day).unwrap();
            let found = parse_date(text).unwrap();
            assert_eq!((found.date, found.wrong_weekday), (date, None), "{text}");
        }
    }

    #[test]
    fn wrong_weekday_is_returned() {
        for text in [
            "Friday, March 12, 2022",
            "2022年3月12日（金）",
            "2022-03-12 (Fri)",
        ] {
            let weekday = parse_date(text).unwrap().wrong_weekday.unwrap();
            assert_eq!(weekday.name(), "Friday", "{text}");
        }
    }

    #[test]
    fn other_notations_and_impossible_days_are_refused() {
        for (text, reason) in [
            ("", UNKNOWN),
            ("03/11/2022", SWAPPABLE),
            ("3.11.2022", SWAPPABLE),
            ("13/13/2022", NOT_IN_CALENDAR),
            ("Spring 2022", UNKNOWN),
            ("February 29, 2022", NOT_IN_CALENDAR),
            ("2022-13-01", NOT_IN_CALENDAR),
            ("2022年2月30日", NOT_IN_CALENDAR),
            ("令和0年3月11日", NOT_IN_CALENDAR),
            ("-001-01-01", UNKNOWN),
            ("0001-01-01", NOT_IN_CALENDAR),
            ("March 11, 2022 x", UNKNOWN),
            ("March 11, 22", SHORT_YEAR),
            ("3/11/22", SHORT_YEAR),
            ("2022-03-11 to 2022-03-12", UNKNOWN),
            ("2022-03-11 2", UNKNOWN),
            ("March 11", UNKNOWN),
            ("March April 11, 2022", UNKNOWN),
            ("2022年3月", UNKNOWN),
            ("２０２２年３月１１日頃", UNKNOWN),
            ("Friday", UNKNOWN),
            ("3:00", UNKNOWN),
        ] {
            assert_eq!(parse_date(text), Err(reason), "{text}");
        }
    }
}
