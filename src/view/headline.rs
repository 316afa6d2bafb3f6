use digest_issue::Headline;
use yew::{Html, html};

use crate::heading::render_heading;
use crate::label::render_labels;
use crate::render_context::RenderContext;
use crate::rich_text::render_block;

/// Renders one headline with its detail.
///
/// The heading stands beside the `<summary>`, because some screen readers ignore headings inside
/// it. The detail has the headline's id, so that `#id` opens the panel without a script if the
/// markup is outside a shadow root. The other ids contain a colon, which no headline's id does.
/// A headline without detail is a heading alone.
pub(crate) fn render_headline(context: &RenderContext<'_>, headline: &Headline) -> Html {
    let options = &context.view.options;
    let strings = context.view.strings;
    let id = &headline.id;
    if headline.detail.is_empty() {
        let text = html! { &headline.text };
        return html! {
            <li part="item">
                { render_heading(options.heading_level + 1, "headline", Some(id.clone()), text) }
            </li>
        };
    }
    let heading_id = format!("{id}:h");
    let summary_id = format!("{id}:s");
    let labels = format!("{summary_id} {heading_id}");
    // Without `href` the link is not focusable, but a click still opens the panel.
    let href = options
        .deep_link_base
        .as_ref()
        .map(|base| format!("{base}#{id}"));
    let link = html! { <a part="headline-link" {href}>{ &headline.text }</a> };
    html! {
        <li part="item">
            { render_heading(options.heading_level + 1, "headline", Some(heading_id), link) }
            <details part="panel">
                <summary part="switch" id={summary_id} aria-labelledby={labels} lang={strings.lang}>
                    { render_labels([strings.show, strings.hide]) }
                </summary>
                <div part="detail" id={id.clone()}>
                    { for headline.detail.iter().map(|block| render_block(options, block)) }
                </div>
            </details>
        </li>
    }
}
