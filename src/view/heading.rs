use yew::{Html, html};

/// A heading of a level from 1 to 6.
pub(crate) fn heading(level: u8, part: &'static str, id: Option<String>, content: Html) -> Html {
    // The title takes the focus when the button that a reader pressed is gone.
    let tabindex = id.is_none().then_some("-1");
    html! { <@{format!("h{level}")} {part} {id} {tabindex}>{ content }</@> }
}
