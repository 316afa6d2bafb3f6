use digest_issue::{Block, Href, Run};
use yew::{Html, html};

/// A block of a detail.
pub(crate) fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(runs) => html! { <p>{ for runs.iter().map(run) }</p> },
        Block::List(items) => html! {
            <ul>{ for items.iter().map(|runs| html! { <li>{ for runs.iter().map(run) }</li> }) }</ul>
        },
    }
}

/// A link to a source. `url` comes from [`Href::url`], the only way to an address.
pub(crate) fn link(url: &str, text: Html) -> Html {
    html! { <a href={url.to_owned()}>{ text }</a> }
}

fn run(run: &Run) -> Html {
    let text = marked(run);
    let Some(url) = run.href.as_ref().and_then(Href::url) else { return text };
    let domain = run.href.as_ref().and_then(Href::domain);
    html! {
        <>
            { link(url, text) }
            if let Some(domain) = domain {
                { " " }<span class="source">{ "(" }{ domain }{ ")" }</span>
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
