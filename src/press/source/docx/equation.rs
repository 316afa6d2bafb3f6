//! Writes the equations of Word's equation editor as plain text.

use roxmltree::Node;

use super::xml::{child, elements, find_inside, own_text, switch, value};
use crate::budget::{Budget, Limit};
use crate::math_text::{group, write_fraction, write_lowered, write_raised, write_root};

/// Returns the text of an equation, such as `E=mc²`. It ends where the budget does.
pub(crate) fn write_equation<'a>(node: Node<'a, 'a>, budget: &mut Budget) -> String {
    let children = elements(node);
    children.map(|child| write_element(child, budget)).collect()
}

/// Returns true if a part of an equation is hidden, and so not in its text.
pub(crate) fn has_hidden_text<'a>(node: Node<'a, 'a>) -> bool {
    find_inside(node, &|node: Node<'a, 'a>| is_hidden(node).then_some(())).is_some()
}

/// A run of an equation has its properties twice: those of the equation and those of text.
fn is_hidden<'a>(node: Node<'a, 'a>) -> bool {
    let mut properties = elements(node).filter(|child| child.tag_name().name() == "rPr");
    properties.any(|properties| switch(properties, "vanish") == Some(true))
}

fn write_element<'a>(node: Node<'a, 'a>, budget: &mut Budget) -> String {
    let name = node.tag_name().name();
    if !budget.spend(Limit::Steps, 1) {
        return String::new();
    }
    let mut part = |name: &str| {
        let part = child(node, name);
        part.map(|part| write_equation(part, budget))
            .unwrap_or_default()
    };
    match name {
        "t" => write_text(node, budget),
        "tab" | "br" | "cr" => " ".to_owned(),
        "del" | "moveFrom" => String::new(),
        "r" if is_hidden(node) => String::new(),
        "f" => write_f(node, &part("num"), &part("den")),
        "sSup" => part("e") + &write_raised(&part("sup")),
        "sSub" => part("e") + &write_lowered(&part("sub")),
        "sSubSup" => part("e") + &write_lowered(&part("sub")) + &write_raised(&part("sup")),
        "sPre" => write_lowered(&part("sub")) + &write_raised(&part("sup")) + &part("e"),
        "rad" => write_root(part("deg").trim(), &part("e")),
        "func" => format!("{} {}", part("fName"), part("e")),
        "limLow" => part("e") + &write_limit('_', &part("lim")),
        "limUpp" => part("e") + &write_limit('^', &part("lim")),
        "nary" => write_nary(node, &part("sub"), &part("sup"), &part("e")),
        "acc" => write_accent(node, &part("e")),
        "bar" => write_bar(node, &part("e")),
        "phant" if property(node, "show").is_some_and(is_off) => String::new(),
        "d" => write_brackets(node, budget),
        "m" => format!("({})", join(node, "mr", "; ", budget)),
        "mr" => join(node, "e", ", ", budget),
        "eqArr" => join(node, "e", "; ", budget),
        _ if name.ends_with("Pr") => String::new(),
        _ => write_equation(node, budget),
    }
}

fn write_text<'a>(node: Node<'a, 'a>, budget: &mut Budget) -> String {
    let text = own_text(node).into_owned();
    if budget.spend(Limit::Text, text.len()) {
        text
    } else {
        String::new()
    }
}

fn write_f<'a>(node: Node<'a, 'a>, above: &str, below: &str) -> String {
    match property(node, "type") {
        // A binomial coefficient has no line.
        Some("noBar") => format!("{} over {}", group(above), group(below)),
        _ => write_fraction(above, below),
    }
}

fn write_limit(sign: char, limit: &str) -> String {
    format!("{sign}({limit})")
}

fn write_nary<'a>(node: Node<'a, 'a>, below: &str, above: &str, of: &str) -> String {
    let sign = read_sign(node, "chr", "∫");
    let scripts = [
        (below, write_lowered as fn(&str) -> String),
        (above, write_raised),
    ];
    let scripts = scripts.map(|(text, write)| {
        if text.is_empty() {
            String::new()
        } else {
            write(text)
        }
    });
    format!("{sign}{} {of}", scripts.concat())
}

/// The accent follows its letter, as in Unicode.
fn write_accent<'a>(node: Node<'a, 'a>, of: &str) -> String {
    let accent = read_sign(node, "chr", "\u{302}");
    format!("{}{accent}", group(of))
}

