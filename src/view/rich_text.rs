//! The markup of a detail: paragraphs, lists, marks and links.

use digest_issue::{Block, Href, Run};
use yew::{Html, html};

use crate::DigestOptions;

/// Renders the text of a run with its marks, without its link.
pub fn render_marks(run: &Run) -> Html {
    let mut text = html! { &run.text };
    if run.code {
        text = html! { <code>{ text }</code> };
    }
    if run.em {
        text = html! { <em>{ text }</em> };
    }
    if run.strong {
        text = html! { <strong>{ text }</strong> };
    }
    text
}

/// Renders a block of a detail.
pub(crate) fn render_block(options: &DigestOptions, block: &Block) -> Html {
    let render_line = |runs: &Vec<Run>| {
        runs.iter()
            .map(|run| render_run(options, run))
            .collect::<Html>()
    };
    match block {
        Block::Paragraph(runs) => html! { <p>{ render_line(runs) }</p> },
        Block::List(items) => {
            let items = items
                .iter()
                .map(|runs| html! { <li>{ render_line(runs) }</li> });
            html! { <ul>{ for items }</ul> }
        }
    }
}

/// Renders a link to a source. `url` must come from [`Href::safe_url`].
pub(crate) fn render_link(options: &DigestOptions, url: &str, text: Html) -> Html {
    let target = options.link_target.clone();
    html! { <a part="link" href={url.to_owned()} {target}>{ text }</a> }
}

fn render_run(options: &DigestOptions, run: &Run) -> Html {
    let text = render_marks(run);
    let Some(url) = run.href.as_ref().and_then(Href::safe_url) else {
        return text;
    };
    let domain = run.href.as_ref().and_then(Href::domain);
    html! {
        <>
            { render_link(options, url, text) }
            if let Some(domain) = domain {
                <span part="source">{ " (" }{ domain }{ ")" }</span>
            }
        </>
    }
}
