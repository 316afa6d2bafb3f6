//! The component that draws a digest.

use std::cell::Cell;

use yew::{Component, Context, Html};

use crate::issue::render_issue;
use crate::message::{render_failure, render_refusal};
use crate::render_context::RenderContext;
use crate::view::DigestProps;
use crate::{DigestState, View};

/// A digest in one of its states: failed, refused, or ready.
///
/// It draws, and listens to nothing: panels open natively, and the page acts on buttons and links,
/// which it finds by their `part`. Yew's event listeners would mark the nodes, and a second Yew in
/// the page would take the marks for its own; Yew would also keep the listeners forever.
pub struct Digest;

impl Component for Digest {
    type Message = ();
    type Properties = DigestProps;

    fn create(_: &Context<Self>) -> Digest {
        Digest
    }

    fn view(&self, context: &Context<Self>) -> Html {
        render_view(&context.props().view)
    }
}

/// Renders a view without the component: the publisher writes the nodes into `issue.json`.
pub fn render_view(view: &View) -> Html {
    match &view.state {
        DigestState::Failed(failure) => render_failure(view.strings, *failure),
        DigestState::Refused(message) => render_refusal(view.strings, message),
        DigestState::Ready(localized) => render_issue(&RenderContext {
            localized,
            view,
            tables: Cell::new(0),
        }),
    }
}
