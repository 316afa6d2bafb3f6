//! Clusters: a character with what is written upon it or folded together with it.

use crate::fold::is_ignored;

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Returns where each cluster of a text begins, and the length of the text.
///
/// The fold of a text is the folds of its clusters one after another.
pub(crate) fn find_cluster_bounds(text: &str) -> Vec<usize> {
    let mut previous = '\0';
    let starts = text.char_indices().filter_map(|(at, character)| {
        let is_joined = joins_previous(character) || previous == ZERO_WIDTH_JOINER;
        previous = character;
        (at == 0 || !is_joined).then_some(at)
    });
    let mut bounds: Vec<usize> = starts.collect();
    if !text.is_empty() {
        bounds.push(text.len());
    }
    bounds
}

/// Returns true for a character that belongs to the cluster of the one before.
pub(crate) fn joins_previous(character: char) -> bool {
    !character.is_ascii()
        && (is_ignored(character) || is_indic_sign(character) || is_sign(character))
}

/// The blocks from Devanagari to Malayalam have their signs at the same places.
fn is_indic_sign(character: char) -> bool {
    let place = u32::from(character) & 0x7f;
    matches!(character, '\u{900}'..='\u{d7f}')
        && matches!(place, 0..=3 | 0x3a..=0x4f | 0x51..=0x57 | 0x62 | 0x63)
}

