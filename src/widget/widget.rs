//! The `Widget` that the element's script creates, and its Yew app.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use digest_view::{Digest, DigestOptions, DigestProps, DigestState, STYLE, Strings, View};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DocumentFragment, Element};
use yew::{AppHandle, Callback, Renderer};

use crate::fetch::{self, FetchedIssue};
use crate::load_error::LoadError;
use crate::localize::localize_issue;

/// A digest: its content and, while it is mounted, the Yew app that draws it.
///
/// While unmounted it holds no reference to the page, so that an element that was removed can be
/// garbage-collected together with it.
#[wasm_bindgen]
pub struct Widget {
    inner: Rc<WidgetInner>,
}

#[wasm_bindgen]
impl Widget {
    /// Creates an unmounted digest in the loading state.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // JavaScript has no `Default`.
    pub fn new() -> Widget {
        let view = View {
            state: DigestState::Loading,
            strings: Strings::for_lang(""),
            options: DigestOptions::default(),
            all_open: false,
            on_drawn: Callback::noop(),
        };
        Widget {
            inner: Rc::new(WidgetInner {
                view: RefCell::new(view),
                mounted: RefCell::default(),
                attempt: Cell::default(),
            }),
        }
    }

    /// Replaces the content of `stage`, a shadow root or a hidden fragment, and draws there until
    /// it is unmounted. The nodes may be moved elsewhere.
    ///
    /// Calls `notify("style", css)` before it draws, `notify("drawn", id)` when another issue is in
    /// the page, and `notify("error", reason, cause)` when an issue failed to load.
    pub fn mount(&self, stage: &DocumentFragment, notify: Function) -> Result<(), JsValue> {
        // `call3` as in `WidgetInner::notify`: `call2` would be one more import.
        notify.call3(
            &JsValue::UNDEFINED,
            &"style".into(),
            &STYLE.into(),
            &JsValue::UNDEFINED,
        )?;
        let root = create_root(stage)?;
        let inner = Rc::downgrade(&self.inner);
        self.inner.view.borrow_mut().on_drawn = Callback::from(move |()| {
            if let Some(inner) = inner.upgrade() {
                inner.notify_drawn();
            }
        });
        let app =
            Renderer::<Digest>::with_root_and_props(root.clone(), self.inner.props()).render();
        remove_yew_mark(&root);
        self.inner.mounted.replace(Some(MountedApp { app, notify }));
        Ok(())
    }

    /// Removes the Yew app and every reference to the page. The content stays for the next `mount`.
    pub fn unmount(&self) {
        if let Some(mounted) = self.inner.mounted.take() {
            mounted.app.destroy();
        }
    }

    /// Loads the issue from `response`, a promise of the `Response` to a request for `source`.
    /// Without `response` it requests `source` itself, bypassing every cache.
    pub fn load(&self, source: String, response: Option<Promise>) {
        let inner = self.inner.clone();
        let attempt = inner.next_attempt();
        let again = response.is_none();
        if again {
            inner.show_retrying();
        }
        spawn_local(async move {
            let response = match response {
                Some(response) => fetch::await_response(response).await,
                None => fetch::request_issue(&source).await,
            };
            let result = fetch::read_response(response).await;
            if inner.attempt.get() == attempt {
                inner.show(result, again);
            }
        });
    }

    /// Shows the issue in a JavaScript object. Its picture's address is relative to `base`.
    pub fn show(&self, document: &JsValue, base: String) {
        self.inner.next_attempt();
        let result = fetch::decode_issue(document).map(|issue| FetchedIssue { issue, base });
        self.inner.show(result, false);
    }

    /// Applies the options of the element.
    ///
    /// `lang` selects the strings of the interface, `heading_level` is the title's, 1 to 5,
    /// `deep_links` makes headlines links, and `link_target` is the `target` of sources, or empty.
    pub fn configure(&self, lang: &str, heading_level: u8, deep_links: bool, link_target: String) {
        let link_target = (!link_target.is_empty()).then_some(link_target);
        self.inner.update_view(|view| {
            view.strings = Strings::for_lang(lang);
            view.options = DigestOptions {
                heading_level,
                deep_links,
                link_target,
            };
        });
    }

