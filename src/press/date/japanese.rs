//! Parses Japanese dates: “2022年3月11日” and “令和4年3月11日”.

use digest_issue::Date;

/// The year before the first year of each era.
const ERAS: [(&str, u16); 5] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
];

/// Parses a date; `None` if it is not in this notation, `Some(None)` if the calendar lacks the day.
pub(super) fn parse_date(text: &str) -> Option<Option<Date>> {
    let text: String = text.split_whitespace().collect();
    let (year, text) = text.split_once('年')?;
    let (month, text) = text.split_once('月')?;
    let (day, rest) = text.split_once('日')?;
    if !rest.is_empty() {
        return None;
    }
    let (year, month, day) = (parse_year(year)?, month.parse().ok()?, day.parse().ok()?);
    Some(year.and_then(|year| Date::new(year, month, day)))
}

/// Parses a year, also of an era; `Some(None)` for the year 0.
fn parse_year(text: &str) -> Option<Option<u16>> {
    let era = ERAS
        .iter()
        .find_map(|(era, before)| Some((text.strip_prefix(era)?, *before)));
    match era {
        Some(("元", before)) => Some(Some(before + 1)),
        Some((number, before)) => {
            let number: u16 = number.parse().ok()?;
            let year = (number > 0).then(|| before.checked_add(number));
            Some(year.flatten())
        }
        // Fewer digits may be a year of an era.
        None => Some(Some(text.parse().ok().filter(|_| text.len() == 4)?)),
    }
}