/// Scripts of few readers are here with their letters, so a match there marks a whole word.
fn is_sign(character: char) -> bool {
    matches!(character,
        // Cyrillic, Arabic, Syriac, Thaana, N'Ko and Samaritan.
        '\u{483}'..='\u{489}'
        | '\u{610}'..='\u{61a}'
        | '\u{6d6}'..='\u{6ed}'
        | '\u{711}'..='\u{74a}'
        | '\u{7a6}'..='\u{7b0}'
        | '\u{7eb}'..='\u{85b}'
        | '\u{897}'..='\u{89f}'
        | '\u{8ca}'..='\u{8ff}'
        // Bengali, Gurmukhi, Gujarati, Sinhala.
        | '\u{9fe}'
        | '\u{a70}' | '\u{a71}' | '\u{a75}'
        | '\u{afa}'..='\u{aff}'
        | '\u{d81}'..='\u{d83}'
        | '\u{dca}'..='\u{ddf}'
        | '\u{df2}' | '\u{df3}'
        // Thai, Lao, Tibetan, Myanmar.
        | '\u{e31}'
        | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}'
        | '\u{eb1}'
        | '\u{eb4}'..='\u{ebc}'
        | '\u{ec8}'..='\u{ece}'
        | '\u{f18}' | '\u{f19}'
        | '\u{f35}'..='\u{f39}'
        | '\u{f3e}' | '\u{f3f}'
        | '\u{f71}'..='\u{fc6}'
        | '\u{102b}'..='\u{103e}'
        | '\u{1056}'..='\u{109d}'
        // The vowels and finals of Hangul.
        | '\u{1160}'..='\u{11ff}'
        | '\u{3131}'..='\u{318e}'
        | '\u{d7b0}'..='\u{d7fb}'
        | '\u{ffa0}'..='\u{ffdc}'
        // Ethiopic, Philippine scripts, Khmer, Mongolian, scripts of Asia up to Vedic signs.
        | '\u{135d}'..='\u{135f}'
        | '\u{1712}'..='\u{1773}'
        | '\u{17b4}'..='\u{17d3}'
        | '\u{17dd}'
        | '\u{1885}'..='\u{18a9}'
        | '\u{1920}'..='\u{193b}'
        | '\u{1a17}'..='\u{1a7f}'
        | '\u{1b00}'..='\u{1c37}'
        | '\u{1cd0}'..='\u{1cf9}'
        // Coptic, Tifinagh, Cyrillic.
        | '\u{2cef}'..='\u{2cf1}'
        | '\u{2d7f}'..='\u{2dff}'
        | '\u{a66f}'..='\u{a67d}'
        | '\u{a69e}' | '\u{a69f}'
        // Tones, and the voicing marks of kana in both widths.
        | '\u{302a}'..='\u{302f}'
        | '\u{3099}' | '\u{309a}'
        | '\u{ff9e}' | '\u{ff9f}'
        // Bamum, scripts of India and Indonesia, Meetei Mayek, Hebrew.
        | '\u{a6f0}' | '\u{a6f1}'
        | '\u{a802}'..='\u{aaf6}'
        | '\u{abe3}'..='\u{abed}'
        | '\u{fb1e}'
        // Historic scripts, musical symbols, sign writing, Adlam, skin tones of emoji.
        | '\u{101fd}'..='\u{11fff}'
        | '\u{16110}'..='\u{1612f}'
        | '\u{16af0}'..='\u{16ff1}'
        | '\u{1bc9d}' | '\u{1bc9e}'
        | '\u{1cf00}'..='\u{1cf46}'
        | '\u{1d127}'..='\u{1d128}'
        | '\u{1d165}'..='\u{1d281}'
        | '\u{1da00}'..='\u{1daaf}'
        | '\u{1e000}'..='\u{1e95f}'
        | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

    use super::*;
    use crate::Normalizer;
    use crate::test_support::{NativeNormalizer, Random, fold_text, hostile_strings};

    fn split_clusters(text: &str) -> Vec<&str> {
        let bounds = find_cluster_bounds(text);
        bounds
            .windows(2)
            .map(|pair| &text[pair[0]..pair[1]])
            .collect()
    }

    #[test]
    fn marks_are_in_the_cluster_of_their_letter() {
        for (text, clusters) in [
            ("", vec![]),
            ("abc", vec!["a", "b", "c"]),
            ("e\u{301}\u{323}a", vec!["e\u{301}\u{323}", "a"]),
            ("\u{301}a", vec!["\u{301}", "a"]),
            ("ﾊﾟｶﾞ", vec!["ﾊﾟ", "ｶﾞ"]),
            ("か\u{3099}か", vec!["か\u{3099}", "か"]),
            ("हिन्दी", vec!["हि", "न्", "दी"]),
            ("ที่นี่", vec!["ที่", "นี่"]),
            (
                "\u{1112}\u{1161}\u{11ab}국",
                vec!["\u{1112}\u{1161}\u{11ab}", "국"],
            ),
            ("👩\u{200d}👧👍🏽", vec!["👩\u{200d}👧", "👍🏽"]),
            ("so\u{ad}ft", vec!["s", "o\u{ad}", "f", "t"]),
        ] {
            assert_eq!(split_clusters(text), clusters, "{text:?}");
        }
    }

    #[test]
    fn every_character_that_reorders_or_composes_joins() {
        let seconds: Vec<char> = ('\0'..=char::MAX)
            .filter_map(|character| {
                let mut canonical = Vec::new();
                unicode_normalization::char::decompose_canonical(character, |c| canonical.push(c));
                canonical.last().copied().filter(|_| canonical.len() > 1)
            })
            .collect();
        let mut is_second = vec![false; 0x11_0000];
        for second in seconds {
            is_second[second as usize] = true;
        }
        let must_join = |character: &char| {
            let decomposed = NativeNormalizer.decompose(&character.to_string());
            let first = decomposed.chars().find(|character| !is_ignored(*character));
            first.is_some_and(|first| {
                canonical_combining_class(first) != 0 || is_second[first as usize]
            })
        };
        let missed: Vec<String> = ('\0'..=char::MAX)
            .filter(|character| must_join(character) && !joins_previous(*character))
            .map(|character| format!("{:x}", character as u32))
            .collect();
        assert_eq!(missed, [""; 0]);
    }

    #[test]
    fn fold_of_a_text_is_the_folds_of_its_clusters() {
        let characters: Vec<char> =
            "aéßﬁ\u{301}\u{323}\u{ad}\u{200d} か\u{3099}ﾊﾟ\u{1112}\u{1161}\u{11ab}한ㅎㅏㄴ\
            क\u{93c}ि\u{94d}\u{9c7}\u{9be}ا\u{654}\u{64e}ש\u{5b8}😀🏽\n"
                .chars()
                .collect();
        let mut random = Random(7);
        let generated = (0..5000).map(|_| random.text(&characters, 12));
        for text in hostile_strings().into_iter().chain(generated) {
            let folds: String = split_clusters(&text).into_iter().map(fold_text).collect();
            assert_eq!(folds, fold_text(&text), "{text:?}");
        }
    }
}
