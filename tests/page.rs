//! The page that a browser has open.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use fantoccini::elements::{Element, ElementRef, ShadowRoot};
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::browser_engine::BrowserEngine;
use crate::deadlines;
use crate::screenshot::Screenshot;
use crate::webdriver_command::WebDriverCommand;
use crate::widget_handle::WidgetHandle;

/// The key of a reference to an element, by the WebDriver standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser window and the page in it.
#[derive(Clone, Debug)]
pub struct Page {
    client: Client,
    engine: BrowserEngine,
    runs_scripts: bool,
    screenshots: PathBuf,
}

impl Page {
    pub(crate) fn new(
        client: Client,
        engine: BrowserEngine,
        runs_scripts: bool,
        screenshots: PathBuf,
    ) -> Self {
        Page {
            client,
            engine,
            runs_scripts,
            screenshots,
        }
    }

    /// The WebDriver session, for what only one case needs.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens an address and waits until the page is loaded.
    pub async fn open(&self, address: &str) {
        let before = self.time_origin().await;
        self.client
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("{address} did not open: {error}"));
        self.wait_for_new_document(address, before).await;
    }

    /// A busy driver of WebKit's may call a page loaded before it is there.
    async fn wait_for_new_document(&self, address: &str, before: Option<Value>) {
        if !self.runs_scripts {
            return;
        }
        let script = format!(
            "return performance.timeOrigin !== {} && {}",
            before.unwrap_or_default(),
            self.engine.is_loaded()
        );
        self.expect(&format!("{address} is loaded"), &script, true)
            .await;
    }

    /// The start of the document's life. No two documents of a window have the same.
    async fn time_origin(&self) -> Option<Value> {
        if !self.runs_scripts {
            return None;
        }
        self.try_run("return performance.timeOrigin").await.ok()
    }

    /// The first widget in the page.
    pub fn widget(&self) -> WidgetHandle {
        self.nth_widget(0)
    }

    /// A widget in the page. The first one is number 0.
    pub fn nth_widget(&self, index: usize) -> WidgetHandle {
        WidgetHandle::new(self.clone(), index)
    }

    /// Runs a script in the page and returns its result.
    pub async fn run(&self, script: &str) -> Value {
        self.try_run(script)
            .await
            .unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }

    /// Waits until a script returns `expected`. `what` describes the result in a failure's message.
    pub async fn expect(&self, what: &str, script: &str, expected: impl Into<Value>) {
        let expected = expected.into();
        let end = Instant::now() + deadlines::CONDITION;
        loop {
            let found = self.try_run(script).await;
            if found.as_ref().is_ok_and(|found| *found == expected) {
                return;
            }
            if Instant::now() > end {
                let found = found.map_or_else(|error| error.to_string(), |found| found.to_string());
                panic!("{what}\n  expected: {expected}\n     found: {found}");
            }
            sleep(deadlines::PAUSE).await;
        }
    }

    /// The element that a script returns.
    pub async fn find(&self, script: &str) -> Element {
        let found = self.run(script).await;
        let reference = found[ELEMENT].as_str();
        let reference =
            reference.unwrap_or_else(|| panic!("expected an element, found {found}\n{script}"));
        Element::from_element_id(self.client.clone(), ElementRef::from(reference.to_owned()))
    }

    /// Waits for an element. Works without scripts too.
    pub async fn wait_for(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(deadlines::CONDITION);
        let element = wait.for_element(Locator::Css(selector)).await;
        element.unwrap_or_else(|error| panic!("the page has no {selector}: {error}"))
    }

    /// Waits for an element and clicks on it. Works without scripts too.
    pub async fn click(&self, selector: &str) {
        let element = self.wait_for(selector).await;
        element
            .click()
            .await
            .unwrap_or_else(|error| panic!("{selector} was not clicked: {error}"));
    }

    /// Waits for the first widget and returns its shadow root. Works without scripts too.
    pub async fn find_shadow_root(&self) -> ShadowRoot {
        let element = self.wait_for("digest-widget").await;
        element
            .shadow_root()
            .await
            .unwrap_or_else(|error| panic!("digest-widget has no shadow root: {error}"))
    }

    /// Goes into a frame of the page, counted from 0.
    pub async fn enter_frame(&self, index: u16) {
        let entered = self.client.clone().enter_frame(index).await;
        entered.unwrap_or_else(|error| panic!("the page has no frame {index}: {error}"));
    }

    /// Goes back to the page around a frame.
    pub async fn leave_frame(&self) {
        let left = self.client.clone().enter_parent_frame().await;
        left.unwrap_or_else(|error| panic!("no page is around the frame: {error}"));
    }

    /// The element's name for assistive technology.
    pub async fn accessible_name(&self, element: &Element) -> Value {
        let path = format!("element/{}/computedlabel", &*element.element_id());
        self.send(WebDriverCommand::get(path)).await
    }

    /// Runs an asynchronous script in Firefox itself, not in the page, and returns its result.
    pub async fn run_in_firefox(&self, script: &str, arguments: Vec<Value>) -> Value {
        let set_context =
            |context: &str| WebDriverCommand::post("moz/context", &json!({ "context": context }));
        self.send(set_context("chrome")).await;
        let found = self.client.execute_async(script, arguments).await;
        self.send(set_context("content")).await;
        found.unwrap_or_else(|error| panic!("the script in Firefox failed: {error}"))
    }

    /// Sends a command to Chromium's developer tools and returns the answer.
    pub async fn run_in_devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.send(WebDriverCommand::post("goog/cdp/execute", &body))
            .await
    }

    /// Waits for an element and returns its visible text. Works without scripts too.
    pub async fn visible_text(&self, selector: &str) -> String {
        let element = self.wait_for(selector).await;
        element
            .text()
            .await
            .unwrap_or_else(|error| panic!("{selector} has no text: {error}"))
    }

    /// Presses a key on the focused element.
    pub async fn press_key(&self, key: char) {
        self.press_keys(&[key]).await;
    }

    /// Holds down the keys in order and releases them in reverse, such as Shift and Tab.
    pub async fn press_keys(&self, keys: &[char]) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let actions = KeyActions::new("keyboard".into());
        let actions = down.chain(up).fold(actions, KeyActions::then);
        self.client
            .perform_actions(actions)
            .await
            .unwrap_or_else(|error| panic!("no key was pressed: {error}"));
    }

    /// Writes a screenshot of the window to `target/screenshots/ENGINE/NAME.png`, for people to
    /// look at.
    pub async fn save_screenshot(&self, name: &str) {
        let screenshot = self.take_screenshot().await;
        let file = self.screenshots.join(format!("{name}.png"));
        fs::create_dir_all(&self.screenshots).expect("target/ can be written to");
        fs::write(&file, screenshot).expect("target/ can be written to");
    }

    /// A screenshot of the element that a script returns, which is in view.
    ///
    /// It is cut out of one of the window, because WebKit's screenshot of an element is black in
    /// part.
    pub async fn capture(&self, script: &str) -> Screenshot {
        let edges = format!(
            "const {{ left, top, right, bottom }} = (() => {{ {script} }})()
                .getBoundingClientRect();
             return [left, top, right, bottom].map(Math.round)"
        );
        let edges: [u32; 4] =
            serde_json::from_value(self.run(&edges).await).expect("an element has edges");
        let [left, top, right, bottom] = edges;
        let window = self.take_screenshot().await;
        Screenshot::decode(&window).crop([left, top, right - left, bottom - top])
    }

    async fn take_screenshot(&self) -> Vec<u8> {
        self.wait_for_paint().await;
        let screenshot = self.client.screenshot().await;
        screenshot.unwrap_or_else(|error| panic!("no screenshot: {error}"))
    }

    /// Waits for two animation frames. Every change so far is painted then, and every animation has
    /// started.
    ///
    /// WebKit's screenshots show the last paint, which may be older than the page.
    pub async fn wait_for_paint(&self) {
        let painted = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        let painted = self.client.execute_async(painted, vec![]).await;
        painted.unwrap_or_else(|error| panic!("the page was not painted: {error}"));
    }

    async fn send(&self, command: WebDriverCommand) -> Value {
        let description = format!("{command:?}");
        self.client
            .issue_cmd(command)
            .await
            .unwrap_or_else(|error| panic!("{description}: {error}"))
    }

    async fn try_run(&self, script: &str) -> Result<Value, CmdError> {
        self.client.execute(script, vec![]).await
    }
}
