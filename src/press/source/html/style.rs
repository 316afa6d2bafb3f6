use std::collections::HashMap;

use crate::source::document::{LOWERED, RAISED, STRUCK_OUT};

/// What styles say about how a text looks, as far as a newsletter cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ElementStyle {
    pub(crate) strong: Option<bool>,
    pub(crate) em: Option<bool>,
    pub(crate) hidden: Option<bool>,
    /// How it looks that no issue can show: struck out, raised or lowered.
    pub(crate) lost: Option<&'static str>,
}

/// The looks of a page's classes.
///
/// Google Docs has bold text by such rules alone: `.c1{font-weight:700}`. Only rules of one class
/// are read; what a page's other rules come to, only a browser can say.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    looks: HashMap<String, ElementStyle>,
}

impl Classes {
    /// Adds the rules of a style sheet.
    pub(crate) fn add(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some((selectors, after)) = rest.split_once('{') {
            let (declarations, after) = block(after);
            // A rule without a block, such as an import, ends with a semicolon.
            let selectors = selectors.rsplit(';').next().unwrap_or_default();
            let classes = selectors
                .split(',')
                .filter_map(|selector| selector.trim().strip_prefix('.'));
            for class in classes.filter(|class| is_name(class)) {
                let look = self.looks.entry(class.to_owned()).or_default();
                *look = ElementStyle::of(declarations).or(*look);
            }
            rest = after;
        }
    }

    /// How an element of these classes looks that has this `style` of its own.
    pub(crate) fn look<'a>(
        &self,
        classes: impl Iterator<Item = &'a str>,
        style: &str,
    ) -> ElementStyle {
        let looks = classes.filter_map(|class| self.looks.get(class));
        looks.fold(ElementStyle::of(style), |look, class| look.or(*class))
    }
}

impl ElementStyle {
    fn of(declarations: &str) -> ElementStyle {
        let mut look = ElementStyle::default();
        for declaration in declarations.to_ascii_lowercase().split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_end_matches("!important").trim_end();
            match property.trim() {
                "font-weight" => look.strong = Some(is_bold(value)),
                "font-style" => {
                    look.em = Some(value.starts_with("italic") || value.starts_with("oblique"))
                }
                "display" => look.hidden = Some(value == "none"),
                "visibility" if value == "hidden" => look.hidden = Some(true),
                "text-decoration" | "text-decoration-line" if value.contains("line-through") => {
                    look.lost = Some(STRUCK_OUT);
                }
                "vertical-align" if value == "super" => look.lost = Some(RAISED),
                "vertical-align" if value == "sub" => look.lost = Some(LOWERED),
                _ => {}
            }
        }
        look
    }

    /// This look, and what it does not say as `other` says it.
    fn or(self, other: ElementStyle) -> ElementStyle {
        ElementStyle {
            strong: self.strong.or(other.strong),
            em: self.em.or(other.em),
            hidden: self.hidden.or(other.hidden),
            lost: self.lost.or(other.lost),
        }
    }
}

fn is_bold(value: &str) -> bool {
    /// From here on browsers choose a bold face.
    const BOLD: u32 = 600;
    value.starts_with("bold") || value.parse::<u32>().is_ok_and(|weight| weight >= BOLD)
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || "-_".contains(character))
}

/// The text up to the brace that closes a block, and what comes after it. A block in it, as in the
/// rules for print, belongs to it.
fn block(text: &str) -> (&str, &str) {
    let mut open = 1;
    for (index, brace) in text.match_indices(['{', '}']) {
        open = if brace == "{" { open + 1 } else { open - 1 };
        if open == 0 {
            return (
                text.get(..index).unwrap_or_default(),
                text.get(index + 1..).unwrap_or_default(),
            );
        }
    }
    (text, "")
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.filter_map(|part| Some(part.split_once("*/")?.1));
    let text: String = std::iter::once(first.as_str()).chain(rest).collect();
    text.replace("<!--", "").replace("-->", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_one_class_are_read_and_others_are_not() {
        let mut classes = Classes::default();
        classes.add(
            "<!-- @import url(a.css); .c1{font-weight:700;font-style:italic} /* .c2{font-weight:700} */ \
             .c3 , .c4{ FONT-WEIGHT : Bold !important } @media print { .c5{font-weight:700} .c6{} } \
             .c7 .c8{font-weight:700} p.c9{font-weight:700} .c1{font-style:normal} .c10{display:none -->",
        );
        let look = |name: &str| classes.look(name.split(' '), "");
        assert_eq!(
            look("c1"),
            ElementStyle {
                strong: Some(true),
                em: Some(false),
                ..ElementStyle::default()
            }
        );
        assert_eq!(
            [look("c3").strong, look("c4").strong],
            [Some(true), Some(true)]
        );
        for class in ["c2", "c5", "c6", "c7", "c8", "c9", "x"] {
            assert_eq!(look(class), ElementStyle::default(), "{class}");
        }
        assert_eq!(look("x c10").hidden, Some(true));
    }

    #[test]
    fn an_elements_own_style_comes_before_that_of_its_classes() {
        let mut classes = Classes::default();
        classes.add(".c1{font-weight:700;vertical-align:super}");
        let look = classes.look(
            ["c1"].into_iter(),
            "font-weight:400;x;text-decoration:underline line-through",
        );
        assert_eq!(
            look,
            ElementStyle {
                strong: Some(false),
                lost: Some(STRUCK_OUT),
                ..ElementStyle::default()
            }
        );
    }
}
