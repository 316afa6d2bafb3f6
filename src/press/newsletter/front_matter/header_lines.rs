//! Front matter as lines `Name: value`.

use super::key::FrontMatterKey;
use super::settings::RawEntry;
use crate::newsletter::label::Label;

/// Parses the lines `Name: value` from the first line on, and returns their length.
///
/// There are none if the first name is unknown.
pub(super) fn parse_entries(text: &str) -> (Vec<RawEntry>, usize) {
    let mut entries = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let Some((name, value)) = split_name_and_value(line) else {
            break;
        };
        // “Headlines:” is the label of the list below.
        if Label::find_at_start(line).is_some_and(|(label, _)| label.has_list()) {
            break;
        }
        // Text may begin like a setting, but not with one that is known.
        let is_first = entries.is_empty();
        if is_first && (FrontMatterKey::parse(name).is_none() || value.trim().is_empty()) {
            break;
        }
        let span = length..length + line.trim_end().len();
        entries.push(RawEntry {
            name: name.to_owned(),
            value: Some(value.to_owned()),
            span,
        });
        length += line.len();
    }
    (entries, length)
}

fn split_name_and_value(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (name, value) = line
        .split_once(": ")
        .or_else(|| line.split_once('：'))
        .or_else(|| line.strip_suffix(':').map(|name| (name, "")))?;
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || " ._-".contains(character))
    };
    let is_setting = is_name(name) && !name.starts_with(' ');
    is_setting.then_some((name, value))
}
