//! The CSS properties that change how a newsletter's text is read.

use std::collections::HashMap;

use super::css::{self, Declaration};
use crate::source::document::{LOWERED, RAISED, STRUCK_OUT};

/// The style of an element, as far as a newsletter needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ElementStyle {
    pub(crate) strong: Option<bool>,
    pub(crate) em: Option<bool>,
    pub(crate) hidden: Option<bool>,
    /// A style that no issue can show: struck out, raised or lowered.
    pub(crate) lost: Option<&'static str>,
}

/// The styles of a page's classes. Google Docs marks bold text with them alone:
/// `.c1{font-weight:700}`.
#[derive(Debug, Default)]
pub(crate) struct ClassStyles {
    styles: HashMap<String, ElementStyle>,
}

impl ClassStyles {
    /// Adds the rules of a `<style>` element.
    pub(crate) fn add_sheet(&mut self, sheet: &str) {
        css::parse_class_rules(sheet, |rule| {
            let style = ElementStyle::from_declarations(&rule.declarations);
            for class in rule.classes {
                let known = self.styles.entry(class).or_default();
                *known = style.or(*known);
            }
        });
    }

    /// Returns the style of an element with these classes and this `style` attribute.
    pub(crate) fn resolve<'a>(
        &self,
        classes: impl Iterator<Item = &'a str>,
        style: &str,
    ) -> ElementStyle {
        let own = ElementStyle::from_declarations(&css::parse_declarations(style));
        let styles = classes.filter_map(|class| self.styles.get(class));
        styles.fold(own, |style, class| style.or(*class))
    }
}

impl ElementStyle {
    fn from_declarations(declarations: &[Declaration]) -> ElementStyle {
        let mut style = ElementStyle::default();
        for Declaration { property, words } in declarations {
            let first = words.first().map_or("", String::as_str);
            let is = |word| first == word && words.len() == 1;
            match property.as_str() {
                "font-weight" => style.strong = Some(is_bold(first)),
                "font-style" => style.em = Some(matches!(first, "italic" | "oblique")),
                "display" => style.hidden = Some(is("none")),
                "visibility" if is("hidden") => style.hidden = Some(true),
                "text-decoration" | "text-decoration-line"
                    if words.iter().any(|word| word == "line-through") =>
                {
                    style.lost = Some(STRUCK_OUT);
                }
                "vertical-align" if is("super") => style.lost = Some(RAISED),
                "vertical-align" if is("sub") => style.lost = Some(LOWERED),
                _ => {}
            }
        }
        style
    }

    /// Fills the properties that are not set from `other`.
    fn or(self, other: ElementStyle) -> ElementStyle {
        ElementStyle {
            strong: self.strong.or(other.strong),
            em: self.em.or(other.em),
            hidden: self.hidden.or(other.hidden),
            lost: self.lost.or(other.lost),
        }
    }
}

fn is_bold(weight: &str) -> bool {
    /// Browsers choose a bold face from this weight on.
    const BOLD: u32 = 600;
    matches!(weight, "bold" | "bolder") || weight.parse().is_ok_and(|weight: u32| weight >= BOLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rules_for_single_classes_apply() {
        let mut classes = ClassStyles::default();
        classes.add_sheet(
            "<!-- @import url(a.css); .c1{font-weight:700;font-style:italic} /* .c2{font-weight:700} */ \
             .c3 , .c4{ FONT-WEIGHT : Bold !important } @media print { .c5{font-weight:700} .c6{} } \
             .c7 .c8{font-weight:700} p.c9{font-weight:700} .c1{font-style:normal} .c10{display:none -->",
        );
        let style = |name: &str| classes.resolve(name.split(' '), "");
        assert_eq!(
            style("c1"),
            ElementStyle {
                strong: Some(true),
                em: Some(false),
                ..ElementStyle::default()
            }
        );
        assert_eq!(
            [style("c3").strong, style("c4").strong],
            [Some(true), Some(true)]
        );
        for class in ["c2", "c5", "c6", "c7", "c8", "c9", "x"] {
            assert_eq!(style(class), ElementStyle::default(), "{class}");
        }
        assert_eq!(style("x c10").hidden, Some(true));
    }

    #[test]
    fn the_style_attribute_wins_over_classes() {
        let mut classes = ClassStyles::default();
        classes.add_sheet(".c1{font-weight:700;vertical-align:super}");
        let style = classes.resolve(
            ["c1"].into_iter(),
            "font-weight:400;x;text-decoration:underline line-through",
        );
        assert_eq!(
            style,
            ElementStyle {
                strong: Some(false),
                lost: Some(STRUCK_OUT),
                ..ElementStyle::default()
            }
        );
    }
}