    /// Sets whether every panel is open, so that the button for all panels closes them.
    pub fn set_all_open(&self, all_open: bool) {
        if self.inner.view.borrow().all_open != all_open {
            self.inner.update_view(|view| view.all_open = all_open);
        }
    }
}

/// The state that a widget shares with its pending requests.
struct WidgetInner {
    view: RefCell<View>,
    mounted: RefCell<Option<MountedApp>>,
    /// Counts the calls to show something: a response to an earlier call is ignored.
    attempt: Cell<u32>,
}

/// The Yew app in the page and the element's callback.
struct MountedApp {
    app: AppHandle<Digest>,
    notify: Function,
}

impl WidgetInner {
    fn next_attempt(&self) -> u32 {
        self.attempt.set(self.attempt.get().wrapping_add(1));
        self.attempt.get()
    }

    fn show_retrying(&self) {
        let DigestState::Failed(failure) = self.view.borrow().state else {
            return;
        };
        self.update_view(|view| view.state = DigestState::Retrying(failure));
    }

    /// Shows an issue or an error. If loading an issue again fails, the issue stays.
    fn show(&self, result: Result<FetchedIssue, LoadError>, again: bool) {
        let error = match result {
            Ok(fetched) => {
                let localized = Rc::new(localize_issue(fetched));
                return self.update_view(|view| view.state = DigestState::Ready(localized));
            }
            Err(error) => error,
        };
        if !(again && matches!(self.view.borrow().state, DigestState::Ready(_))) {
            self.update_view(|view| view.state = error.to_state());
        }
        let (reason, cause) = error.into_detail();
        self.notify("error", &reason.into(), &cause);
    }

    fn notify_drawn(&self) {
        let DigestState::Ready(localized) = self.view.borrow().state.clone() else {
            return;
        };
        self.notify(
            "drawn",
            &localized.issue.id.as_str().into(),
            &JsValue::UNDEFINED,
        );
    }

    fn notify(&self, event: &str, first: &JsValue, second: &JsValue) {
        let notify = self
            .mounted
            .borrow()
            .as_ref()
            .map(|mounted| mounted.notify.clone());
        if let Some(notify) = notify {
            // The browser reports exceptions in the page's listeners.
            let _ = notify.call3(&JsValue::UNDEFINED, &event.into(), first, second);
        }
    }

    fn update_view(&self, update: impl FnOnce(&mut View)) {
        update(&mut self.view.borrow_mut());
        let props = self.props();
        if let Some(mounted) = &mut *self.mounted.borrow_mut() {
            mounted.app.update(props);
        }
    }

    fn props(&self) -> DigestProps {
        DigestProps {
            view: Rc::new(self.view.borrow().clone()),
        }
    }
}

/// Replaces the content of `stage` with an empty root for Yew.
fn create_root(stage: &DocumentFragment) -> Result<Element, JsValue> {
    let document = stage.owner_document().ok_or(JsValue::UNDEFINED)?;
    let root = document.create_element("div")?;
    root.set_class_name("root");
    stage.replace_children_with_node_1(&root);
    Ok(root)
}

/// Removes Yew's mark from its root. The page's own Yew app would otherwise handle events in here;
/// ours needs the mark only for events, and listens to none.
fn remove_yew_mark(root: &Element) {
    // Deleting a missing property succeeds too, so this cannot fail.
    let _ = Reflect::delete_property(root, &"__yew_subtree_id".into());
}

/// Returns the error why a JavaScript object is not an issue, for the message in the console, or
/// `undefined` if it is an issue.
#[wasm_bindgen]
pub fn decode_error(document: &JsValue) -> JsValue {
    match fetch::decode_issue(document) {
        Err(LoadError::Unreadable(error)) => error,
        _ => JsValue::UNDEFINED,
    }
}
