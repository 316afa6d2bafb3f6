use yew::{Html, html};

/// Renders both labels of a button or switch: the first, and the one for its other state, which is
/// hidden. They are both in the document, so a translator of pages translates both.
pub(crate) fn render_labels([label, other]: [&'static str; 2]) -> Html {
    html! { <><span>{ label }</span><span hidden=true>{ other }</span></> }
}
