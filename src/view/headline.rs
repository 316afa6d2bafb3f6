use digest_issue::{Correction, Headline, Href, Run};
use yew::{Html, html};

use crate::date::render_date;
use crate::heading::render_heading;
use crate::label::render_labels;
use crate::render_context::RenderContext;
use crate::rich_text::{render_link, render_run};

/// Renders one headline, a heading of this level, with its detail.
///
/// The heading stands beside the `<summary>`, because some screen readers ignore headings inside
/// it. The detail has the headline's id, so that `#id` opens the panel without a script if the
/// markup is outside a shadow root. The other ids contain a colon, which no headline's id does.
pub(crate) fn render_headline(context: &RenderContext<'_>, level: u8, headline: &Headline) -> Html {
    let content = if headline.can_open() {
        render_panel(context, level, headline)
    } else {
        render_brief(context, level, headline)
    };
    html! { <li part="item">{ content }</li> }
}

/// Renders a headline without detail: a heading that links to its source.
fn render_brief(context: &RenderContext<'_>, level: u8, headline: &Headline) -> Html {
    let run = Run {
        href: headline.href.clone(),
        ..Run::plain(&*headline.text)
    };
    let text = render_run(&context.view.options, &run);
    let id = Some(headline.id.clone());
    render_heading(level, "headline", id, text)
}

fn render_panel(context: &RenderContext<'_>, level: u8, headline: &Headline) -> Html {
    let options = &context.view.options;
    let strings = context.view.strings;
    let id = &headline.id;
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
        <>
            { render_heading(level, "headline", Some(heading_id), link) }
            { for headline.href.as_ref().map(|href| render_source(context, href)) }
            <details part="panel">
                <summary part="switch" id={summary_id} aria-labelledby={labels} lang={strings.lang}>
                    { render_labels([strings.show, strings.hide]) }
                </summary>
                <div part="detail" id={id.clone()}>
                    { context.render_blocks(level + 1, &headline.detail) }
                    { for headline.corrected.iter().map(|correction| {
                        render_correction(context, correction)
                    }) }
                </div>
            </details>
        </>
    }
}

fn render_correction(context: &RenderContext<'_>, Correction { date, text }: &Correction) -> Html {
    let strings = context.view.strings;
    let localized = (context.localized.localize_date)(*date);
    html! {
        <p part="correction">
            <span lang={strings.lang} dir="auto">{ strings.corrected }</span>{ " " }
            { render_date(*date, &localized) }{ ": " }
            { context.render_runs(text) }
        </p>
    }
}

/// Renders the link to the headline's own source, by its domain: the headline opens the panel.
fn render_source(context: &RenderContext<'_>, href: &Href) -> Html {
    let Some(url) = href.safe_url() else {
        return html! {};
    };
    let text = html! { href.domain().unwrap_or(url) };
    html! { <p part="headline-source">{ render_link(&context.view.options, url, text) }</p> }
}
