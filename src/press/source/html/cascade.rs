//! The style sheets of a page, and which of their rules win.

use std::cmp::Reverse;
use std::collections::HashMap;

use scraper::ElementRef;

use super::css::{self, Declaration};
use super::selector::Selector;
use super::style::ElementStyle;
use crate::budget::{Budget, Limit};

/// The rules of a page that matter. Google Docs marks bold text with classes alone:
/// `.c1{font-weight:700}`.
#[derive(Debug, Default)]
pub(crate) struct StyleSheets {
    rules: Vec<Rule>,
    /// The indices of rules, by a tag, class or id that their elements have.
    by_key: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    styles: LeveledStyle,
}

/// Declarations with and without `!important`, which makes them win.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct LeveledStyle {
    important: ElementStyle,
    normal: ElementStyle,
}

impl StyleSheets {
    /// Adds the rules of a `<style>` element.
    pub(crate) fn add_sheet(&mut self, sheet: &str) {
        css::visit_rules(sheet, |rule| {
            let mut styles = LeveledStyle::default();
            rule.declarations.iter().for_each(|found| styles.set(found));
            if styles != LeveledStyle::default() {
                self.add_rule(rule.selectors, styles);
            }
        });
    }

    fn add_rule(&mut self, selectors: Vec<Selector>, styles: LeveledStyle) {
        for selector in selectors {
            let indices = self.by_key.entry(selector.key()).or_default();
            indices.push(self.rules.len());
            self.rules.push(Rule { selector, styles });
        }
    }

    /// Returns the style of an element by the rules and its `style` attribute.
    pub(crate) fn resolve(&self, element: ElementRef<'_>, budget: &mut Budget) -> ElementStyle {
        let mut own = LeveledStyle::default();
        let style = element.attr("style").unwrap_or_default();
        css::visit_declarations(style, |declaration| own.set(&declaration));
        let rules = self.find_rules(element, budget);
        let important = rules.iter().map(|rule| rule.styles.important);
        let normal = rules.iter().map(|rule| rule.styles.normal);
        let styles = [own.important].into_iter().chain(important);
        styles
            .chain([own.normal])
            .chain(normal)
            .fold(ElementStyle::default(), ElementStyle::or)
    }

    /// Returns the rules for an element. The winner is first.
    fn find_rules(&self, element: ElementRef<'_>, budget: &mut Budget) -> Vec<&Rule> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let value = element.value();
        let mut keys = vec!["*".to_owned(), value.name().to_owned()];
        keys.extend(value.id().map(|id| format!("#{id}")));
        keys.extend(value.classes().map(|class| format!(".{class}")));
        budget.spend(Limit::Steps, keys.len());
        let indices = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        let rules = indices.filter_map(|index| Some((*index, self.rules.get(*index)?)));
        let mut rules: Vec<_> = rules
            .filter(|(_, rule)| rule.selector.matches(element, budget))
            .collect();
        // Of equally specific rules the last one wins.
        rules.sort_by_key(|(index, rule)| Reverse((rule.selector.specificity(), *index)));
        rules.into_iter().map(|(_, rule)| rule).collect()
    }
}

impl LeveledStyle {
    fn set(&mut self, declaration: &Declaration) {
        if declaration.is_important {
            self.important.set(declaration);
        } else {
            self.normal.set(declaration);
        }
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    /// Returns the style of the last element of the page.
    fn resolve(sheet: &str, page: &str) -> ElementStyle {
        let mut sheets = StyleSheets::default();
        sheets.add_sheet(sheet);
        let page = Html::parse_document(page);
        let mut elements = page.tree.nodes().filter_map(ElementRef::wrap);
        sheets.resolve(elements.next_back().unwrap(), &mut Budget::default())
    }

    const SHEET: &str = "<!-- @import url(a.css); .c1{font-weight:700;font-style:italic} \
        /* .c2{font-weight:700} */ .c3 , .c4{ FONT-WEIGHT : Bold !important } \
        @media print { .c5{font-weight:700} .c6{} } .c7 .c8{font-weight:700} \
        p.c9{font-weight:700} .c1{font-style:normal} .c10{display:none -->";

    #[test]
    fn rules_apply_as_in_a_browser() {
        let style = |class: &str| resolve(SHEET, &format!("<p class='{class}'>a"));
        assert_eq!(style("c1").strong, Some(true));
        assert_eq!(style("c1").em, Some(false));
        for class in ["c3", "c4", "c9"] {
            assert_eq!(style(class).strong, Some(true), "{class}");
        }
        for class in ["c2", "c5", "c6", "c7", "c8", "x"] {
            assert_eq!(style(class), ElementStyle::default(), "{class}");
        }
        assert!(style("x c10").hides("p"));
        let inside = resolve(SHEET, "<div class=c7><p class=c8>a");
        assert_eq!(inside.strong, Some(true));
    }

    #[test]
    fn the_most_specific_rule_wins() {
        for (sheet, expected) in [
            (".b{font-weight:700} .a{font-weight:400}", false),
            ("p.b{font-weight:700} .a{font-weight:400}", true),
            ("#i{font-weight:700} p.a.b{font-weight:400}", true),
            ("p{font-weight:700!important} #i{font-weight:400}", true),
            (".a{font-weight:700} .b{font-weight:inherit}", true),
        ] {
            let style = resolve(sheet, "<p id=i class='a b'>x");
            assert_eq!(style.strong, Some(expected), "{sheet}");
        }
    }

    #[test]
    fn the_style_attribute_wins_except_over_important_rules() {
        let sheet = ".c1{font-weight:700;vertical-align:super} .c2{display:none!important}";
        let style = resolve(
            sheet,
            "<p class=c1 style='font-weight:400;x;text-decoration:underline line-through'>a",
        );
        assert_eq!((style.strong, style.del), (Some(false), Some(true)));
        assert!(resolve(sheet, "<p class=c2 style='display:block'>a").hides("p"));
    }

    #[test]
    fn hidden_elements_are_recognised() {
        for (style, expected) in [
            ("display:none", true),
            ("visibility:hidden", true),
            ("opacity:0.0", true),
            ("opacity:0%", true),
            ("max-height:0px;overflow:hidden", true),
            ("height:0;overflow:hidden", true),
            ("mso-hide:all", true),
            ("display:none;display:block", false),
            ("height:0", false),
            ("opacity:.9", false),
            ("max-height:none;overflow:hidden", false),
        ] {
            let page = format!("<p style='{style}'>a");
            assert_eq!(resolve("", &page).hides("p"), expected, "{style}");
        }
        assert!(!resolve("", "<a style='mso-hide:all'>a").hides("a"));
    }
}
