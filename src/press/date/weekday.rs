//! Weekdays beside dates, in English and Japanese.

use digest_issue::Date;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weekday(usize);

/// The days from Monday, each with its Japanese sign.
const WEEKDAYS: [(&str, char); 7] = [
    ("Monday", '月'),
    ("Tuesday", '火'),
    ("Wednesday", '水'),
    ("Thursday", '木'),
    ("Friday", '金'),
    ("Saturday", '土'),
    ("Sunday", '日'),
];

impl Weekday {
    pub(crate) fn from_date(date: Date) -> Weekday {
        let date = date.to_string().parse::<jiff::civil::Date>();
        let days = date.map_or(0, |date| date.weekday().to_monday_zero_offset());
        Weekday(usize::try_from(days).unwrap_or_default())
    }

    /// Returns the English name.
    pub(crate) fn name(self) -> &'static str {
        WEEKDAYS.get(self.0).map_or("", |(name, _)| name)
    }

    /// Parses an English name, or at least three letters of it.
    fn parse_english(word: &str) -> Option<Weekday> {
        let word = word.trim_end_matches('.');
        let is_start = |name: &str| {
            let start = name.get(..word.len());
            word.len() >= 3 && start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        let index = WEEKDAYS.iter().position(|(name, _)| is_start(name))?;
        Some(Weekday(index))
    }

    /// Parses “金”, “金曜” and “金曜日”, also beside the mark of a holiday.
    fn parse_japanese(text: &str) -> Option<Weekday> {
        let text = text
            .trim_end_matches('祝')
            .trim_end_matches(['・', '･', '/']);
        let mut signs = text.chars();
        let sign = signs.next()?;
        let is_whole = ["", "曜", "曜日"].contains(&signs.as_str());
        let index = WEEKDAYS.iter().position(|(_, name)| *name == sign)?;
        is_whole.then_some(Weekday(index))
    }
}

/// Splits a text from the weekday at its start or end, if there is one.
pub(super) fn split_weekday(text: &str) -> (&str, Option<Weekday>) {
    match split_end(text).or_else(|| split_start(text)) {
        Some((text, weekday)) => (text, Some(weekday)),
        None => (text, None),
    }
}

/// Splits “March 11, 2022 (Fri)”, “2022年3月11日(金)” and “2022年3月11日金曜日”.
fn split_end(text: &str) -> Option<(&str, Weekday)> {
    let parse = |text| Weekday::parse_english(text).or_else(|| Weekday::parse_japanese(text));
    if let Some((date, inside)) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
    {
        return Some((date.trim_end(), parse(inside.trim())?));
    }
    if let Some((date, word)) = text.rsplit_once(' ')
        && let Some(weekday) = Weekday::parse_english(word)
    {
        return Some((date.trim_end_matches([',', ' ']), weekday));
    }
    let (start, _) = text.char_indices().rev().find(|(_, sign)| *sign == '曜')?;
    let (start, _) = text[..start].char_indices().next_back()?;
    Some((
        text[..start].trim_end(),
        Weekday::parse_japanese(&text[start..])?,
    ))
}

/// Splits “Friday, March 11, 2022”.
fn split_start(text: &str) -> Option<(&str, Weekday)> {
    let (word, date) = text.split_once([' ', ','])?;
    let weekday = Weekday::parse_english(word)?;
    Some((date.trim_start_matches([',', ' ']), weekday))
}
