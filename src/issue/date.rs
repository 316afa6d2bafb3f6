//! The date of an issue: a day without a time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A civil date: a calendar day without a time or time zone, so it never shifts.
///
/// In JSON it is a string as in RFC 3339, `"2022-03-11"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(extend("format" = "date")))]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The first day of the calendar, 0001-01-01.
    pub const MIN: Date = Date {
        year: 1,
        month: 1,
        day: 1,
    };

    /// Creates a date of the Gregorian calendar, or returns `None` if the day does not exist.
    ///
    /// `year` is 1 to 9999, `month` 1 to 12, `day` 1 to 31.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let in_range =
            (1..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        in_range.then_some(Date { year, month, day })
    }
}

/// The error for a text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDate(String);

impl fmt::Display for InvalidDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not `{:?}`: debug formatting would add bytes to the widget.
        write!(
            formatter,
            "expected a day such as \"2022-03-11\", found \"{}\"",
            self.0
        )
    }
}

impl std::error::Error for InvalidDate {}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Date, InvalidDate> {
        parse_date(text).ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl TryFrom<String> for Date {
    type Error = InvalidDate;

    fn try_from(text: String) -> Result<Date, InvalidDate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

fn parse_date(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let [month, day] = [parse_digits([m1, m2])?, parse_digits([d1, d2])?];
    let [century, year] = [parse_digits([y1, y2])?, parse_digits([y3, y4])?];
    Date::new(u16::from(century) * 100 + u16::from(year), month, day)
}

fn parse_digits(digits: [u8; 2]) -> Option<u8> {
    let [tens, ones] = digits.map(|digit| digit.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| tens * 10 + ones)
}

fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_round_trip() {
        for text in [
            "2022-03-11",
            "2024-02-29",
            "2000-02-29",
            "0001-01-01",
            "9999-12-31",
        ] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn impossible_days_and_other_notations_are_rejected() {
        for text in [
            "2022-02-29",
            "1900-02-29",
            "2022-13-01",
            "2022-00-10",
            "2022-04-31",
            "0000-01-01",
            "2022-3-11",
            "+202-03-11",
            "2022-03-11T00:00",
            "2022-03-11-",
            "March 11, 2022",
            "",
            "２０２２-03-11",
            " 2022-03-11",
        ] {
            assert_eq!(
                text.parse::<Date>(),
                Err(InvalidDate(text.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn dates_are_ordered_by_the_calendar() {
        assert!(Date::new(2022, 9, 30) < Date::new(2022, 10, 1));
    }
}
