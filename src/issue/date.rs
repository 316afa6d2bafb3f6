use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A civil date: a day in the calendar, without a time or a time zone, so it never shifts.
///
/// In JSON it is written as in RFC 3339, `"2022-03-11"`.
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

    /// The day in the Gregorian calendar, or `None` if there is no such day.
    ///
    /// `year` is 1 to 9999, `month` 1 to 12, `day` 1 to 31.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let in_range =
            (1..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        in_range.then_some(Date { year, month, day })
    }
}

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDate(String);

impl fmt::Display for InvalidDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not as `{:?}`: the widget is built without.
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
        parse(text).ok_or_else(|| InvalidDate(text.to_owned()))
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

fn parse(text: &str) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let [month, day] = [number([m1, m2])?, number([d1, d2])?];
    let [century, year] = [number([y1, y2])?, number([y3, y4])?];
    Date::new(u16::from(century) * 100 + u16::from(year), month, day)
}

fn number(digits: [u8; 2]) -> Option<u8> {
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
    fn reads_and_writes_iso_days() {
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
    fn refuses_days_that_are_not_in_the_calendar_and_other_notations() {
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
    fn orders_by_the_calendar() {
        assert!(Date::new(2022, 9, 30) < Date::new(2022, 10, 1));
    }
}
