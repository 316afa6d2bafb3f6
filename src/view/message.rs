//! The messages shown instead of an issue. Each has a slot for the element's children.

use yew::{Html, html};

use crate::label::render_labels;
use crate::{Failure, Strings};

/// Renders the message about a failure, with a button to try again.
pub(crate) fn render_failure(strings: &'static Strings, failure: Failure) -> Html {
    html! {
        <>
            <slot />
            <div part="message" role="alert" lang={strings.lang}>
                <p>{ describe_failure(strings, failure) }</p>
                <button type="button" part="retry">
                    { render_labels([strings.retry, strings.retrying]) }
                </button>
            </div>
        </>
    }
}

/// Renders a message about an issue that no retry will show.
pub(crate) fn render_refusal(strings: &'static Strings, message: &'static str) -> Html {
    html! { <><slot /><p part="message" role="alert" lang={strings.lang}>{ message }</p></> }
}

fn describe_failure(strings: &'static Strings, failure: Failure) -> String {
    match failure {
        Failure::Unreachable => strings.unreachable.to_owned(),
        Failure::Unreadable => strings.unreadable.to_owned(),
        Failure::Status(status) => {
            let [before, after] = strings.status;
            format!("{before}{status}{after}")
        }
    }
}
