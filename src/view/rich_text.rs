use digest_issue::{Block, Href, Run};
use yew::{Html, html};

use crate::Options;

/// A block of a detail.
pub(crate) fn block(options: &Options, block: &Block) -> Html {
    let line = |runs: &Vec<Run>| {
        runs.iter()
            .map(|piece| run(options, piece))
            .collect::<Html>()
    };
    match block {
        Block::Paragraph(runs) => html! { <p>{ line(runs) }</p> },
        Block::List(items) => {
            html! { <ul>{ for items.iter().map(|runs| html! { <li>{ line(runs) }</li> }) }</ul> }
        }
    }
}

/// A link to a source. `url` comes from [`Href::safe_url`], the only way to an address.
pub(crate) fn link(options: &Options, url: &str, text: Html) -> Html {
    html! { <a part="link" href={url.to_owned()} target={options.link_target.clone()}>{ text }</a> }
}

fn run(options: &Options, run: &Run) -> Html {
    let text = marked(run);
    let Some(url) = run.href.as_ref().and_then(Href::safe_url) else {
        return text;
    };
    let domain = run.href.as_ref().and_then(Href::domain);
    html! {
        <>
            { link(options, url, text) }
            if let Some(domain) = domain {
                { " " }<span part="source">{ "(" }{ domain }{ ")" }</span>
            }
        </>
    }
}

fn marked(run: &Run) -> Html {
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
