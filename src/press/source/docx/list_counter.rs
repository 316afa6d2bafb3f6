//! Counts the items of lists as Word does, and writes their markers.

use std::collections::{HashMap, HashSet};

use super::numbering::{ListLevel, MAX_LEVELS, Numbering};
use crate::source::document::ItemMarker;
use crate::source::number_format::format_number;

/// Maximum length of a marker's pattern in characters; Word's are shorter.
const MAX_PATTERN: usize = 100;

/// The marker before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListMarker {
    Bullet,
    /// `1.` or `1)`.
    Number {
        value: usize,
        delimiter: char,
    },
    /// Any other marker, with the space behind it.
    Text(String),
    /// No marker: some programs write further paragraphs of an item like this.
    None,
}

/// The numbers reached in each list.
#[derive(Default)]
pub(crate) struct ListCounter<'a> {
    /// By abstract list, the last number of each level.
    numbers: HashMap<&'a str, [Option<usize>; MAX_LEVELS]>,
    /// The levels of lists that have restarted with a number of their own.
    restarted: HashSet<(&'a str, usize)>,
}

impl<'a> ListCounter<'a> {
    /// Counts an item and returns its marker. A list that is not defined has bullets.
    pub(crate) fn count_item(
        &mut self,
        numbering: &Numbering<'a>,
        list: &'a str,
        level: usize,
    ) -> ListMarker {
        let format = numbering.level(list, level).filter(|_| level < MAX_LEVELS);
        let (Some(format), Some(base)) = (format, numbering.base(list)) else {
            return ListMarker::Bullet;
        };
        let start_override = numbering.start_override(list, level);
        let restarts = start_override.is_some() && self.restarted.insert((list, level));
        let numbers = self.numbers.entry(base).or_default();
        if let Some(number) = numbers.get_mut(level) {
            let next = number
                .filter(|_| !restarts)
                .map(|last| last.saturating_add(1));
            *number = next.or(start_override).or(Some(format.start));
        }
        for (index, number) in numbers.iter_mut().enumerate().skip(level + 1) {
            let restart = numbering
                .level(list, index)
                .and_then(|format| format.restart);
            if level < restart.unwrap_or(index) {
                *number = None;
            }
        }
        // Levels above that have no item yet are shown with their start.
        let number = |index: usize| {
            let start = || numbering.level(list, index).map(|format| format.start);
            numbers.get(index).copied().flatten().or_else(start)
        };
        let notation = |index| {
            let level = numbering.level(list, index);
            level.map_or("decimal", |level| level.notation)
        };
        write_marker(&format, number, notation)
    }
}

fn write_marker<'a>(
    format: &ListLevel<'a>,
    number: impl Fn(usize) -> Option<usize>,
    notation: impl Fn(usize) -> &'a str,
) -> ListMarker {
    if format.has_picture {
        return ListMarker::Bullet;
    }
    let mut text = String::new();
    let mut pattern = format.text.chars().take(MAX_PATTERN).peekable();
    while let Some(character) = pattern.next() {
        let level = pattern.peek().and_then(|digit| digit.to_digit(10));
        match level.and_then(|level| (level as usize).checked_sub(1)) {
            Some(level) if character == '%' => {
                pattern.next();
                let notation = if format.is_decimal {
                    "decimal"
                } else {
                    notation(level)
                };
                text.push_str(
                    &number(level)
                        .map(|number| write_number(notation, number))
                        .unwrap_or_default(),
                );
            }
            _ => text.push(character),
        }
    }
    classify(text.trim(), format)
}

/// Writes a number; notations that are not known become decimal.
fn write_number(notation: &str, number: usize) -> String {
    format_number(notation, number).unwrap_or_else(|| number.to_string())
}

fn classify(text: &str, format: &ListLevel<'_>) -> ListMarker {
    // U+F020 is the space of the font Symbol.
    if text.trim_matches('\u{f020}').is_empty() {
        return ListMarker::None;
    }
    if format.notation == "bullet" || !text.contains(char::is_alphanumeric) {
        return ListMarker::Bullet;
    }
    match parse_plain_number(text) {
        Some((value, delimiter)) => ListMarker::Number { value, delimiter },
        None if format.is_tight => ListMarker::Text(text.to_owned()),
        None => ListMarker::Text(format!("{text} ")),
    }
}

