//! Parses a page into a tree within the budget.

use std::cell::{Cell, RefCell};

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink};

use super::tag_scanner::{Emitted, TagScanner};
use crate::budget::{Budget, Limit};
use crate::source::MAX_DEPTH;
use crate::{Diagnostic, Rule};

/// Maximum number of attributes of one tag.
const MAX_ATTRIBUTES: usize = 1_000;

/// Parses a page as a browser does and limits its depth, since the reader is recursive.
pub(crate) fn parse(text: &str, budget: &mut Budget) -> Result<Html, Diagnostic> {
    let tokenizer = Tokenizer::new(LimitedBuilder::new(budget), TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut scanner = TagScanner::new();
    for piece in text.split_inclusive('>') {
        if scanner.scan(piece) > MAX_ATTRIBUTES {
            tokenizer.sink.spend(Limit::Attributes, usize::MAX);
        }
        tokenizer.sink.check()?;
        input.push_back(StrTendril::from(piece));
        while let TokenizerResult::Script(_) = tokenizer.feed(&input) {}
        scanner.learn(piece, tokenizer.sink.emitted.take());
    }
    tokenizer.end();
    tokenizer.sink.check()?;
    let page = tokenizer.sink.builder.sink.0.into_inner();
    // The parser may have moved an element with all that is in it.
    if page.tree.nodes().any(|node| is_too_deep(node.ancestors())) {
        return Err(too_deep_error());
    }
    Ok(page)
}

type Handle = <HtmlTreeSink as html5ever::tree_builder::TreeSink>::Handle;

/// Passes tokens to the tree builder as long as the tree is within the budget.
struct LimitedBuilder<'b> {
    builder: TreeBuilder<Handle, HtmlTreeSink>,
    budget: RefCell<&'b mut Budget>,
    /// The number of nodes that the budget was charged for.
    nodes: Cell<usize>,
    is_too_deep: Cell<bool>,
    emitted: Cell<Emitted>,
}

impl<'b> LimitedBuilder<'b> {
    fn new(budget: &'b mut Budget) -> LimitedBuilder<'b> {
        let sink = HtmlTreeSink::new(Html::new_document());
        LimitedBuilder {
            builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
            budget: RefCell::new(budget),
            nodes: Cell::new(0),
            is_too_deep: Cell::new(false),
            emitted: Cell::default(),
        }
    }

    fn spend(&self, limit: Limit, amount: usize) {
        self.budget.borrow_mut().spend(limit, amount);
    }

    fn check(&self) -> Result<(), Diagnostic> {
        self.budget.borrow().check()?;
        if self.is_too_deep.get() {
            return Err(too_deep_error());
        }
        Ok(())
    }

    /// Charges the budget for the nodes that the last token added.
    fn count_nodes(&self) {
        let page = self.builder.sink.0.borrow();
        let nodes = page.tree.values().len();
        let added = nodes - self.nodes.replace(nodes);
        self.spend(Limit::Elements, added);
        let mut added = page.tree.nodes().rev().take(added);
        if added.any(|node| is_too_deep(node.ancestors())) {
            self.is_too_deep.set(true);
        }
    }

    fn record(&self, token: &Token) {
        let before = self.emitted.get();
        let text = match token {
            Token::CharacterTokens(text) => text.len(),
            Token::NullCharacterToken => 1,
            // It may be about a tag that goes on.
            Token::ParseError(_) => return,
            Token::TagToken(tag) => {
                self.spend(Limit::Attributes, tag.attrs.len());
                0
            }
            _ => 0,
        };
        self.emitted.set(Emitted {
            text: before.text + text,
            any: true,
            ends_with_tag: text == 0,
        });
    }
}

impl TokenSink for LimitedBuilder<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Handle> {
        self.record(&token);
        if self.check().is_err() {
            return TokenSinkResult::Continue;
        }
        let result = self.builder.process_token(token, line_number);
        self.count_nodes();
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn is_too_deep<T>(ancestors: impl Iterator<Item = T>) -> bool {
    ancestors.take(MAX_DEPTH + 1).count() > MAX_DEPTH
}

fn too_deep_error() -> Diagnostic {
    let message = format!("this page nests elements more than {MAX_DEPTH} deep");
    Diagnostic::without_span(
        Rule::Document,
        message,
        "save the page again from the browser",
    )
}
