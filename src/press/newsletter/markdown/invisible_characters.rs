//! Finds invisible characters that change what readers see or search for.

use super::joined_text::JoinedText;
use crate::right_to_left::is_right_to_left;
use crate::source_map::Span;
use crate::{Diagnostic, Rule};

/// Returns a warning for each kind of invisible character in a paragraph, at its first place.
pub(super) fn find_invisible_characters(paragraph: &JoinedText) -> Vec<Diagnostic> {
    let text = &paragraph.text;
    let has_right_to_left = text.chars().any(is_right_to_left);
    let mut found: Vec<(char, usize, usize)> = Vec::new();
    for (start, character) in text.char_indices() {
        if !is_invisible(character) || is_needed(character, text, start, has_right_to_left) {
            continue;
        }
        match found.iter_mut().find(|(known, ..)| *known == character) {
            Some((.., count)) => *count += 1,
            None => found.push((character, start, 1)),
        }
    }
    let warning = |(character, start, count): (char, usize, usize)| {
        let span = paragraph.source_span(start..start + character.len_utf8());
        invisible_warning(character, count, span)
    };
    found.into_iter().map(warning).collect()
}

fn invisible_warning(character: char, count: usize, span: Span) -> Diagnostic {
    let times = if count > 1 {
        format!(", {count} times in this paragraph")
    } else {
        String::new()
    };
    let (name, effect) = describe(character);
    Diagnostic::warning(
        Rule::InvisibleCharacter,
        span,
        format!(
            "there is {name} (U+{:04X}) here{times}: {effect}",
            u32::from(character)
        ),
        "delete it, or type this part of the text again",
    )
}

fn describe(character: char) -> (&'static str, &'static str) {
    match character {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            (
                "an invisible character for the direction of text",
                "the signs around it may appear in another order",
            )
        }
        '\u{ad}' => (
            "a soft hyphen",
            "searching the page for this word may not find it",
        ),
        _ => (
            "an invisible character",
            "readers do not see it, and searching the page may not find this word",
        ),
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}')
}

/// Returns true if the script around a character needs it.
fn is_needed(character: char, text: &str, start: usize, has_right_to_left: bool) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[start..].chars().nth(1);
    let mut sides = before.into_iter().chain(after);
    match character {
        // Emoji, and scripts whose letters join.
        '\u{200c}' | '\u{200d}' => sides.any(joins),
        // Scripts without spaces between words.
        '\u{200b}' => {
            sides.any(|side| matches!(side, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'))
        }
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}' => has_right_to_left,
        _ => false,
    }
}

/// Returns true for emoji, and for letters that may join their neighbours or stay apart from them.
fn joins(character: char) -> bool {
    matches!(character,
        '\u{600}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}'
        | '\u{200d}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{a840}'..='\u{abff}'
        | '\u{fb50}'..='\u{fe0f}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10a00}'..='\u{11fff}'
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::super::check_text;

    /// Returns the code points that the warnings are about.
    fn find(source: &str) -> Vec<u32> {
        let warnings = check_text(source).into_iter();
        let warnings = warnings.filter(|warning| warning.rule == crate::Rule::InvisibleCharacter);
        warnings
            .map(|warning| {
                let span = warning.spans[0].span.clone();
                source[span].chars().next().map_or(0, u32::from)
            })
            .collect()
    }

    #[test]
    fn invisible_characters_are_warnings() {
        for (source, expected) in [
            ("Pay \u{202e}001$ now", &[0x202e][..]),
            ("\u{2066}iso\u{2069} x", &[0x2066, 0x2069]),
            ("a\u{200b}b `c\u{feff}d`", &[0x200b, 0xfeff]),
            ("Jap\u{ad}an and Jap\u{ad}an", &[0xad]),
            ("日\u{200b}本", &[0x200b]),
            ("a\u{200d}b c\u{200c}d", &[0x200d, 0x200c]),
            ("a \u{200f} b", &[0x200f]),
            ("**a\u{2060}b**", &[0x2060]),
            ("\u{202b}עברית\u{202c}", &[0x202b, 0x202c]),
        ] {
            assert_eq!(find(source), expected, "{source:?}");
        }
    }

    #[test]
    fn characters_that_scripts_need_are_fine() {
        for source in [
            "👩\u{200d}🚀 🏳️\u{200d}🌈 ❤️\u{200d}🔥",
            "می\u{200c}خواهم क्\u{200d}ष",
            "ภาษา\u{200b}ไทย",
            "עברית\u{200f}! a\u{200e}",
            "\u{2067}עברית\u{2069} a",
            "a\u{a0}b\u{3000}c\u{2009}d",
        ] {
            assert_eq!(find(source), [0_u32; 0], "{source:?}");
        }
    }
}
