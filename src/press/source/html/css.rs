//! The two pieces of CSS that are read: declarations, and rules with simple selectors.

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Delimiter, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
    parse_important,
};

use super::selector::Selector;

/// A declaration in lower case: `font-weight: 700 !important` has the one word `700`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) property: String,
    pub(crate) words: Vec<String>,
    pub(crate) is_important: bool,
}

/// A rule: `.c1, p.c2 { … }`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StyleRule {
    pub(crate) selectors: Vec<Selector>,
    pub(crate) declarations: Vec<Declaration>,
}

/// Parses a `style` attribute.
pub(crate) fn parse_declarations(style: &str) -> Vec<Declaration> {
    read_declarations(&mut Parser::new(style))
}

/// Calls `visit` with each declaration of a `style` attribute, which may have millions.
pub(crate) fn visit_declarations(style: &str, visit: impl FnMut(Declaration)) {
    RuleBodyParser::new(&mut Parser::new(style), &mut Declarations)
        .flatten()
        .for_each(visit);
}

/// Calls `visit` with each rule of a style sheet. At-rules and selectors that are not simple are
/// skipped, because only a browser can apply them.
pub(crate) fn visit_rules(sheet: &str, visit: impl FnMut(StyleRule)) {
    StyleSheetParser::new(&mut Parser::new(sheet), &mut StyleRules)
        .flatten()
        .for_each(visit);
}

/// Maximum number of declarations of one element or rule, and of words in one of them. Real ones
/// are far below; each takes much more memory than its text.
const MAX_DECLARATIONS: usize = 1_000;
const MAX_WORDS: usize = 1_000;

fn read_declarations(input: &mut Parser<'_>) -> Vec<Declaration> {
    RuleBodyParser::new(input, &mut Declarations)
        .flatten()
        .take(MAX_DECLARATIONS)
        .collect()
}

/// Reads a value. One with an unclosed string or `url(` is invalid, as in a browser.
fn read_words(input: &mut Parser<'_>) -> Result<Vec<String>, ParseError<()>> {
    let mut words = Vec::new();
    while words.len() < MAX_WORDS {
        input.skip_whitespace();
        let start = input.position();
        match input.next() {
            Ok(Token::Ident(word)) => words.push(word.to_ascii_lowercase()),
            // The end of an HTML comment around the sheet, after a rule that is not closed.
            Ok(Token::CDC) => {}
            Ok(token) if token.is_parse_error() => return Err(ParseError::unexpected_token()),
            Ok(_) => words.push(input.slice_from(start).to_ascii_lowercase()),
            Err(_) => return Ok(words),
        }
    }
    Err(ParseError::unexpected_token())
}

struct StyleRules;

impl<'i> QualifiedRuleParser<'i> for StyleRules {
    type Prelude = Vec<Selector>;
    type QualifiedRule = StyleRule;
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Vec<Selector>, ParseError<()>> {
        Ok(input.parse_comma_separated_ignoring_errors(Selector::parse))
    }

    fn parse_block(
        &mut self,
        selectors: Vec<Selector>,
        _start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<StyleRule, ParseError<()>> {
        Ok(StyleRule {
            selectors,
            declarations: read_declarations(input),
        })
    }
}

impl AtRuleParser<'_> for StyleRules {
    type Prelude = ();
    type AtRule = StyleRule;
    type Error = ();
}

struct Declarations;

impl<'i> DeclarationParser<'i> for Declarations {
    type Declaration = Declaration;
    type Error = ();

    fn parse_value(
        &mut self,
        property: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<Declaration, ParseError<()>> {
        let words = input.parse_until_before(Delimiter::Bang, read_words)?;
        let is_important = !input.is_exhausted();
        if is_important {
            parse_important(input)?;
        }
        Ok(Declaration {
            property: property.to_ascii_lowercase(),
            words,
            is_important,
        })
    }
}

impl QualifiedRuleParser<'_> for Declarations {
    type Prelude = ();
    type QualifiedRule = Declaration;
    type Error = ();
}

