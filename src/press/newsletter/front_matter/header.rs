use super::{Entry, Key};

/// The lines `Name: value` from the first line on, and their length: none if the first name is unknown.
pub(super) fn entries(text: &str) -> (Vec<Entry>, usize) {
    let mut entries = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let Some((name, value)) = name_and_value(line) else {
            break;
        };
        if entries.is_empty() && Key::of(name).is_none() {
            break;
        }
        let span = length..length + line.trim_end().len();
        entries.push(Entry {
            name: name.to_owned(),
            value: Some(value.to_owned()),
            span,
        });
        length += line.len();
    }
    (entries, length)
}

fn name_and_value(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(": ").or_else(|| line.split_once('：'))?;
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || " ._-".contains(character))
    };
    let is_sound = is_name(name) && !name.starts_with(' ') && !value.trim().is_empty();
    is_sound.then_some((name, value))
}
