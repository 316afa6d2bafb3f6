//! White space as a browser shows it.

use crate::cjk::is_chinese_or_japanese;

/// Collapses white space as a browser does; `before` is the last character before the text.
pub(crate) fn collapse(text: &str, before: Option<char>) -> String {
    const SPACES: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];
    let mut collapsed = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let trimmed = rest.trim_start_matches(SPACES);
        let (spaces, _) = rest.split_at(rest.len() - trimmed.len());
        let (word, after) = trimmed.split_at(trimmed.find(SPACES).unwrap_or(trimmed.len()));
        if is_space_shown(
            spaces,
            collapsed.chars().next_back().or(before),
            word.chars().next(),
        ) {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
        rest = after;
    }
    collapsed
}

/// Returns true if a browser shows a space for these spaces between two characters.
fn is_space_shown(spaces: &str, before: Option<char>, after: Option<char>) -> bool {
    match before {
        _ if spaces.is_empty() => false,
        // The start of a line, or another space.
        None | Some(' ') => false,
        // Chinese and Japanese have no spaces between words: the line break is only in the file.
        Some(before) => {
            !(spaces.contains('\n')
                && is_chinese_or_japanese(before)
                && after.is_some_and(is_chinese_or_japanese))
        }
    }
}

/// Returns true for characters that show nothing. Mail programs fill the preview of a mail with
/// them.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