impl AtRuleParser<'_> for Declarations {
    type Prelude = ();
    type AtRule = Declaration;
    type Error = ();
}

impl RuleBodyItemParser<'_, Declaration, ()> for Declarations {
    fn parse_declarations(&self) -> bool {
        true
    }

    /// Nested rules are parsed, so that they end where they do in a browser, and dropped.
    fn parse_qualified(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The declarations as CSS.
    fn format(declarations: &[Declaration]) -> Vec<String> {
        let format = |found: &Declaration| format!("{}:{}", found.property, found.words.join(" "));
        declarations.iter().map(format).collect()
    }

    #[test]
    fn declarations_end_where_a_browser_ends_them() {
        for (style, expected) in [
            ("", &[][..]),
            (
                "FONT-WEIGHT : Bold ;; x; color:red",
                &["font-weight:bold", "color:red"],
            ),
            ("font-weight:700!important", &["font-weight:700"]),
            ("font-weight: 700 ! IMPORTANT ;", &["font-weight:700"]),
            (
                "font-weight:700 !x; font-style:italic",
                &["font-style:italic"],
            ),
            (
                "content:'; font-weight:700'",
                &["content:'; font-weight:700'"],
            ),
            (
                "background:url(a;font-weight:700);top:0",
                &["background:url(a;font-weight:700)", "top:0"],
            ),
            (
                "/* font-weight:700; */ font-style/* : */:/**/italic/* ; */",
                &["font-style:italic"],
            ),
            (
                "font-family:\"Yu Mincho\",'MS 明朝'; top:0",
                &["font-family:\"yu mincho\" , 'ms 明朝'", "top:0"],
            ),
            ("d\\69splay:n\\6fne", &["display:none"]),
            ("&:hover{color:red} top:0", &["top:0"]),
            ("font-family:'a;\ntop:0; left:0", &["left:0"]),
        ] {
            assert_eq!(format(&parse_declarations(style)), expected, "{style}");
        }
    }

    #[test]
    fn only_rules_with_simple_selectors_are_read() {
        for (sheet, expected) in [
            (
                ".a{top:0} .b , p.c{left:0}",
                &[".a{top:0}", ".b,.c{left:0}"][..],
            ),
            ("<!-- .a{top:0} -->", &[".a{top:0}"]),
            ("@import url(x.css); .a{top:0}", &[".a{top:0}"]),
            ("@media print{.b{top:0} .c{}} .a{top:0}", &[".a{top:0}"]),
            ("@font-face{src:url('}')} .a{top:0}", &[".a{top:0}"]),
            ("/* .b{top:0} } */ .a/* { */{/* } */top:0}", &[".a{top:0}"]),
            (
                "x::after{content:'}/*'} .a{top:0} /* */",
                &["{content:'}/*'}", ".a{top:0}"],
            ),
            (
                ".a\\:b{top:0} .\\31 0{left:0}",
                &[".a:b{top:0}", ".10{left:0}"],
            ),
            (".e:hover, .f + g, . h, .a{top:0}", &[".a{top:0}"]),
            (".a{top:0", &[".a{top:0}"]),
        ] {
            let format = |rule: &StyleRule| {
                let keys: Vec<_> = rule.selectors.iter().map(Selector::key).collect();
                let declarations = format(&rule.declarations).join(";");
                format!("{}{{{declarations}}}", keys.join(","))
            };
            let mut found = Vec::new();
            visit_rules(sheet, |rule| found.push(format(&rule)));
            assert_eq!(found, expected, "{sheet}");
        }
    }

    #[test]
    fn important_declarations_are_marked() {
        let found = parse_declarations("top:0 ! important; left:0");
        let found: Vec<_> = found.iter().map(|found| found.is_important).collect();
        assert_eq!(found, [true, false]);
    }
}
