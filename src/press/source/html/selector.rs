//! Selectors of tags, classes and ids: `.a`, `p.a`, `#a .b > p`.

use std::mem;

use cssparser::{ParseError, Parser, Token};
use scraper::ElementRef;

use crate::budget::{Budget, Limit};

/// Maximum number of elements in a selector; it must fit the bits of [`Matches`].
const MAX_COMPOUNDS: usize = 16;

/// A selector, from the outermost element to the one that is styled.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Selector {
    outer: Vec<Compound>,
    subject: Compound,
}

/// The conditions of a selector for one element.
#[derive(Debug, Default, PartialEq, Eq)]
struct Compound {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    /// True for `*`, which says nothing.
    any: bool,
    /// True if its element must be a child of the one before.
    is_child: bool,
}

/// The compounds of a selector that an element matches, one bit each.
type Matches = u32;

/// The number of ids, of classes and of tags: the greater wins.
type Specificity = (usize, usize, usize);

impl Selector {
    /// Parses a selector. Any other kind, such as `a:hover` or `[lang]`, is an error.
    pub(crate) fn parse<'i>(input: &mut Parser<'i>) -> Result<Selector, ParseError<()>> {
        input.skip_whitespace();
        let mut selector = Selector::default();
        let mut ended = false;
        while let Ok(token) = input.next_including_whitespace() {
            let token = token.clone();
            let is_child = token == Token::Delim('>');
            if let Token::WhiteSpace(_) = token {
                ended = true;
                continue;
            }
            if is_child || ended {
                selector.start_compound()?;
            }
            ended = false;
            if is_child {
                selector.subject.is_child = true;
                input.skip_whitespace();
            } else {
                selector.subject.add(&token, input)?;
            }
        }
        if selector.subject.is_empty() {
            return Err(ParseError::unexpected_token());
        }
        Ok(selector)
    }

    fn start_compound(&mut self) -> Result<(), ParseError<()>> {
        if self.subject.is_empty() || self.outer.len() + 1 == MAX_COMPOUNDS {
            return Err(ParseError::unexpected_token());
        }
        self.outer.push(mem::take(&mut self.subject));
        Ok(())
    }

    /// Returns a class, id or tag that every element it styles has.
    pub(crate) fn key(&self) -> String {
        let Compound {
            tag, id, classes, ..
        } = &self.subject;
        let class = classes.first().map(|class| format!(".{class}"));
        class
            .or_else(|| id.as_ref().map(|id| format!("#{id}")))
            .or_else(|| tag.clone())
            .unwrap_or_else(|| "*".to_owned())
    }

    pub(crate) fn specificity(&self) -> Specificity {
        let compounds = || self.outer.iter().chain([&self.subject]);
        (
            compounds().filter(|compound| compound.id.is_some()).count(),
            compounds().map(|compound| compound.classes.len()).sum(),
            compounds()
                .filter(|compound| compound.tag.is_some())
                .count(),
        )
    }

    /// Returns true if it styles `element`, which has its key.
    pub(crate) fn matches(&self, element: ElementRef<'_>, budget: &mut Budget) -> bool {
        if !self.subject.matches(element, budget) {
            return false;
        }
        if self.outer.is_empty() {
            return true;
        }
        let around: Vec<_> = element.ancestors().filter_map(ElementRef::wrap).collect();
        let (mut parent, mut any): (Matches, Matches) = (0, 0);
        for node in around.into_iter().rev() {
            parent = self.match_outer(node, parent, any, budget);
            any |= parent;
        }
        let last = 1 << (self.outer.len() - 1);
        last & if self.subject.is_child { parent } else { any } != 0
    }

    /// Returns which of the outer compounds match an element and the elements around it.
    fn match_outer(
        &self,
        node: ElementRef<'_>,
        parent: Matches,
        any: Matches,
        budget: &mut Budget,
    ) -> Matches {
        let mut found = 0;
        for (index, compound) in self.outer.iter().enumerate() {
            let before = if compound.is_child { parent } else { any };
            let is_reached = index == 0 || before & (1 << (index - 1)) != 0;
            if is_reached && compound.matches(node, budget) {
                found |= 1 << index;
            }
        }
        found
    }
}

impl Compound {
    fn add<'i>(&mut self, token: &Token<'i>, input: &mut Parser<'i>) -> Result<(), ParseError<()>> {
        match token {
            Token::Ident(tag) if self.is_empty() => self.tag = Some(tag.to_ascii_lowercase()),
            Token::Delim('*') if self.is_empty() => self.any = true,
            Token::IDHash(id) if self.id.is_none() => self.id = Some(id.to_string()),
            Token::Delim('.') => match input.next_including_whitespace()? {
                Token::Ident(class) => self.classes.push(class.to_string()),
                _ => return Err(ParseError::unexpected_token()),
            },
            _ => return Err(ParseError::unexpected_token()),
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        !self.any && self.tag.is_none() && self.id.is_none() && self.classes.is_empty()
    }

    fn matches(&self, element: ElementRef<'_>, budget: &mut Budget) -> bool {
        // Counting the classes takes time too.
        if budget.is_exceeded() {
            return false;
        }
        let element = element.value();
        let classes = self.classes.len() * element.classes().count();
        if !budget.spend(Limit::Steps, 1 + classes) {
            return false;
        }
        self.tag.as_deref().is_none_or(|tag| element.name() == tag)
            && self.id.as_deref().is_none_or(|id| element.id() == Some(id))
            && self
                .classes
                .iter()
                .all(|class| element.classes().any(|own| own == class.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    fn parse(selector: &str) -> Option<Selector> {
        Parser::new(selector).parse_entirely(Selector::parse).ok()
    }

    fn matches(selector: &str) -> bool {
        let page = Html::parse_document(
            "<div id=a class='b c'><section><p class='d e'>x<span class=f>y</span></p></section></div>",
        );
        let mut elements = page.tree.nodes().filter_map(ElementRef::wrap);
        let span = elements.next_back().unwrap();
        parse(selector)
            .unwrap()
            .matches(span, &mut Budget::default())
    }

    #[test]
    fn selectors_match_as_in_a_browser() {
        for (selector, expected) in [
            (".f", true),
            ("SPAN.f", true),
            ("*", true),
            ("p.f", false),
            (".d .f", true),
            (".d.e > .f", true),
            (".d.x .f", false),
            ("#a span", true),
            ("#a>section>p>span", true),
            ("#a > p > span", false),
            ("div.b.c p .f", true),
            ("body  div section .f", true),
            ("section div .f", false),
        ] {
            assert_eq!(matches(selector), expected, "{selector}");
        }
    }

    #[test]
    fn other_selectors_are_errors() {
        for selector in [
            "", "a:hover", "[lang]", "a + b", "a ~ b", ". a", "> a", "a >", "a > > b", "..a", "a*",
        ] {
            assert_eq!(parse(selector), None, "{selector}");
        }
    }

    #[test]
    fn specificity_counts_ids_classes_and_tags() {
        assert_eq!(parse("#a p.b > .c").unwrap().specificity(), (1, 2, 1));
    }
}
