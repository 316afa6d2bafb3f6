//! Chinese, Japanese and Korean characters: the only table of their ranges in this crate.

/// Returns true if a line break between these two characters is no space to a reader.
///
/// Chinese and Japanese write no space between words, and none beside full-width punctuation.
/// Korean does.
pub(crate) fn is_unspaced_break(before: char, after: char) -> bool {
    let both = is_chinese_or_japanese(before) && is_chinese_or_japanese(after);
    both || is_full_width_symbol(before) || is_full_width_symbol(after)
}

/// Returns true for Chinese and Japanese letters, signs and punctuation.
pub(crate) fn is_chinese_or_japanese(character: char) -> bool {
    is_kana_or_han(character)
        || matches!(character,
            // Radicals, punctuation, bopomofo, enclosed and vertical signs.
            '\u{2e80}'..='\u{303f}'
            | '\u{3100}'..='\u{312f}'
            | '\u{3190}'..='\u{33ff}'
            | '\u{fe30}'..='\u{fe4f}'
            // Full-width and half-width signs and letters.
            | '\u{ff01}'..='\u{ff9f}'
            | '\u{ffe0}'..='\u{ffe6}')
}

/// Returns true for the letters of scripts without spaces between words.
pub(crate) fn is_kana_or_han(character: char) -> bool {
    matches!(character,
        '\u{3005}'
        // Kana.
        | '\u{3040}'..='\u{30ff}'
        // Han characters.
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Returns true for hiragana, in which Japanese writes endings and particles.
pub(crate) fn is_hiragana(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{309f}')
}

/// Returns true for Korean letters.
pub(crate) fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}')
}

/// Returns true for punctuation and symbols of any script.
pub(crate) fn is_symbol(character: char) -> bool {
    !character.is_alphanumeric() && !character.is_whitespace()
}

/// Full-width punctuation includes its own space.
fn is_full_width_symbol(character: char) -> bool {
    is_chinese_or_japanese(character) && is_symbol(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_between_unspaced_characters_are_no_space() {
        for (before, after) in [
            ('本', '語'),
            ('、', 'U'),
            ('A', '（'),
            ('で', '￥'),
            ('ｶ', 'ー'),
        ] {
            assert!(is_unspaced_break(before, after), "{before}{after}");
        }
        for (before, after) in [
            ('本', 'U'),
            ('A', 'B'),
            ('한', '국'),
            ('A', '-'),
            ('ㄱ', '한'),
        ] {
            assert!(!is_unspaced_break(before, after), "{before}{after}");
        }
    }
}
