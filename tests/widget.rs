//! A `<digest-widget>` in a page, as a reader meets it.

use fantoccini::elements::Element;
use serde_json::{Value, json};

use crate::page::Page;
use crate::picture::Picture;

/// One widget of a page. Its scripts have `host`, the element, `root`, its shadow root,
/// `one(selector)` and `all(selector)`, which search the shadow root.
#[derive(Clone, Debug)]
pub struct Widget {
    page: Page,
    index: usize,
}

impl Widget {
    pub(crate) fn new(page: Page, index: usize) -> Self {
        Widget { page, index }
    }

    /// What a script returns.
    pub async fn run(&self, script: &str) -> Value {
        self.page.run(&self.script(script)).await
    }

    /// Waits until a script returns `expected`; `what` names in words what it returns.
    pub async fn expect(&self, what: &str, script: &str, expected: impl Into<Value>) {
        self.page.expect(what, &self.script(script), expected).await;
    }

    /// Waits until the issue is up: its headlines are there and the element's own children are not.
    pub async fn is_up(&self) {
        self.expect(
            "the issue is up, in place of the element's children",
            "return { headlines: all('h3').length > 0, children: all('slot').length > 0 }",
            json!({ "headlines": true, "children": false }),
        )
        .await;
    }

    /// Waits until the element's own children are on view (true), or are not.
    pub async fn shows_children(&self, shown: bool) {
        self.expect(
            "whether the element's own children are on view",
            "return host.firstElementChild.checkVisibility()",
            shown,
        )
        .await;
    }

    /// Waits until what the selector finds reads like this, spaces being collapsed.
    pub async fn reads(&self, selector: &str, expected: &str) {
        let script = format!("return one('{selector}').textContent.replace(/\\s+/g, ' ').trim()");
        self.expect(&format!("the words of {selector}"), &script, expected)
            .await;
    }

    /// Waits until the panels are open (true) and closed (false) like this, from the first to the last.
    pub async fn has_panels<const N: usize>(&self, open: [bool; N]) {
        self.expect(
            "which panels are open",
            "return all('details').map(panel => panel.open)",
            open.to_vec(),
        )
        .await;
    }

    /// Waits until nothing in it moves any more.
    pub async fn is_still(&self) {
        self.expect(
            "animations under way",
            "return root.getAnimations().length",
            0,
        )
        .await;
    }

    /// A picture of the first element that the selector finds, which is in view.
    pub async fn picture(&self, selector: &str) -> Picture {
        self.page
            .picture(&self.script(&format!("return one('{selector}')")))
            .await
    }

    /// The first element that the selector finds.
    pub async fn element(&self, selector: &str) -> Element {
        self.nth_element(selector, 0).await
    }

    /// Clicks on the first element that the selector finds, as a mouse or a finger does.
    pub async fn click(&self, selector: &str) {
        self.click_nth(selector, 0).await;
    }

    /// Clicks on one of the elements that the selector finds, the first one being 0.
    pub async fn click_nth(&self, selector: &str, index: usize) {
        let element = self.nth_element(selector, index).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{selector} was not clicked: {error}"));
    }

    /// Waits until there is such an element.
    async fn nth_element(&self, selector: &str, index: usize) -> Element {
        let found = format!("return all('{selector}')[{index}] !== undefined");
        self.expect(
            &format!("whether there is a {selector}, number {index}"),
            &found,
            true,
        )
        .await;
        self.page
            .element(&self.script(&format!("return all('{selector}')[{index}]")))
            .await
    }

    fn script(&self, body: &str) -> String {
        let index = self.index;
        format!(
            "const host = document.querySelectorAll('digest-widget')[{index}];
             const root = host.shadowRoot;
             const all = selector => [...root.querySelectorAll(selector)];
             const one = selector => root.querySelector(selector);
             {body}"
        )
    }
}
