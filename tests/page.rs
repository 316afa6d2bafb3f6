//! The page that a reader has open.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::extra::Extra;
use crate::picture::Picture;
use crate::widget::Widget;

const DEADLINE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(25);

/// The name that the WebDriver standard gives to a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A reader's browser and the page in it.
#[derive(Clone, Debug)]
pub struct Page {
    client: Client,
    screenshots: PathBuf,
}

impl Page {
    pub(crate) fn new(client: Client, screenshots: PathBuf) -> Self {
        Page {
            client,
            screenshots,
        }
    }

    /// The WebDriver session, for what only one case needs.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens an address and waits until the engine calls it loaded.
    pub async fn open(&self, address: &str) {
        self.client
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("{address} did not open: {error}"));
    }

    /// The first widget in the page.
    pub fn widget(&self) -> Widget {
        self.nth_widget(0)
    }

    /// A widget in the page, the first one being 0.
    pub fn nth_widget(&self, index: usize) -> Widget {
        Widget::new(self.clone(), index)
    }

    /// What a script in the page returns.
    pub async fn run(&self, script: &str) -> Value {
        self.try_run(script)
            .await
            .unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }

    /// Waits until a script returns `expected`; `what` names in words what it returns.
    pub async fn expect(&self, what: &str, script: &str, expected: impl Into<Value>) {
        let expected = expected.into();
        let end = Instant::now() + DEADLINE;
        loop {
            let found = self.try_run(script).await;
            if found.as_ref().is_ok_and(|found| *found == expected) {
                return;
            }
            if Instant::now() > end {
                let found = found.map_or_else(|error| error.to_string(), |found| found.to_string());
                panic!("{what}\n  expected: {expected}\n     found: {found}");
            }
            sleep(PAUSE).await;
        }
    }

    /// The element that a script returns, to click on or to type into.
    pub async fn element(&self, script: &str) -> Element {
        let found = self.run(script).await;
        let reference = found[ELEMENT].as_str();
        let reference =
            reference.unwrap_or_else(|| panic!("expected an element, found {found}\n{script}"));
        Element::from_element_id(self.client.clone(), ElementRef::from(reference.to_owned()))
    }

    /// What the engine tells assistive technology that the element is called.
    pub async fn label(&self, element: &Element) -> Value {
        let path = format!("element/{}/computedlabel", &*element.element_id());
        self.issue(Extra::get(path)).await
    }

    /// What an asynchronous script returns that runs in Firefox itself, not in the page.
    pub async fn run_in_firefox(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.issue(Extra::post("moz/context", &json!({ "context": "chrome" })))
            .await;
        let found = self.client.execute_async(script, arguments).await;
        self.issue(Extra::post("moz/context", &json!({ "context": "content" })))
            .await;
        found.unwrap_or_else(|error| panic!("the script in Firefox failed: {error}"))
    }

    /// What Chromium answers to a command of its developer tools.
    pub async fn run_in_devtools(&self, command: &str, parameters: Value) -> Value {
        self.issue(Extra::post(
            "goog/cdp/execute",
            &json!({ "cmd": command, "params": parameters }),
        ))
        .await
    }

    /// What a reader can see of the element, where a page runs no scripts.
    pub async fn visible_text(&self, selector: &str) -> String {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|error| panic!("the page has no {selector}: {error}"));
        element
            .text()
            .await
            .unwrap_or_else(|error| panic!("{selector} has no text: {error}"))
    }

    /// Presses a key on what has the focus.
    pub async fn press(&self, key: char) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.client
            .perform_actions(keys)
            .await
            .unwrap_or_else(|error| panic!("no key was pressed: {error}"));
    }

    /// Writes a picture of the window to `target/screenshots/ENGINE/NAME.png`, to be looked at.
    pub async fn screenshot(&self, name: &str) {
        self.is_painted().await;
        let picture = self
            .client
            .screenshot()
            .await
            .unwrap_or_else(|error| panic!("no picture: {error}"));
        let file = self.screenshots.join(format!("{name}.png"));
        fs::create_dir_all(&self.screenshots).expect("target/ can be written to");
        fs::write(&file, picture).expect("target/ can be written to");
    }

    /// A picture of an element that is in view and that a script returns.
    ///
    /// It is cut out of one of the window, because WebKit's picture of an element is black in part.
    pub async fn picture(&self, script: &str) -> Picture {
        let edges = format!(
            "const {{ left, top, right, bottom }} = (() => {{ {script} }})().getBoundingClientRect();
             return [left, top, right, bottom].map(Math.round)"
        );
        let edges: [u32; 4] =
            serde_json::from_value(self.run(&edges).await).expect("an element has edges");
        let [left, top, right, bottom] = edges;
        self.is_painted().await;
        let window = self
            .client
            .screenshot()
            .await
            .unwrap_or_else(|error| panic!("no picture: {error}"));
        Picture::decode(&window).part([left, top, right - left, bottom - top])
    }

    /// WebKit pictures the window as it was last painted, which may be before the page was there.
    async fn is_painted(&self) {
        let painted = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        let painted = self.client.execute_async(painted, vec![]).await;
        painted.unwrap_or_else(|error| panic!("the page was not painted: {error}"));
    }

    async fn issue(&self, command: Extra) -> Value {
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
