//! The component that draws a digest.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Component, Context, Html};

use crate::issue::render_issue;
use crate::message::{render_failure, render_loading, render_newer};
use crate::render_context::RenderContext;
use crate::view::DigestProps;
use crate::{DigestState, LocalizedIssue};

/// A digest in one of its states: loading, failed, made for a newer widget, or ready.
///
/// It draws, and listens to nothing: panels open natively, and the page acts on buttons and links,
/// which it finds by their `part`. Yew's event listeners would mark the nodes, and a second Yew in
/// the page would take the marks for its own; Yew would also keep the listeners forever.
pub struct Digest {
    /// The issue in the last call of `view`. The props may be newer when `rendered` is called.
    drawn: RefCell<Option<Rc<LocalizedIssue>>>,
    /// The last issue that `on_drawn` was called for.
    reported: Option<Rc<LocalizedIssue>>,
}

impl Component for Digest {
    type Message = ();
    type Properties = DigestProps;

    fn create(_: &Context<Self>) -> Digest {
        Digest {
            drawn: RefCell::default(),
            reported: None,
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let view = &context.props().view;
        match &view.state {
            DigestState::Loading => render_loading(view.strings),
            DigestState::Failed(failure) => render_failure(view.strings, *failure, false),
            DigestState::Retrying(failure) => render_failure(view.strings, *failure, true),
            DigestState::Newer => render_newer(view.strings),
            DigestState::Ready(localized) => {
                self.drawn.replace(Some(localized.clone()));
                render_issue(&RenderContext { localized, view })
            }
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let Some(drawn) = self.drawn.take() else {
            return;
        };
        if !self
            .reported
            .as_ref()
            .is_some_and(|reported| Rc::ptr_eq(reported, &drawn))
        {
            self.reported = Some(drawn);
            context.props().view.on_drawn.emit(());
        }
    }
}
