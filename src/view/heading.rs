use yew::{Html, html};

/// Returns the tag of a heading. HTML has six levels: a heading that would be below the last one
/// has the last one.
pub(crate) fn heading_tag(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// Renders a heading.
pub(crate) fn render_heading(
    level: u8,
    part: &'static str,
    id: Option<String>,
    content: Html,
) -> Html {
    // The title takes the focus after the reader's "Try again" has succeeded.
    let tabindex = (part == "title").then_some("-1");
    html! { <@{heading_tag(level)} {part} {id} {tabindex}>{ content }</@> }
}
