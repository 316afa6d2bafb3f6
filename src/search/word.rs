//! The boundaries of words: where the class of the characters changes.

use std::ops::Range;

#[derive(Clone, Copy, PartialEq)]
enum CharacterClass {
    /// Letters and digits of scripts with spaces, and of those for which no dictionary is here.
    Letter,
    Han,
    Hiragana,
    Katakana,
    /// Apart from letters, because a Korean particle follows a Latin name without a space.
    Hangul,
    /// Punctuation, symbols and white space.
    Other,
}

/// Returns true if a word begins at the start of the range and a word ends at its end.
pub(crate) fn is_whole_word(text: &str, range: Range<usize>) -> bool {
    is_boundary(text, range.start) && is_boundary(text, range.end)
}

fn is_boundary(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else {
        return false;
    };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) => {
            let class = classify(before);
            class == CharacterClass::Other || class != classify(after)
        }
        _ => true,
    }
}

/// Returns true for Chinese and Japanese letters, and those of the scripts of Southeast Asia that
/// are written without spaces.
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(
        classify(character),
        CharacterClass::Han | CharacterClass::Hiragana | CharacterClass::Katakana
    ) || matches!(character,
        // Thai and Lao, Tibetan, Myanmar, Khmer.
        '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Returns true for letters and digits.
pub(crate) fn is_letter(character: char) -> bool {
    classify(character) != CharacterClass::Other
}

fn classify(character: char) -> CharacterClass {
    match character {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => CharacterClass::Letter,
        '\0'..='\u{bf}' => CharacterClass::Other,
        '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => CharacterClass::Han,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => CharacterClass::Han,
        '\u{3041}'..='\u{309f}' => CharacterClass::Hiragana,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => CharacterClass::Katakana,
        '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => CharacterClass::Katakana,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' => CharacterClass::Hangul,
        '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97f}' => CharacterClass::Hangul,
        character if is_symbol(character) => CharacterClass::Other,
        _ => CharacterClass::Letter,
    }
}

/// Returns true for punctuation and symbols that newsletters use. Rare ones count as letters, which
/// keeps tables of all letters out of a reader's page.
fn is_symbol(character: char) -> bool {
    matches!(character,
        '×' | '÷'
        // Armenian, Hebrew, Arabic, Indic, Thai, Ethiopic and Khmer punctuation.
        | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}'
        | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5c6}' | '\u{5f3}' | '\u{5f4}'
        | '\u{600}'..='\u{60f}' | '\u{61b}'..='\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}'
        | '\u{964}' | '\u{965}' | '\u{970}'
        | '\u{e4f}' | '\u{e5a}' | '\u{e5b}'
        | '\u{f04}'..='\u{f14}'
        | '\u{104a}'..='\u{104f}'
        | '\u{1361}'..='\u{1368}'
        | '\u{17d4}'..='\u{17d6}' | '\u{17d8}'..='\u{17db}'
        | '\u{1680}'
        // General punctuation, currencies, arrows, mathematics, shapes.
        | '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20cf}'
        | '\u{2100}'..='\u{2bff}'
        | '\u{2e00}'..='\u{2e7f}'
        // Chinese and Japanese punctuation, enclosed signs, full-width punctuation.
        | '\u{3000}'..='\u{303f}'
        | '\u{30a0}' | '\u{30fb}'
        | '\u{3200}'..='\u{33ff}'
        | '\u{4dc0}'..='\u{4dff}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fd3e}' | '\u{fd3f}'
        | '\u{fe10}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' | '\u{ffe0}'..='\u{ffff}'
        // Emoji.
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_the_class_changes() {
        for (text, term, is_whole) in [
            ("rust", "rust", true),
            ("a rust b", "rust", true),
            ("rusty", "rust", false),
            ("trust", "rust", false),
            ("rust2024", "rust", false),
            ("(rust)", "rust", true),
            ("rust_lang", "rust", true),
            ("c++ 23", "c++", true),
            ("l'eau", "eau", true),
            ("新幹線", "線", false),
            ("「新幹線は」", "新幹線", true),
            ("新幹線ホーム", "新幹線", true),
            ("コーヒー豆", "コーヒー", true),
            ("コーヒー", "コーヒ", false),
            ("データ・ベース", "データ", true),
            ("ひらがな", "がな", false),
            ("東京tower", "tower", true),
            ("한국어", "한국", false),
            ("한국 뉴스", "한국", true),
            ("ai는", "ai", true),
            ("новости", "новост", false),
            ("«новости»", "новости", true),
            ("اخبار، اليوم", "اخبار", true),
            ("الاخبار", "اخبار", false),
            ("בית-ספר", "ספר", true),
            ("हिन्दी।", "हिन्दी", true),
            ("हिन्दी", "हिन", false),
            ("ประเทศไทย", "ไทย", false),
            ("rust🦀", "rust", true),
            ("a…b", "b", true),
            ("οδοσ", "οδο", false),
        ] {
            let start = text.find(term).unwrap();
            let range = start..start + term.len();
            assert_eq!(is_whole_word(text, range), is_whole, "{term} in {text}");
        }
    }

    #[test]
    fn all_letters_are_letters() {
        let missed: String = ('\0'..=char::MAX)
            .filter(|c| c.is_alphabetic() && !is_letter(*c))
            // Signs that folding replaces, and enclosed letters.
            .filter(|c| !matches!(c, 'ª' | 'µ' | 'º' | '\u{2071}'..='\u{2bff}'))
            .filter(|c| !matches!(c, '\u{1f100}'..='\u{1f1ff}'))
            .collect();
        // Iteration marks of vertical kana, Suzhou numerals and other signs.
        assert_eq!(missed, "ⸯ〆〡〢〣〤〥〦〧〨〩〱〲〳〴〵〸〹〺〻〼");
    }
}
