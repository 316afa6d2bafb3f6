//! Letters of scripts written from right to left.

/// Returns true for the letters of Hebrew, Arabic and the scripts beside them in Unicode.
pub(crate) fn is_right_to_left(character: char) -> bool {
    let is_script = matches!(character,
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}');
    is_script && character.is_alphabetic()
}
