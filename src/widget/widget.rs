use std::cell::{Cell, RefCell};
use std::rc::Rc;

use digest_view::{Digest, DigestProps, Options, STYLE, State, Strings, View};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DocumentFragment, Element};
use yew::{AppHandle, Callback, Renderer};

use crate::fault::Fault;
use crate::fetch::{self, Arrived};
use crate::locale;

/// A digest: what it shows, and while it is in a page the Yew app that draws it.
///
/// Out of the page it holds nothing of the page, so that an element that is dropped can be collected,
/// and this with it.
#[wasm_bindgen]
pub struct Widget {
    digest: Rc<Shared>,
}

#[wasm_bindgen]
impl Widget {
    /// A digest that is nowhere yet, in the loading state.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // JavaScript has no `Default`.
    pub fn new() -> Widget {
        let view = View {
            state: State::Loading,
            words: Strings::for_lang(""),
            options: Options::default(),
            all_open: false,
            on_drawn: Callback::noop(),
        };
        Widget {
            digest: Rc::new(Shared {
                view: RefCell::new(view),
                stage: RefCell::default(),
                attempt: Cell::default(),
            }),
        }
    }

    /// Draws in place of whatever is in `stage` until it is unmounted: a shadow root, or a fragment that
    /// nobody sees. The drawing may be moved from there.
    ///
    /// `notify` is told what happens: `notify("style", css)` before anything is drawn,
    /// `notify("drawn", id)` when an issue is in the page that was not, `notify("fault", reason, cause)`
    /// when one is not to be had.
    pub fn mount(&self, stage: &DocumentFragment, notify: Function) -> Result<(), JsValue> {
        // With as many as below: a `call2` would be one more import.
        notify.call3(
            &JsValue::UNDEFINED,
            &"style".into(),
            &STYLE.into(),
            &JsValue::UNDEFINED,
        )?;
        let root = root(stage)?;
        let digest = Rc::downgrade(&self.digest);
        self.digest.view.borrow_mut().on_drawn = Callback::from(move |()| {
            if let Some(digest) = digest.upgrade() {
                digest.tell_drawn();
            }
        });
        let app =
            Renderer::<Digest>::with_root_and_props(root.clone(), self.digest.props()).render();
        unbrand(&root);
        self.digest.stage.replace(Some(Stage { app, notify }));
        Ok(())
    }

    /// Takes the drawing away and lets go of the page. What it shows is kept for another `mount`.
    pub fn unmount(&self) {
        if let Some(stage) = self.digest.stage.take() {
            stage.app.destroy();
        }
    }

    /// Shows the issue that `response` is a promise of: a `Response` to a request for `source`.
    /// Without one it asks for `source` itself, past every cache.
    pub fn load(&self, source: String, response: Option<Promise>) {
        let digest = self.digest.clone();
        let attempt = digest.next_attempt();
        let again = response.is_none();
        if again {
            digest.show_retrying();
        }
        spawn_local(async move {
            let response = match response {
                Some(response) => fetch::receive(response).await,
                None => fetch::request(&source).await,
            };
            let result = fetch::read(response).await;
            if digest.attempt.get() == attempt {
                digest.show(result, again);
            }
        });
    }

    /// Shows the issue that a JavaScript object is. The address of its picture is relative to `base`.
    pub fn show(&self, document: &JsValue, base: String) {
        self.digest.next_attempt();
        let result = fetch::decode(document).map(|issue| Arrived { issue, base });
        self.digest.show(result, false);
    }

    /// Applies the options of the element.
    ///
    /// `lang` chooses the words of the interface, `heading_level` is that of the title, 1 to 5,
    /// `deep_links` makes headlines links, `link_target` is that of the sources' links or empty.
    pub fn configure(&self, lang: &str, heading_level: u8, deep_links: bool, link_target: String) {
        let link_target = (!link_target.is_empty()).then_some(link_target);
        self.digest.change(|view| {
            view.words = Strings::for_lang(lang);
            view.options = Options {
                heading_level,
                deep_links,
                link_target,
            };
        });
    }

    /// Says whether every panel is open, so that the button for all of them closes them.
    pub fn set_all_open(&self, all_open: bool) {
        if self.digest.view.borrow().all_open != all_open {
            self.digest.change(|view| view.all_open = all_open);
        }
    }
}

/// What the widget shares with the answers that it waits for.
struct Shared {
    view: RefCell<View>,
    stage: RefCell<Option<Stage>>,
    /// Counts what was asked to be shown: a later wish makes an answer stale.
    attempt: Cell<u32>,
}

/// Where the digest is drawn.
struct Stage {
    app: AppHandle<Digest>,
    notify: Function,
}

impl Shared {
    fn next_attempt(&self) -> u32 {
        self.attempt.set(self.attempt.get().wrapping_add(1));
        self.attempt.get()
    }

    fn show_retrying(&self) {
        let State::Failed(failure) = self.view.borrow().state else {
            return;
        };
        self.change(|view| view.state = State::Retrying(failure));
    }

    /// Shows what arrived. An issue that is there stays when asking for it once more has failed.
    fn show(&self, result: Result<Arrived, Fault>, again: bool) {
        let fault = match result {
            Ok(arrived) => {
                let reading = Rc::new(locale::reading(arrived));
                return self.change(|view| view.state = State::Ready(reading));
            }
            Err(fault) => fault,
        };
        if !(again && matches!(self.view.borrow().state, State::Ready(_))) {
            self.change(|view| view.state = fault.state());
        }
        let (reason, cause) = fault.into_detail();
        self.notify("fault", &reason.into(), &cause);
    }

    fn tell_drawn(&self) {
        let State::Ready(reading) = self.view.borrow().state.clone() else {
            return;
        };
        self.notify(
            "drawn",
            &reading.issue.id.as_str().into(),
            &JsValue::UNDEFINED,
        );
    }

    fn notify(&self, what: &str, first: &JsValue, second: &JsValue) {
        let notify = self
            .stage
            .borrow()
            .as_ref()
            .map(|stage| stage.notify.clone());
        if let Some(notify) = notify {
            // What the page's own listeners throw is reported by the browser.
            let _ = notify.call3(&JsValue::UNDEFINED, &what.into(), first, second);
        }
    }

    fn change(&self, change: impl FnOnce(&mut View)) {
        change(&mut self.view.borrow_mut());
        let props = self.props();
        if let Some(stage) = &mut *self.stage.borrow_mut() {
            stage.app.update(props);
        }
    }

    fn props(&self) -> DigestProps {
        DigestProps {
            view: Rc::new(self.view.borrow().clone()),
        }
    }
}

/// An empty root for Yew in place of whatever is in `stage`.
fn root(stage: &DocumentFragment) -> Result<Element, JsValue> {
    let document = stage.owner_document().ok_or(JsValue::UNDEFINED)?;
    let root = document.create_element("div")?;
    root.set_class_name("root");
    stage.replace_children_with_node_1(&root);
    Ok(root)
}

/// Takes Yew's mark off its root. A page that runs a Yew of its own would take the events in here for
/// its own; ours needs the mark only to deliver events, and listens to none.
fn unbrand(root: &Element) {
    // A property that is not there is deleted as well, so it cannot fail.
    let _ = Reflect::delete_property(root, &"__yew_subtree_id".into());
}

/// Why a JavaScript object is not an issue, as an `Error`, for the message to the page's developer;
/// `undefined` if it is one.
#[wasm_bindgen]
pub fn decode_error(document: &JsValue) -> JsValue {
    match fetch::decode(document) {
        Err(Fault::Unreadable(error)) => error,
        _ => JsValue::UNDEFINED,
    }
}
