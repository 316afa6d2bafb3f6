//! Writes formulas as plain text: with the characters that Unicode has for them, and otherwise with
//! `^`, `_`, `/` and brackets.

use unicode_normalization::UnicodeNormalization;

/// Writes a fraction: ½, or `(a + b)/2`.
pub(crate) fn write_fraction(above: &str, below: &str) -> String {
    let single = VULGAR.chars().find(|vulgar| {
        let parts: String = vulgar.nfkc().collect();
        parts.split_once('\u{2044}') == Some((above, below))
    });
    single.map_or_else(
        || format!("{}/{}", group(above), group(below)),
        String::from,
    )
}

/// Writes raised text: `²`, or `^(a/b)`.
pub(crate) fn write_raised(text: &str) -> String {
    write_script(text, RAISED, '^')
}

/// Writes lowered text: `₂`, or `_(a/b)`.
pub(crate) fn write_lowered(text: &str) -> String {
    write_script(text, LOWERED, '_')
}

/// Writes a root: `√2`, `∛(a + b)`.
pub(crate) fn write_root(degree: &str, of: &str) -> String {
    let of = group(of);
    match degree {
        "" | "2" => format!("√{of}"),
        "3" => format!("∛{of}"),
        "4" => format!("∜{of}"),
        _ => format!("{}√{of}", write_raised(degree)),
    }
}

/// Encloses a text in brackets if another sign beside it could take a part of it.
pub(crate) fn group(text: &str) -> String {
    let is_one = text.chars().count() <= 1
        || text.chars().all(char::is_alphanumeric)
        || text.starts_with('(')
            && text.ends_with(')')
            && !text.trim_matches(['(', ')']).contains(['(', ')']);
    if is_one {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

const VULGAR: &str = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒";

/// Characters, each before its raised form.
const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾iⁱnⁿ";

/// Characters, each before its lowered form.
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ";

fn write_script(text: &str, forms: &str, sign: char) -> String {
    let text = text.trim();
    find_forms(text, forms).unwrap_or_else(|| format!("{sign}{}", group(text)))
}

/// Returns raised text in characters of Unicode, if it has them all.
pub(crate) fn find_raised(text: &str) -> Option<String> {
    find_forms(text, RAISED)
}

/// Returns lowered text in characters of Unicode, if it has them all.
pub(crate) fn find_lowered(text: &str) -> Option<String> {
    find_forms(text, LOWERED)
}

fn find_forms(text: &str, forms: &str) -> Option<String> {
    let map = |character| {
        let mut after = forms.chars().skip_while(|form| *form != character);
        after.nth(1)
    };
    text.chars().map(map).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_with_characters_of_unicode() {
        assert_eq!(write_fraction("1", "2"), "½");
        assert_eq!(write_fraction("a+b", "12"), "(a+b)/12");
        assert_eq!(write_raised("2"), "²");
        assert_eq!(write_raised("-n"), "⁻ⁿ");
        assert_eq!(write_raised("x+1"), "^(x+1)");
        assert_eq!(write_raised("x"), "^x");
        assert_eq!(write_lowered("i=1"), "ᵢ₌₁");
        assert_eq!(write_lowered("日"), "_日");
        assert_eq!(write_root("", "2"), "√2");
        assert_eq!(write_root("3", "a+b"), "∛(a+b)");
        assert_eq!(write_root("n", "(a)"), "ⁿ√(a)");
    }
}
