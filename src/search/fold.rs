//! Folding of case, accents and width, for entries and queries alike.

/// Unicode normalisation, which a browser does with `String.prototype.normalize`.
pub trait Normalizer {
    /// Returns the compatibility decomposition (NFKD), in lower case:
    /// `text.normalize("NFKD").toLowerCase()`.
    fn decompose(&self, text: &str) -> String;

    /// Returns the canonical composition (NFC): `text.normalize("NFC")`.
    fn compose(&self, text: &str) -> String;
}

/// Folds case, accents, width, quotes and dashes of a text.
///
/// - `É` and `é` become `e`, `ＮＡＴＯ` becomes `nato`, `ß` becomes `ss`. Vowel points of Arabic and
///   Hebrew are removed. The voicing marks of kana stay: `が` is another letter than `か`.
/// - Soft hyphens and characters of no width are removed.
/// - White space, line breaks too, becomes a space each. So `\n` can separate the entries of an
///   [`Index`](crate::Index).
pub fn fold(text: &str, normalizer: &impl Normalizer) -> String {
    if text.chars().all(is_normalized) {
        return fold_characters(&text.to_ascii_lowercase());
    }
    let decomposed = normalizer.decompose(text);
    // Kana and Hangul are composed again.
    normalizer.compose(&fold_characters(&decomposed))
}

/// Returns true for frequent characters that normalisation does not change, whatever is between
/// them.
fn is_normalized(character: char) -> bool {
    matches!(character,
        '\0'..='\x7f'
        // Chinese and Japanese punctuation, hiragana, katakana, Han.
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | 'ー'
        | '\u{4e00}'..='\u{9fff}'
        // Hangul syllables.
        | '\u{ac00}'..='\u{d7a3}')
}

/// Folds each character of a decomposed text in lower case.
fn fold_characters(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            folded.push(' ');
        } else if character.is_ascii() {
            folded.push(character);
        } else if let Some(replacement) = find_replacement(character) {
            folded.push_str(replacement);
        } else if !is_ignored(character) {
            folded.push(character);
        }
    }
    folded
}

/// Returns the folded form of quotes, dashes, and letters that Unicode does not decompose.
fn find_replacement(character: char) -> Option<&'static str> {
    Some(match character {
        // Readers type a straight quote for Hebrew geresh and gershayim too.
        '‘' | '’' | '‚' | '‛' | 'ʻ' | 'ʼ' | 'ʹ' | '′' | '׳' => "'",
        '“' | '”' | '„' | '‟' | '״' => "\"",
        '\u{2010}'..='\u{2015}' | '−' | '⸺' | '⸻' | '־' => "-",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ƀ' | 'ɓ' => "b",
        'ƈ' => "c",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ɛ' | 'ə' | 'ǝ' => "e",
        'ƒ' => "f",
        'ɠ' | 'ǥ' => "g",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ĸ' | 'ƙ' => "k",
        'ł' | 'ƚ' => "l",
        'ŋ' | 'ɲ' => "n",
        'ø' | 'ɔ' => "o",
        'ƥ' => "p",
        'ŧ' | 'ƭ' => "t",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' => "y",
        'ƶ' => "z",
        'ς' => "σ",
        _ => return None,
    })
}

/// Returns true for marks and invisible characters that make no difference to the search.
pub(crate) fn is_ignored(character: char) -> bool {
    matches!(character,
        // Accents, and marks for symbols.
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        // Hebrew points, without the punctuation between them.
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'..='\u{5c9}'
        // Arabic vowels and hamza, tatweel.
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{640}'
        // Soft hyphen, joiners, directions, selectors of variants, tags.
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::test_support::{NativeNormalizer, fold_text};

    #[test]
    fn equal_spellings_fold_to_the_same() {
        for (kind, text, folded) in [
            ("case", "Rust RUST", "rust rust"),
            ("accents", "É é è ê ñ ç Å e\u{301}", "e e e e n c a e"),
            (
                "German",
                "Straße STRASSE Größe ẞ",
                "strasse strasse grosse ss",
            ),
            ("Polish", "Łódź łódź", "lodz lodz"),
            ("Danish", "Ærø Århus", "aero arhus"),
            ("French", "Œuvre ÇA", "oeuvre ca"),
            ("Icelandic", "Þór Ðað", "thor dad"),
            (
                "Turkish",
                "İstanbul ISTANBUL ışık IŞIK",
                "istanbul istanbul isik isik",
            ),
            ("Vietnamese", "Đường Việt Nam", "duong viet nam"),
            ("Greek", "ΟΔΌΣ Οδός οδοσ", "οδοσ οδοσ οδοσ"),
            ("Russian", "Ёлка ЕЛКА Йод", "елка елка иод"),
            ("Arabic", "أَخْبَارٌ اخبار كتـــاب", "اخبار اخبار كتاب"),
            ("Hebrew points", "שָׁלוֹם שלום \u{fb2a}", "שלום שלום ש"),
            ("Hebrew punctuation", "צה״ל בית־ספר", "צה\"ל בית-ספר"),
            ("full width", "ＮＡＴＯ　２０２５", "nato 2025"),
            ("half width", "ﾊﾟﾝ ｶﾞｽ", "パン ガス"),
            ("voicing marks", "か\u{3099} が か", "が が か"),
            ("Hangul", "\u{1112}\u{1161}\u{11ab}국 한국", "한국 한국"),
            ("Hindi keeps its vowels", "हिन्दी", "हिन्दी"),
            ("Thai keeps its vowels", "ที่นี่", "ที่นี่"),
            ("ligatures", "ﬁnal ﬀ", "final ff"),
            (
                "apostrophes",
                "don’t don‘t donʼt don't",
                "don't don't don't don't",
            ),
            ("quotes", "“a” „b‟", "\"a\" \"b\""),
            ("dashes", "a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
            (
                "invisible",
                "so\u{ad}ft z\u{200b}w\u{feff}j\u{200d} \u{202e}x",
                "soft zwj x",
            ),
            (
                "selectors",
                "葛\u{e0100} ❤\u{fe0f} 1\u{fe0f}\u{20e3}",
                "葛 ❤ 1",
            ),
            (
                "line breaks",
                "a\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h",
                "a b c d e f g h",
            ),
            ("white space", "a\tb\u{a0}c\u{3000}d", "a b c d"),
            ("nothing", "", ""),
        ] {
            assert_eq!(fold_text(text), folded, "{kind}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for text in crate::test_support::hostile_strings() {
            let folded = fold_text(&text);
            assert_eq!(fold_text(&folded), folded, "{text:?}");
            assert!(!folded.contains('\n'), "{text:?}");
        }
    }

    #[test]
    fn characters_folded_without_normalisation_are_not_changed_by_it() {
        for character in ('\0'..=char::MAX).filter(|character| is_normalized(*character)) {
            let text = character.to_string();
            assert_eq!(
                NativeNormalizer.compose(&NativeNormalizer.decompose(&text)),
                text.to_ascii_lowercase()
            );
        }
    }

    #[test]
    fn ascii_han_kana_and_hangul_need_no_normalisation() {
        struct Counting(Cell<u32>);
        impl Normalizer for Counting {
            fn decompose(&self, text: &str) -> String {
                self.0.set(self.0.get() + 1);
                text.to_owned()
            }
            fn compose(&self, text: &str) -> String {
                self.decompose(text)
            }
        }
        let counting = Counting(Cell::default());
        fold("Rust 1.95: 「新幹線」が 한국", &counting);
        assert_eq!(counting.0.get(), 0);
        fold("é", &counting);
        assert_eq!(counting.0.get(), 2);
    }
}
