//! Writes formulas in MathML as plain text.

use scraper::ElementRef;

use crate::budget::{Budget, Limit};
use crate::math_text::{group, write_fraction, write_lowered, write_raised, write_root};

/// Returns the text of a formula, such as `E=mc²`. It ends where the budget does.
pub(crate) fn write_formula(element: ElementRef<'_>, budget: &mut Budget) -> String {
    if !budget.spend(Limit::Steps, 1) {
        return String::new();
    }
    let name = element.value().name();
    let mut parts = || -> Vec<String> {
        let children = element.children().filter_map(ElementRef::wrap);
        children.map(|child| write_formula(child, budget)).collect()
    };
    let written = match name {
        "mi" | "mn" | "mo" | "mtext" | "ms" => write_token(element, budget),
        "mspace" => " ".to_owned(),
        "mphantom" | "annotation" | "annotation-xml" | "none" | "mprescripts" => String::new(),
        "mtable" => format!("({})", parts().join("; ")),
        "mtr" => parts().join(", "),
        "mfenced" => write_fenced(element, &parts()),
        "msqrt" => write_root("", &parts().concat()),
        _ => write_scripts(element, &parts()),
    };
    // A nested formula grows by brackets and signs.
    budget.spend(Limit::Steps, written.len());
    written
}

fn write_scripts(element: ElementRef<'_>, parts: &[String]) -> String {
    match (element.value().name(), parts) {
        ("mfrac", [above, below]) if element.attr("linethickness") == Some("0") => {
            format!("{} over {}", group(above), group(below))
        }
        ("mfrac", [above, below]) => write_fraction(above, below),
        ("mroot", [of, degree]) => write_root(degree, of),
        ("msup", [base, raised]) => format!("{base}{}", write_raised(raised)),
        ("msub", [base, lowered]) => format!("{base}{}", write_lowered(lowered)),
        ("msubsup" | "munderover", [base, lowered, raised]) => {
            format!("{base}{}{}", write_lowered(lowered), write_raised(raised))
        }
        ("mover", [base, above]) => format!("{base}^({above})"),
        ("munder", [base, below]) => format!("{base}_({below})"),
        _ => parts.concat(),
    }
}

fn write_fenced(element: ElementRef<'_>, parts: &[String]) -> String {
    let sign = |name, usual| element.attr(name).unwrap_or(usual).trim();
    let separator = sign("separators", ",");
    let separator: String = separator.chars().take(1).collect();
    let [open, close] = [sign("open", "("), sign("close", ")")]
        .map(|sign| sign.chars().take(2).collect::<String>());
    format!("{open}{}{close}", parts.join(&separator))
}

/// Returns the text of a token without the signs for functions and products that nobody sees.
fn write_token(token: ElementRef<'_>, budget: &mut Budget) -> String {
    let text: String = token.text().collect();
    if !budget.spend(Limit::Text, text.len()) {
        return String::new();
    }
    let words: Vec<_> = text.split_whitespace().collect();
    words
        .join(" ")
        .replace(['\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}'], "")
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;
    use crate::source::html::element::select;

    #[test]
    fn every_kind_of_formula_is_written() {
        for (formula, expected) in [
            (
                "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>",
                "E=mc²",
            ),
            ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "½"),
            (
                "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>",
                "(a+b)/c",
            ),
            ("<msqrt><mn>2</mn></msqrt>", "√2"),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>", "∛x"),
            ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H₂O"),
            (
                "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover>",
                "∑ᵢⁿ",
            ),
            ("<mover><mi>x</mi><mo>→</mo></mover>", "x^(→)"),
            ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
            (
                "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>",
                "(a, b)",
            ),
            (
                "<semantics><mi> x </mi><annotation>\\x</annotation></semantics>",
                "x",
            ),
            (
                "<mi>f</mi><mo>\u{2061}</mo><mphantom><mi>y</mi></mphantom>",
                "f",
            ),
        ] {
            let page = Html::parse_document(&format!("<math>{formula}</math>"));
            let math = select(&page, "math")[0];
            assert_eq!(
                write_formula(math, &mut Budget::default()),
                expected,
                "{formula}"
            );
        }
    }
}
