//! The notations in which browsers number lists.

/// The notation of a list's numbers, by the name that Word has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListNotation(pub(crate) &'static str);

/// The sign before items without a number.
pub(crate) const BULLET: ListNotation = ListNotation("bullet");
pub(crate) const DECIMAL: ListNotation = ListNotation("decimal");

impl ListNotation {
    /// Returns the notation with this name in CSS.
    pub(crate) fn parse_css(name: &str) -> Option<ListNotation> {
        Some(ListNotation(match name {
            "none" | "disc" | "circle" | "square" => return Some(BULLET),
            "decimal" => return Some(DECIMAL),
            "decimal-leading-zero" => "decimalZero",
            "lower-alpha" | "lower-latin" => "lowerLetter",
            "upper-alpha" | "upper-latin" => "upperLetter",
            "lower-roman" => "lowerRoman",
            "upper-roman" => "upperRoman",
            "cjk-decimal" => "ideographDigital",
            "cjk-ideographic"
            | "japanese-informal"
            | "simp-chinese-informal"
            | "trad-chinese-informal" => "japaneseCounting",
            "cjk-heavenly-stem" => "ideographTraditional",
            "cjk-earthly-branch" => "ideographZodiac",
            "katakana" => "aiueoFullWidth",
            "katakana-iroha" => "irohaFullWidth",
            _ => return None,
        }))
    }

    /// Returns the notation of a `type` attribute.
    pub(crate) fn parse_type(name: &str) -> Option<ListNotation> {
        Some(ListNotation(match name {
            "1" => return Some(DECIMAL),
            "a" => "lowerLetter",
            "A" => "upperLetter",
            "i" => "lowerRoman",
            "I" => "upperRoman",
            _ => return ListNotation::parse_css(&name.to_ascii_lowercase()),
        }))
    }
}
