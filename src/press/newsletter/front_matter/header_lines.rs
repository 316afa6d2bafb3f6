//! Front matter as lines `Name: value`.

use super::key::FrontMatterKey;
use super::settings::RawEntry;

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
        if entries.is_empty() && FrontMatterKey::parse(name).is_none() {
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
    let (name, value) = line.split_once(": ").or_else(|| line.split_once('：'))?;
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || " ._-".contains(character))
    };
    let is_setting = is_name(name) && !name.starts_with(' ') && !value.trim().is_empty();
    is_setting.then_some((name, value))
}
