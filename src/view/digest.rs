use web_sys::HtmlElement;
use yew::{Component, Context, Html, NodeRef};

use crate::panel::{Event, Panel};
use crate::shown::Shown;
use crate::view::DigestProps;
use crate::{Reading, State, issue, message};

/// A digest in one of its states: under way, failed, made for a newer widget, or read.
pub struct Digest {
    panels: Vec<Panel>,
    title: NodeRef,
    target: Option<String>,
    retried: bool,
}

impl Component for Digest {
    type Message = Event;
    type Properties = DigestProps;

    fn create(context: &Context<Self>) -> Digest {
        let view = &context.props().view;
        let mut digest = Digest {
            panels: Vec::new(),
            title: NodeRef::default(),
            target: view.target.clone(),
            retried: false,
        };
        digest.fit_panels(&view.state);
        digest
    }

    fn changed(&mut self, context: &Context<Self>, old: &DigestProps) -> bool {
        let state = &context.props().view.state;
        self.retried |= matches!(old.view.state, State::Retrying(_));
        if state.issue_id() != old.view.state.issue_id() {
            self.panels.clear();
        }
        self.fit_panels(state);
        true
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        match event {
            Event::Clicked(index) => {
                if let Some(panel) = self.panels.get(index) {
                    panel.set_open(!panel.is_open());
                }
                false
            }
            Event::Toggled(index, open) => {
                let all_were_open = self.all_open();
                if let Some(panel) = self.panels.get_mut(index) {
                    panel.open = open;
                }
                self.all_open() != all_were_open
            }
            Event::ToggledAll => {
                let open = !self.all_open();
                self.panels.iter().for_each(|panel| panel.set_open(open));
                false
            }
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let view = &context.props().view;
        match &view.state {
            State::Loading => message::loading(view.words),
            State::Failed(failure) => message::failed(view, *failure, false),
            State::Retrying(failure) => message::failed(view, *failure, true),
            State::Newer => message::newer(view.words),
            State::Ready(reading) => issue::issue(&Shown {
                reading,
                words: view.words,
                panels: &self.panels,
                all_open: self.all_open(),
                title: &self.title,
                on_event: context.link().callback(|event| event),
            }),
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let State::Ready(reading) = &context.props().view.state else { return };
        if let Some(target) = self.target.take() {
            self.show_target(reading, &target);
        }
        // The pressed button is gone, and with it the focus: hand it to what replaced the button.
        if std::mem::take(&mut self.retried)
            && let Some(title) = self.title.cast::<HtmlElement>()
        {
            let _ = title.focus();
        }
    }
}

impl Digest {
    fn all_open(&self) -> bool {
        self.panels.iter().all(|panel| panel.open)
    }

    /// Gives each headline a panel, keeping those there are with what the reader did to them.
    fn fit_panels(&mut self, state: &State) {
        if let State::Ready(reading) = state {
            self.panels.resize_with(reading.issue.headlines.len(), Panel::default);
        }
    }

    fn show_target(&self, reading: &Reading, id: &str) {
        let found = reading.issue.headlines.iter().position(|headline| headline.id == id);
        if let Some(panel) = found.and_then(|index| self.panels.get(index)) {
            panel.show();
        }
    }
}
