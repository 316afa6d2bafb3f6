use yew::{Html, html};

/// Renders a heading of level 1 to 6.
pub(crate) fn render_heading(
    level: u8,
    part: &'static str,
    id: Option<String>,
    content: Html,
) -> Html {
    // The title, which has no id, takes the focus after the reader's "Try again" has succeeded.
    let tabindex = id.is_none().then_some("-1");
    html! { <@{format!("h{level}")} {part} {id} {tabindex}>{ content }</@> }
}
