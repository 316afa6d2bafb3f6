use yew::{Html, html};

use crate::{Failure, Strings};

// The element's own children stand in each of these states: they are the slot's content. Where
// there are none, the slot shows what is inside it here.

/// The issue is under way.
pub(crate) fn loading(words: &'static Strings) -> Html {
    html! { <slot><p part="message" role="status" lang={words.lang}>{ words.loading }</p></slot> }
}

/// The issue is not to be had: what failed, and a button to try again.
pub(crate) fn failed(words: &'static Strings, failure: Failure, retrying: bool) -> Html {
    html! {
        <>
            <slot />
            <div part="message" role="alert" lang={words.lang}>
                <p>{ sentence(words, failure) }</p>
                <button type="button" part="retry" aria-disabled={retrying.then_some("true")}>
                    { if retrying { words.retrying } else { words.retry } }
                </button>
            </div>
        </>
    }
}

/// The issue is made for a newer widget.
pub(crate) fn newer(words: &'static Strings) -> Html {
    html! { <><slot /><p part="message" role="alert" lang={words.lang}>{ words.newer }</p></> }
}

fn sentence(words: &'static Strings, failure: Failure) -> String {
    match failure {
        Failure::Unreachable => words.unreachable.to_owned(),
        Failure::Unreadable => words.unreadable.to_owned(),
        Failure::Status(status) => {
            let [before, after] = words.status;
            format!("{before}{status}{after}")
        }
    }
}
