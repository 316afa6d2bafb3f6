use std::cell::RefCell;
use std::rc::Rc;

use yew::{Component, Context, Html};

use crate::shown::Shown;
use crate::view::DigestProps;
use crate::{Reading, State, issue, message};

/// A digest in one of its states: under way, failed, made for a newer widget, or read.
///
/// It draws and listens to nothing: panels open by themselves, and whoever embeds it acts on its
/// buttons and links, which it knows by their `part`. Yew would put its own listeners and marks on
/// the nodes, which a second Yew in the page takes for its own; and it would keep them for ever.
pub struct Digest {
    /// The reading that was drawn last. The properties may be newer than that when `rendered` is called.
    drawn: RefCell<Option<Rc<Reading>>>,
    told: Option<Rc<Reading>>,
}

impl Component for Digest {
    type Message = ();
    type Properties = DigestProps;

    fn create(_: &Context<Self>) -> Digest {
        Digest {
            drawn: RefCell::default(),
            told: None,
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let view = &context.props().view;
        match &view.state {
            State::Loading => message::loading(view.words),
            State::Failed(failure) => message::failed(view.words, *failure, false),
            State::Retrying(failure) => message::failed(view.words, *failure, true),
            State::Newer => message::newer(view.words),
            State::Ready(reading) => {
                self.drawn.replace(Some(reading.clone()));
                issue::issue(&Shown { reading, view })
            }
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let Some(drawn) = self.drawn.take() else {
            return;
        };
        if !self
            .told
            .as_ref()
            .is_some_and(|told| Rc::ptr_eq(told, &drawn))
        {
            self.told = Some(drawn);
            context.props().view.on_drawn.emit(());
        }
    }
}