/// Parses `1.` or `1)`, which Markdown has too.
fn parse_plain_number(text: &str) -> Option<(usize, char)> {
    let delimiter = text
        .chars()
        .next_back()
        .filter(|sign| ".)".contains(*sign))?;
    let digits = text.strip_suffix(delimiter)?;
    let is_plain = digits == "0" || !digits.starts_with(['0', '+']);
    let value = digits
        .parse()
        .ok()
        .filter(|value| *value <= ItemMarker::MAX_NUMBER && is_plain)?;
    Some((value, delimiter))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::super::styles::Styles;
    use super::*;

    /// Returns the markers of items, each given by its list and level.
    fn count(levels: &str, lists: &str, items: &[(&'static str, usize)]) -> Vec<String> {
        let xml = format!(
            "<numbering><abstractNum abstractNumId='0'>{levels}</abstractNum>\
             <num numId='1'><abstractNumId val='0'/></num>{lists}</numbering>"
        );
        let parts = [Document::parse(&xml).unwrap()];
        let numbering = Numbering::parse(&parts, &Styles::default());
        let mut counter = ListCounter::default();
        let markers =
            items.iter().map(
                |(list, level)| match counter.count_item(&numbering, list, *level) {
                    ListMarker::Bullet => "-".to_owned(),
                    ListMarker::Number { value, delimiter } => format!("{value}{delimiter}"),
                    ListMarker::Text(text) => text,
                    ListMarker::None => String::new(),
                },
            );
        markers.collect()
    }

    fn level(index: usize, notation: &str, text: &str, more: &str) -> String {
        format!(
            "<lvl ilvl='{index}'><start val='1'/><numFmt val='{notation}'/><lvlText val='{text}'/>{more}</lvl>"
        )
    }

    #[test]
    fn every_kind_of_marker_is_written() {
        for (notation, text, expected) in [
            ("decimal", "%1.", ["1.", "2."]),
            ("decimal", "%1)", ["1)", "2)"]),
            ("decimal", "%1", ["1 ", "2 "]),
            ("decimalZero", "%1.", ["01. ", "02. "]),
            ("lowerLetter", "(%1)", ["(a) ", "(b) "]),
            ("upperRoman", "%1)", ["I) ", "II) "]),
            ("decimal", "第%1条", ["第1条 ", "第2条 "]),
            ("none", "Note:", ["Note: ", "Note: "]),
            ("bullet", "o", ["-", "-"]),
            ("bullet", "•", ["-", "-"]),
            ("none", " ", ["", ""]),
            ("hebrew1", "%1.", ["1.", "2."]),
        ] {
            let levels = level(0, notation, text, "");
            assert_eq!(
                count(&levels, "", &[("1", 0), ("1", 0)]),
                expected,
                "{notation} {text}"
            );
        }
    }

    #[test]
    fn levels_restart_below_items_above_them() {
        let items = [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 0),
            ("1", 1),
            ("1", 2),
            ("1", 1),
            ("1", 2),
        ];
        let levels = |restart: &str| {
            level(0, "upperRoman", "%1.", "")
                + &level(1, "decimal", "%1.%2.", "<isLgl/>")
                + &level(2, "lowerLetter", "%3)", restart)
        };
        let usual = count(&levels(""), "", &items);
        assert_eq!(
            usual,
            [
                "I. ", "1.1. ", "1.2. ", "II. ", "2.1. ", "a) ", "2.2. ", "a) "
            ]
        );
        for (restart, last) in [("0", "b) "), ("1", "b) "), ("2", "a) ")] {
            let restart = format!("<lvlRestart val='{restart}'/>");
            assert_eq!(count(&levels(&restart), "", &items)[7], last, "{restart}");
        }
    }

    #[test]
    fn levels_above_without_items_show_their_start() {
        let levels = level(0, "decimal", "%1.", "") + &level(1, "decimal", "%1.%2", "");
        assert_eq!(count(&levels, "", &[("1", 1), ("1", 0)]), ["1.1 ", "1."]);
    }

    #[test]
    fn lists_on_one_base_count_together_unless_they_override_the_start() {
        let lists = "<num numId='2'><abstractNumId val='0'/></num>\
            <num numId='3'><abstractNumId val='0'/><lvlOverride ilvl='0'><startOverride val='7'/></lvlOverride></num>";
        let levels = level(0, "decimal", "%1.", "");
        let items = [("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0)];
        assert_eq!(
            count(&levels, lists, &items),
            ["1.", "2.", "7.", "8.", "9."]
        );
    }

    #[test]
    fn level_of_a_list_overrides_that_of_its_base() {
        let own = level(0, "upperLetter", "%1:", "<suff val='nothing'/>");
        let lists = format!(
            "<num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='0'>{own}</lvlOverride></num>"
        );
        assert_eq!(
            count(&level(0, "decimal", "%1.", ""), &lists, &[("2", 0)]),
            ["A:"]
        );
    }
}
