//! The codes of fields, and what Word shows for those that have no text of their own.

use encoding_rs::WINDOWS_1252;

use super::eq_field::write_eq_field;
use super::symbol_font::is_symbol_font;

/// Maximum length of a code that is evaluated, in bytes.
const MAX_CODE: usize = 64 * 1024;

/// Fields that show nothing: marks for an index, and commands.
const INVISIBLE: [&str; 13] = [
    "ADVANCE", "ASK", "DATA", "NEXT", "NEXTIF", "PRINT", "PRIVATE", "RD", "SET", "SKIPIF", "TA",
    "TC", "XE",
];

/// The content of a field that has no text of its own.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FieldContent {
    Text(String),
    /// A character of a font by its code.
    Symbol {
        font: String,
        code: u32,
    },
    /// A link to an address, with nothing to click on.
    EmptyLink(String),
    Nothing,
    /// Word would work it out.
    Unknown,
}

/// Evaluates a field from its code, and from the value of a form field.
pub(crate) fn evaluate_field(code: &str, form_value: Option<&str>) -> FieldContent {
    if code.len() > MAX_CODE {
        return FieldContent::Unknown;
    }
    let (name, rest) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
    let name = name.to_uppercase();
    match name.as_str() {
        "QUOTE" => FieldContent::Text(join_arguments(rest)),
        // The name of a macro or a bookmark goes before the text.
        "MACROBUTTON" | "GOTOBUTTON" => {
            let text = rest.trim_start().split_once(char::is_whitespace);
            FieldContent::Text(text.map_or("", |(_, text)| text.trim()).to_owned())
        }
        "EQ" => FieldContent::Text(write_eq_field(rest)),
        "SYMBOL" => parse_symbol(rest),
        "HYPERLINK" => FieldContent::EmptyLink(parse_hyperlink(code).unwrap_or_default()),
        "FORMCHECKBOX" | "FORMDROPDOWN" | "FORMTEXT" => {
            FieldContent::Text(form_value.unwrap_or_default().to_owned())
        }
        "" => FieldContent::Nothing,
        _ if INVISIBLE.contains(&name.as_str()) => FieldContent::Nothing,
        _ if name.starts_with("EQ\\") => {
            FieldContent::Text(write_eq_field(code.get(2..).unwrap_or_default()))
        }
        _ => FieldContent::Unknown,
    }
}

/// Parses the address in a code: `HYPERLINK "https://example.com/" \l "part" \o "a tip"`.
pub(crate) fn parse_hyperlink(code: &str) -> Option<String> {
    let mut words = split_words(code).into_iter();
    if !words.next()?.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    // A later word goes before the earlier ones.
    let (mut address, mut anchor) = (Vec::new(), String::new());
    while let Some(word) = words.next() {
        match word {
            "\\l" => anchor.extend(["#", words.next().unwrap_or_default()]),
            // The switches for a frame and a tooltip have one argument.
            "\\t" | "\\o" => {
                words.next();
            }
            _ if word.starts_with('\\') => {}
            _ => address.push(word),
        }
    }
    address.reverse();
    Some(address.concat() + &anchor)
}

/// Parses `SYMBOL 169 \f "Times New Roman"`.
fn parse_symbol(arguments: &str) -> FieldContent {
    let words = split_words(arguments);
    let Some(code) = words.first().and_then(|word| parse_code(word)) else {
        return FieldContent::Unknown;
    };
    let font = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case("\\f"));
    let font = font.and_then(|index| words.get(index + 1));
    let is_unicode = words.iter().any(|word| word.eq_ignore_ascii_case("\\u"));
    let font = font.copied().unwrap_or_default().to_owned();
    let is_own = is_unicode || is_symbol_font(&font);
    FieldContent::Symbol {
        code: if is_own { code } else { decode_ansi(code) },
        font,
    }
}

/// Parses a number, or one character for itself.
fn parse_code(word: &str) -> Option<u32> {
    let hexadecimal = word.strip_prefix("0x").or(word.strip_prefix("0X"));
    let number = hexadecimal.map_or_else(
        || word.parse().ok(),
        |digits| u32::from_str_radix(digits, 16).ok(),
    );
    let mut characters = word.chars();
    number.or(match (characters.next(), characters.next()) {
        (Some(only), None) => Some(u32::from(only)),
        _ => None,
    })
}

/// Decodes a character of Windows' Western code page, where it differs from Unicode.
fn decode_ansi(code: u32) -> u32 {
    let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) else {
        return code;
    };
    let bytes = [byte];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().map_or(code, u32::from)
}

/// Joins the arguments before the first switch.
fn join_arguments(arguments: &str) -> String {
    let words = split_words(arguments).into_iter();
    let words = words.take_while(|word| !word.starts_with('\\'));
    words.collect::<Vec<_>>().join(" ")
}

/// Splits a code into words. Words in quotation marks may contain spaces.
fn split_words(code: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, part) in code.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part);
        } else {
            words.extend(part.split_whitespace());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluate(code: &str) -> FieldContent {
        evaluate_field(code, None)
    }

    #[test]
    fn hyperlink_codes_are_parsed() {
        for (code, expected) in [
            (
                " HYPERLINK \"https://example.com/a b\" ",
                Some("https://example.com/a b"),
            ),
            (
                "hyperlink https://example.com/ \\t \"_blank\" \\h",
                Some("https://example.com/"),
            ),
            (
                "HYPERLINK \"https://example.com/\" \\l \"part\" \\o \"a tip\"",
                Some("https://example.com/#part"),
            ),
            ("HYPERLINK \\l \"part\"", Some("#part")),
            ("HYPERLINK", Some("")),
            ("PAGE \\* MERGEFORMAT", None),
            ("", None),
        ] {
            assert_eq!(parse_hyperlink(code).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn codes_with_their_text_are_evaluated() {
        for (code, expected) in [
            ("QUOTE \"some words\" \\* MERGEFORMAT", "some words"),
            ("quote word", "word"),
            ("MACROBUTTON NoMacro [Click here]", "[Click here]"),
            ("EQ \\f(1,2)", "½"),
            ("eq\\f(1,2)", "½"),
        ] {
            assert_eq!(
                evaluate(code),
                FieldContent::Text(expected.to_owned()),
                "{code}"
            );
        }
        assert_eq!(evaluate("XE \"radar\""), FieldContent::Nothing);
        assert_eq!(evaluate("PAGE"), FieldContent::Unknown);
        assert_eq!(
            evaluate(&format!("QUOTE {}", "a".repeat(MAX_CODE))),
            FieldContent::Unknown
        );
    }

    #[test]
    fn symbol_codes_are_read() {
        for (code, font, expected) in [
            ("SYMBOL 169 \\f \"Times\"", "Times", 169),
            ("SYMBOL 0x80", "", 0x20ac),
            ("SYMBOL 224 \\f Wingdings \\s 12", "Wingdings", 224),
            ("SYMBOL 8364 \\u", "", 8364),
        ] {
            let expected = FieldContent::Symbol {
                font: font.to_owned(),
                code: expected,
            };
            assert_eq!(evaluate(code), expected, "{code}");
        }
    }
}
