//! The style sheet of a digest.

use crate::minify_css;

/// The styles of a digest: `style.css`, minified, for a constructed style sheet (an embedder's
/// policy may forbid `<style>` and `style=`).
pub const STYLE: &str = minify_css!(include_str!("style.css"));

#[cfg(test)]
mod tests {
    use cssparser::{Delimiter, ParseError, Parser, ToCss, Token};

    use super::*;

    /// A rule with its prelude (selectors or condition) and content, or a declaration.
    #[derive(Debug, PartialEq)]
    enum Item {
        Rule(String, Vec<Item>),
        Declaration(String),
    }

    #[test]
    fn minified_style_has_the_same_rules_and_declarations() {
        let original = parse_items(&mut Parser::new(include_str!("style.css"))).unwrap();
        let minified = parse_items(&mut Parser::new(STYLE)).unwrap();
        assert!(minified.len() > 20);
        for (minified, original) in minified.iter().zip(&original) {
            assert_eq!(minified, original);
        }
        assert_eq!(minified.len(), original.len());
    }

    fn parse_items(input: &mut Parser<'_>) -> Result<Vec<Item>, ParseError<()>> {
        let mut items = Vec::new();
        while !input.is_exhausted() {
            let end = Delimiter::Semicolon | Delimiter::CurlyBracketBlock;
            let text = input.parse_until_before(end, read_tokens)?;
            match input.next() {
                Ok(Token::CurlyBracketBlock) => {
                    let content = input.parse_nested_block(parse_items)?;
                    items.push(Item::Rule(text, content));
                }
                _ => items.push(Item::Declaration(text)),
            }
        }
        Ok(items)
    }

    /// Reads the tokens, with a space wherever white space is significant.
    fn read_tokens(input: &mut Parser<'_>) -> Result<String, ParseError<()>> {
        let mut text = String::new();
        let mut space = false;
        while let Ok(token) = input.next_including_whitespace().cloned() {
            if let Token::WhiteSpace(_) = token {
                space = true;
                continue;
            }
            if space && !text.is_empty() && !text.ends_with([',', ':']) && token != Token::Comma {
                text.push(' ');
            }
            space = false;
            text += &token.to_css_string();
            let closing = match token {
                Token::Function(_) | Token::ParenthesisBlock => ")",
                Token::SquareBracketBlock => "]",
                _ => continue,
            };
            text += &input.parse_nested_block(read_tokens)?;
            text += closing;
        }
        Ok(text)
    }
}
