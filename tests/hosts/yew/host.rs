//! An embedder's page that is a Yew application: a second WebAssembly module, with click handlers
//! around the digest.

use gloo_events::EventListener;
use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Event, HtmlElement, window};
use yew::prelude::*;

/// More handlers than the digest has elements. If a click in the digest found a handler of this
/// module by its number, one of these would run.
const OTHERS: usize = 40;

const OWN_ISSUE: &str = include_str!("../own-issue.json");

fn main() {
    let app = window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    let Some(app) = app else { return };
    let cdn = app
        .unchecked_ref::<HtmlElement>()
        .dataset()
        .get("cdn")
        .unwrap_or_default();
    yew::Renderer::<Host>::with_root_and_props(app, HostProps { cdn }).render();
}

#[derive(Properties, PartialEq)]
struct HostProps {
    cdn: String,
}

enum Message {
    Dark,
    All,
    Own,
    Back,
    Toggle,
    AroundClicked,
    OtherClicked,
    Loaded(String),
    Toggled(String),
    Linked(String),
}

struct Host {
    shown: bool,
    issue: JsValue,
    open: &'static str,
    theme: &'static str,
    around: usize,
    others: usize,
    loaded: String,
    toggled: String,
    linked: String,
    widget: NodeRef,
    listeners: Vec<EventListener>,
}

impl Component for Host {
    type Message = Message;
    type Properties = HostProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Host {
            shown: true,
            issue: JsValue::NULL,
            open: "first",
            theme: "light",
            around: 0,
            others: 0,
            loaded: String::new(),
            toggled: String::new(),
            linked: String::new(),
            widget: NodeRef::default(),
            listeners: Vec::new(),
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Dark => self.theme = "dark",
            Message::All => self.open = "all",
            Message::Own => self.issue = JSON::parse(OWN_ISSUE).unwrap_or_default(),
            Message::Back => self.issue = JsValue::NULL,
            Message::Toggle => self.shown = !self.shown,
            Message::AroundClicked => self.around += 1,
            Message::OtherClicked => self.others += 1,
            Message::Loaded(text) => self.loaded = text,
            Message::Toggled(text) => self.toggled = text,
            Message::Linked(text) => self.linked = text,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let on = |message: fn() -> Message| ctx.link().callback(move |_: MouseEvent| message());
        let src = format!(
            "{}/issues/us-japan-alliance-digest-1.5/issue.json",
            ctx.props().cdn
        );
        html! {
            <main>
                <h1>{ "This week in the alliance, by Yew" }</h1>
                <p>
                    <button id="dark" onclick={on(|| Message::Dark)}>{ "Dark" }</button>{ " " }
                    <button id="all" onclick={on(|| Message::All)}>{ "All" }</button>{ " " }
                    <button id="own" onclick={on(|| Message::Own)}>{ "Own issue" }</button>{ " " }
                    <button id="back" onclick={on(|| Message::Back)}>{ "Back" }</button>{ " " }
                    <button id="shown" onclick={on(|| Message::Toggle)}>{ "Hide and show" }</button>
                </p>
                <dl>
                    <dt>{ "Loaded" }</dt><dd id="loaded">{ &self.loaded }</dd>
                    <dt>{ "Toggled" }</dt><dd id="toggled">{ &self.toggled }</dd>
                    <dt>{ "Linked" }</dt><dd id="linked">{ &self.linked }</dd>
                    <dt>{ "Clicks around it" }</dt><dd id="clicks">{ self.around }</dd>
                    <dt>{ "Clicks on others" }</dt><dd id="others">{ self.others }</dd>
                </dl>
                <section onclick={on(|| Message::AroundClicked)}>
                    if self.shown {
                        <digest-widget
                            ref={self.widget.clone()}
                            {src}
                            ~issue={self.issue.clone()}
                            theme={self.theme}
                            heading-level="3"
                        >
                            <a href="https://publisher.example/">{ "US-Japan Alliance Digest, Vol 1.5" }</a>
                        </digest-widget>
                    }
                </section>
                <p>
                    { for (1..=OTHERS).map(|number| html! {
                        <><button class="other" onclick={on(|| Message::OtherClicked)}>{ number }</button>{ " " }</>
                    }) }
                </p>
            </main>
        }
    }

    /// Yew treats every `open` as the boolean of a `<details>`, and knows only the browser's own
    /// events. So this sets `open` and adds the listeners by hand.
    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let Some(widget) = self.widget.cast::<HtmlElement>() else {
            self.listeners.clear();
            return;
        };
        // Setting a writable property cannot fail.
        let _ = Reflect::set(&widget, &"open".into(), &self.open.into());
        if self.listeners.is_empty() {
            self.listeners = Self::add_listeners(ctx, &widget);
        }
    }
}

impl Host {
    fn add_listeners(ctx: &Context<Self>, widget: &HtmlElement) -> Vec<EventListener> {
        let listen_to = |name: &'static str, message: fn(&Event) -> Message| {
            let link = ctx.link().clone();
            let options = gloo_events::EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(widget, name, options, move |event| {
                link.send_message(message(event));
            })
        };
        vec![
            listen_to("digest-load", |event| {
                Message::Loaded(read_detail(event, "id"))
            }),
            listen_to("digest-toggle", |event| {
                Message::Toggled(format!(
                    "{} {}",
                    read_detail(event, "id"),
                    read_detail(event, "open")
                ))
            }),
            listen_to("digest-link", |event| {
                event.prevent_default();
                Message::Linked(read_detail(event, "href"))
            }),
        ]
    }
}

/// A field of an event's detail, as text.
fn read_detail(event: &Event, name: &str) -> String {
    let detail = event.unchecked_ref::<CustomEvent>().detail();
    let field = Reflect::get(&detail, &name.into()).unwrap_or_default();
    field
        .as_string()
        .or_else(|| field.as_bool().map(|field| field.to_string()))
        .unwrap_or_default()
}