fn write_bar<'a>(node: Node<'a, 'a>, of: &str) -> String {
    let is_above = property(node, "pos") == Some("top");
    let bar = if is_above { '\u{305}' } else { '\u{332}' };
    of.chars().flat_map(|character| [character, bar]).collect()
}

fn write_brackets<'a>(node: Node<'a, 'a>, budget: &mut Budget) -> String {
    let [open, close] =
        [("begChr", "("), ("endChr", ")")].map(|(name, usual)| read_sign(node, name, usual));
    let inner = join(node, "e", &read_sign(node, "sepChr", "|"), budget);
    format!("{open}{inner}{close}")
}

fn join<'a>(node: Node<'a, 'a>, name: &str, separator: &str, budget: &mut Budget) -> String {
    let parts = elements(node).filter(|part| part.tag_name().name() == name);
    let texts: Vec<_> = parts
        .map(|part| {
            budget.spend(Limit::Text, separator.len());
            if name == "mr" {
                write_element(part, budget)
            } else {
                write_equation(part, budget)
            }
        })
        .collect();
    texts.join(separator)
}

/// Reads a sign from the properties: one character, which may be a pair of code points.
fn read_sign<'a>(node: Node<'a, 'a>, name: &str, usual: &str) -> String {
    let sign = property(node, name).unwrap_or(usual);
    sign.chars().take(2).collect()
}

/// Returns a property of an element: the value in `fPr` for `f`.
fn property<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    let properties = format!("{}Pr", node.tag_name().name());
    value(child(node, &properties)?, name)
}

fn is_off(value: &str) -> bool {
    matches!(value, "0" | "false" | "off")
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn write(xml: &str) -> String {
        let xml = Document::parse(xml).unwrap();
        write_equation(xml.root_element(), &mut Budget::default())
    }

    fn parts(name: &str, parts: &[(&str, &str)]) -> String {
        let parts = parts
            .iter()
            .map(|(name, text)| format!("<{name}><r><rPr/><t>{text}</t></r></{name}>"));
        format!(
            "<oMath><{name}>{}</{name}></oMath>",
            parts.collect::<String>()
        )
    }

    #[test]
    fn every_kind_of_equation_is_written() {
        for (name, inner, expected) in [
            ("sSup", &[("e", "c"), ("sup", "2")][..], "c²"),
            ("sSub", &[("e", "H"), ("sub", "2")], "H₂"),
            ("sSubSup", &[("e", "x"), ("sub", "i"), ("sup", "2")], "xᵢ²"),
            ("f", &[("num", "1"), ("den", "2")], "½"),
            ("f", &[("num", "a+b"), ("den", "c")], "(a+b)/c"),
            ("rad", &[("deg", ""), ("e", "2")], "√2"),
            ("d", &[("e", "a+b")], "(a+b)"),
            ("d", &[("e", "a"), ("e", "b")], "(a|b)"),
            ("func", &[("fName", "sin"), ("e", "x")], "sin x"),
            ("limLow", &[("e", "lim"), ("lim", "n→∞")], "lim_(n→∞)"),
            ("acc", &[("e", "x")], "x\u{302}"),
            ("eqArr", &[("e", "a=1"), ("e", "b=2")], "a=1; b=2"),
            ("borderBox", &[("e", "x")], "x"),
            ("nary", &[("sub", "0"), ("sup", ""), ("e", "x")], "∫₀ x"),
        ] {
            assert_eq!(write(&parts(name, inner)), expected, "{name}");
        }
    }

    #[test]
    fn properties_change_the_signs() {
        for (xml, expected) in [
            (
                "<o><d><dPr><begChr val='['/><endChr val=''/></dPr><e><t>a</t></e></d></o>",
                "[a",
            ),
            (
                "<o><nary><naryPr><chr val='∑'/></naryPr><sub><t>i=1</t></sub><sup><t>10</t></sup><e><t>i</t></e></nary></o>",
                "∑ᵢ₌₁¹⁰ i",
            ),
            (
                "<o><m><mr><e><t>a</t></e><e><t>b</t></e></mr><mr><e><t>c</t></e></mr></m></o>",
                "(a, b; c)",
            ),
            (
                "<o><phant><phantPr><show val='0'/></phantPr><e><t>a</t></e></phant></o>",
                "",
            ),
            (
                "<o><f><fPr><type val='noBar'/></fPr><num><t>n</t></num><den><t>k</t></den></f></o>",
                "n over k",
            ),
        ] {
            assert_eq!(write(xml), expected);
        }
    }
}
