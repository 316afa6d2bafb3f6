//! A `<digest-widget>` in a page, for tests to act on.

use std::time::Instant;

use fantoccini::elements::Element;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::deadlines;
use crate::page::Page;
use crate::screenshot::Screenshot;

/// One widget of a page. Every method waits until the element is upgraded: before, it has no
/// methods, and a pre-rendered digest does not listen to clicks.
///
/// Scripts can use `host`, the element, `root`, its shadow root, and `one(selector)` and
/// `all(selector)`, which search the shadow root.
#[derive(Clone, Debug)]
pub struct WidgetHandle {
    page: Page,
    index: usize,
}

impl WidgetHandle {
    pub(crate) fn new(page: Page, index: usize) -> Self {
        WidgetHandle { page, index }
    }

    /// Waits until the loader has run and the element is an instance of its class.
    pub async fn wait_until_upgraded(&self) {
        self.expect("the element is upgraded", "return true", true)
            .await;
    }

    /// Runs a script and returns its result.
    pub async fn run(&self, script: &str) -> Value {
        self.wait_until_upgraded().await;
        self.page.run(&self.script(script)).await
    }

    /// Waits until a script returns `expected`. `what` describes the result in a failure's message.
    pub async fn expect(&self, what: &str, script: &str, expected: impl Into<Value>) {
        self.page.expect(what, &self.script(script), expected).await;
    }

    /// Waits until the issue is drawn and hides the element's children.
    pub async fn wait_until_drawn(&self) {
        self.expect(
            "the issue is drawn and the children are hidden",
            "return { headlines: all('[part=headline]').length > 0, children: all('slot').length > 0 }",
            json!({ "headlines": true, "children": false }),
        )
        .await;
    }

    /// Waits until the element's own children are visible, or are not.
    pub async fn expect_children_visible(&self, visible: bool) {
        self.expect(
            "the element's own children are visible",
            "const [child] = host.firstElementChild.assignedElements?.() ?? [host.firstElementChild];
             return child.checkVisibility()",
            visible,
        )
        .await;
    }

    /// Waits until an element has this text. Runs of spaces count as one. A button or switch has the
    /// label that a reader sees.
    pub async fn expect_text(&self, selector: &str, expected: &str) {
        let script = format!(
            "const piece = one('{selector}');
             const text = piece.matches('button, summary') ? piece.innerText : piece.textContent;
             return text.replace(/\\s+/g, ' ').trim()"
        );
        self.expect(&format!("the text of {selector}"), &script, expected)
            .await;
    }

    /// Waits until the panels, from first to last, are open (true) or closed (false) like this.
    pub async fn expect_panels<const N: usize>(&self, open: [bool; N]) {
        self.expect(
            "open panels",
            "return all('details:not([part=year])').map(panel => panel.open)",
            open.to_vec(),
        )
        .await;
    }

    /// Waits until the top of one of the elements that match is in the window.
    pub async fn expect_in_window(&self, selector: &str, index: usize) {
        let is_in_window = format!(
            "const {{ top }} = all('{selector}')[{index}].getBoundingClientRect();
             return top >= 0 && top < innerHeight"
        );
        let what = format!("{selector}, number {index}, is in the window");
        self.expect(&what, &is_in_window, true).await;
    }

    /// Waits until no animation runs.
    pub async fn wait_for_animations(&self) {
        self.expect(
            "running animations",
            "return root.getAnimations().length",
            0,
        )
        .await;
    }

    /// A screenshot of the first element that matches and is in view.
    pub async fn capture(&self, selector: &str) -> Screenshot {
        self.wait_until_upgraded().await;
        self.page
            .capture(&self.script(&format!("return one('{selector}')")))
            .await
    }

    /// The first element that matches.
    pub async fn find(&self, selector: &str) -> Element {
        self.find_nth(selector, 0).await
    }

    /// Clicks on the first element that matches.
    pub async fn click(&self, selector: &str) {
        self.click_nth(selector, 0).await;
    }

    /// Clicks on one of the elements that match. The first one is number 0.
    ///
    /// If a new drawing replaces the element before the click, the click goes to the new one.
    pub async fn click_nth(&self, selector: &str, index: usize) {
        let end = Instant::now() + deadlines::CONDITION;
        loop {
            let element = self.find_nth(selector, index).await;
            self.wait_until_in_place(selector, index).await;
            let Err(error) = element.click().await else {
                return;
            };
            let is_replaced = error.is_stale_element_reference() || error.is_no_such_element();
            assert!(
                is_replaced && Instant::now() < end,
                "{selector} was not clicked: {error}"
            );
        }
    }

    async fn find_nth(&self, selector: &str, index: usize) -> Element {
        let found = format!("return all('{selector}')[{index}] !== undefined");
        self.expect(
            &format!("there is a {selector}, number {index}"),
            &found,
            true,
        )
        .await;
        self.page
            .find(&self.script(&format!("return all('{selector}')[{index}]")))
            .await
    }

    /// Waits until an element is where it was a moment before: WebKit's driver clicks on the place
    /// that it measured first.
    async fn wait_until_in_place(&self, selector: &str, index: usize) {
        let place = format!(
            "const {{ x, y, width, height }} = all('{selector}')[{index}].getBoundingClientRect();
             return [x, y, width, height]"
        );
        let end = Instant::now() + deadlines::CONDITION;
        let mut last = self.run(&place).await;
        loop {
            sleep(deadlines::PAUSE).await;
            let place = self.run(&place).await;
            if place == last {
                return;
            }
            assert!(
                Instant::now() < end,
                "{selector} did not come to rest, last at {place}"
            );
            last = place;
        }
    }

    /// Throws where the element is not upgraded, so that [`Page::expect`] tries again.
    fn script(&self, body: &str) -> String {
        let index = self.index;
        format!(
            "const host = [...document.querySelectorAll('digest-widget, [data-digest-src]')]
                 .map(element => element.shadowRoot?.querySelector('digest-widget') ?? element)[{index}];
             if (!host?.matches(':defined')) throw new Error('digest-widget {index} is not upgraded');
             const root = host.shadowRoot;
             const all = selector => [...root.querySelectorAll(selector)];
             const one = selector => root.querySelector(selector);
             {body}"
        )
    }
}
