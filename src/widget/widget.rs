use std::cell::RefCell;
use std::rc::{Rc, Weak};

use digest_view::{Digest, DigestProps, State, View, Words};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::ShadowRoot;
use yew::{AppHandle, Callback, Renderer};

use crate::fault::{self, Fault};
use crate::{fetch, locale, style};

/// A digest in a shadow root, from the first sight of the loader's element to the page's end.
#[wasm_bindgen]
pub struct Widget {
    mounted: Rc<Mounted>,
}

#[wasm_bindgen]
impl Widget {
    /// Shows the loading state in place of whatever is in `shadow`.
    ///
    /// `lang` is the language of the page around the element, as a BCP 47 tag or empty: it
    /// chooses the words of the interface.
    #[wasm_bindgen(constructor)]
    pub fn new(shadow: &ShadowRoot, lang: &str) -> Result<Widget, JsValue> {
        let root = style::root(shadow)?;
        let mounted = Rc::new_cyclic(|mounted: &Weak<Mounted>| {
            let mounted = mounted.clone();
            let on_retry = Callback::from(move |()| {
                if let Some(mounted) = mounted.upgrade() {
                    mounted.retry();
                }
            });
            Mounted {
                app: RefCell::new(None),
                view: RefCell::new(View {
                    state: State::Loading,
                    words: Words::for_lang(lang),
                    target: locale::target(),
                    on_retry,
                }),
                source: RefCell::default(),
            }
        });
        let app = Renderer::<Digest>::with_root_and_props(root, mounted.props()).render();
        mounted.app.replace(Some(app));
        Ok(Widget { mounted })
    }

    /// Shows the issue that `response` is a promise of: a `Response` to a request for `source`.
    pub fn load(&self, source: String, response: Promise) {
        self.mounted.source.replace(source.clone());
        let mounted = self.mounted.clone();
        spawn_local(async move {
            let result = fetch::read(fetch::receive(response).await).await;
            mounted.arrived(&source, result);
        });
    }

    /// Changes the language of the interface.
    pub fn set_lang(&self, lang: &str) {
        self.mounted.change(|view| view.words = Words::for_lang(lang));
    }
}

struct Mounted {
    app: RefCell<Option<AppHandle<Digest>>>,
    view: RefCell<View>,
    /// The address that the issue was last asked for at: a later one makes an answer stale.
    source: RefCell<String>,
}

impl Mounted {
    fn retry(self: Rc<Mounted>) {
        let State::Failed(failure) = self.view.borrow().state else { return };
        self.change(|view| view.state = State::Retrying(failure));
        let source = self.source.borrow().clone();
        spawn_local(async move {
            let result = fetch::read(fetch::request(&source).await).await;
            self.arrived(&source, result);
        });
    }

    fn arrived(&self, source: &str, result: Result<fetch::Arrived, Fault>) {
        if *self.source.borrow() != source {
            return;
        }
        let state = match result {
            Ok(arrived) => State::Ready(Rc::new(locale::reading(arrived, source))),
            Err(fault) => {
                fault::report(source, &fault);
                fault.state()
            }
        };
        self.change(|view| view.state = state);
    }

    fn change(&self, change: impl FnOnce(&mut View)) {
        change(&mut self.view.borrow_mut());
        let props = self.props();
        if let Some(app) = &mut *self.app.borrow_mut() {
            app.update(props);
        }
    }

    fn props(&self) -> DigestProps {
        DigestProps { view: Rc::new(self.view.borrow().clone()) }
    }
}
