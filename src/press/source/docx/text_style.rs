//! The look of text: what styles and runs set, and what comes out.

use roxmltree::Node;

use super::xml::{attribute, child, switch, value};
use crate::source::document::Script;

/// The properties that a style or a run sets.
#[derive(Clone, Copy, Default)]
pub(crate) struct TextProperties<'a> {
    strong: Option<bool>,
    em: Option<bool>,
    struck: Option<bool>,
    hidden: Option<bool>,
    struck_twice: Option<bool>,
    /// `superscript`, `subscript` or `baseline`.
    script: Option<&'a str>,
    /// Half-points above the line.
    position: Option<i64>,
    font: Option<&'a str>,
}

/// The styles around a run. The styles of tables and paragraphs stay the same for many runs.
#[derive(Clone, Copy, Default)]
pub(crate) struct StyleLevels<'a> {
    pub(crate) defaults: TextProperties<'a>,
    pub(crate) table: TextProperties<'a>,
    pub(crate) paragraph: TextProperties<'a>,
}

/// How a run looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextLook<'a> {
    pub(crate) strong: bool,
    pub(crate) em: bool,
    pub(crate) struck: bool,
    pub(crate) hidden: bool,
    pub(crate) script: Option<Script>,
    pub(crate) font: Option<&'a str>,
}

/// One of the properties that styles toggle.
type Toggle = for<'a> fn(&TextProperties<'a>) -> Option<bool>;

impl<'a> TextProperties<'a> {
    /// Parses the `rPr` of a style or a run.
    pub(crate) fn parse(properties: Option<Node<'a, 'a>>) -> TextProperties<'a> {
        let Some(node) = properties else {
            return TextProperties::default();
        };
        let font = child(node, "rFonts");
        TextProperties {
            strong: switch(node, "b"),
            em: switch(node, "i"),
            struck: switch(node, "strike"),
            hidden: switch(node, "vanish"),
            struck_twice: switch(node, "dstrike"),
            script: value(node, "vertAlign"),
            position: value(node, "position").and_then(|position| position.parse().ok()),
            font: font.and_then(|font| attribute(font, "ascii").or(attribute(font, "hAnsi"))),
        }
    }

    /// Fills the properties that are not set from `other`.
    pub(crate) fn or(self, other: &TextProperties<'a>) -> TextProperties<'a> {
        TextProperties {
            strong: self.strong.or(other.strong),
            em: self.em.or(other.em),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
            struck_twice: self.struck_twice.or(other.struck_twice),
            script: self.script.or(other.script),
            position: self.position.or(other.position),
            font: self.font.or(other.font),
        }
    }

    /// Leaves out the weight and slant.
    pub(crate) fn without_marks(self) -> TextProperties<'a> {
        TextProperties {
            strong: None,
            em: None,
            ..self
        }
    }
}

impl<'a> StyleLevels<'a> {
    /// Resolves the look of a run from its own properties and its character style.
    pub(crate) fn resolve(
        &self,
        own: &TextProperties<'a>,
        character: &TextProperties<'a>,
    ) -> TextLook<'a> {
        let toggle = |select: Toggle| {
            let levels = [&self.table, &self.paragraph, character];
            let is_set = |level: &&&TextProperties<'_>| select(level) == Some(true);
            // Two styles that are bold make normal text, which stands out in bold text.
            let toggled = levels.iter().filter(is_set).count() % 2 == 1;
            select(own).unwrap_or(toggled || select(&self.defaults) == Some(true))
        };
        let [character, paragraph, table] = [character, &self.paragraph, &self.table];
        let all = own.or(character).or(paragraph).or(table).or(&self.defaults);
        let position = all.position.unwrap_or_default();
        let script = match all.script {
            Some("superscript") => Some(Script::Raised),
            Some("subscript") => Some(Script::Lowered),
            _ if position > 0 => Some(Script::Raised),
            _ if position < 0 => Some(Script::Lowered),
            _ => None,
        };
        TextLook {
            strong: toggle(|text| text.strong),
            em: toggle(|text| text.em),
            struck: toggle(|text| text.struck) || all.struck_twice == Some(true),
            hidden: toggle(|text| text.hidden),
            script,
            font: all.font,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(strong: bool) -> TextProperties<'static> {
        TextProperties {
            strong: Some(strong),
            ..TextProperties::default()
        }
    }

    #[test]
    fn styles_toggle_and_runs_decide() {
        let none = TextProperties::default();
        for (defaults, table, paragraph, character, own, expected) in [
            (none, none, none, none, none, false),
            (none, none, bold(true), none, none, true),
            (none, none, bold(true), bold(true), none, false),
            (none, bold(true), bold(true), bold(true), none, true),
            (none, none, bold(true), bold(false), none, true),
            (none, none, bold(true), bold(true), bold(true), true),
            (none, none, bold(true), none, bold(false), false),
            (bold(true), none, bold(true), bold(true), none, true),
            (bold(true), none, none, none, bold(false), false),
        ] {
            let levels = StyleLevels {
                defaults,
                table,
                paragraph,
            };
            assert_eq!(levels.resolve(&own, &character).strong, expected);
        }
    }
}
