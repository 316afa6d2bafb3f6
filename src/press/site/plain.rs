use digest_issue::{Block, Href, Image, Issue, Run};
use digest_view::Words;
use yew::{Html, html};

use crate::Site;

// Markup without anything of the widget's: for feed readers and for editors of content management systems.

/// The detail of a headline.
pub(crate) fn blocks(blocks: &[Block]) -> Html {
    blocks.iter().map(block).collect()
}

/// The picture of an issue, if there is one, in a paragraph, and whose it is in another.
pub(crate) fn picture(issue: &Issue, site: &Site) -> Html {
    let Some(image) = &issue.image else { return html! {} };
    html! {
        <>
            if let Some(src) = site.jpeg(issue) {
                <p>{ img(image, src.into()) }</p>
            }
            if let Some(credit) = &image.credit {
                <p>
                    { Words::for_lang(issue.lang.as_str()).image }{ " " }
                    { link(credit.href.as_ref(), html! { &credit.text }) }
                </p>
            }
        </>
    }
}

fn img(image: &Image, src: String) -> Html {
    let size = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    let alt = image.alt.clone().unwrap_or_default();
    html! { <img {src} {alt} width={size(image.width)} height={size(image.height)} /> }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(runs) => html! { <p>{ line(runs) }</p> },
        Block::List(items) => {
            html! { <ul>{ for items.iter().map(|runs| html! { <li>{ line(runs) }</li> }) }</ul> }
        }
    }
}

fn line(runs: &[Run]) -> Html {
    runs.iter().map(|run| link(run.href.as_ref(), marked(run))).collect()
}

fn link(href: Option<&Href>, text: Html) -> Html {
    match href.and_then(Href::url) {
        Some(url) => html! { <a href={url.to_owned()}>{ text }</a> },
        None => text,
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
