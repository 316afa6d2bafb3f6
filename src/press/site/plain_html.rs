use digest_issue::{Block, Href, Image, Issue, Run};
use digest_view::Strings;
use yew::{Html, html};

use crate::SiteAddress;

// Markup without anything of the widget's: for feed readers and for editors of content management systems.

/// The detail of a headline.
pub(crate) fn blocks(blocks: &[Block]) -> Html {
    blocks.iter().map(block).collect()
}

/// The picture of an issue, if there is one, in a paragraph, and whose it is in another.
pub(crate) fn picture(issue: &Issue, site: &SiteAddress) -> Html {
    let Some(image) = &issue.image else {
        return html! {};
    };
    html! {
        <>
            if let Some(src) = site.jpeg(issue) {
                <p>{ img(image, src.into()) }</p>
            }
            if let Some(credit) = &image.credit {
                <p>
                    { Strings::for_lang(issue.lang.as_str()).image }{ " " }
                    { link(credit.href.as_ref(), html! { &credit.text }) }
                </p>
            }
        </>
    }
}

/// In pixels. What reads this may have no style that keeps a picture within its column.
const WIDEST: u32 = 600;

fn img(image: &Image, src: String) -> Html {
    let alt = image.alt.clone().unwrap_or_default();
    let size = image
        .width
        .zip(image.height)
        .map(|(width, height)| shown(width, height));
    let [width, height] = [size.map(|size| size.0), size.map(|size| size.1)];
    let text = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    html! { <img {src} {alt} width={text(width)} height={text(height)} /> }
}

/// The size at which a picture is shown: its own, unless it is too wide.
fn shown(width: u32, height: u32) -> (u32, u32) {
    if width <= WIDEST {
        return (width, height);
    }
    let height = u64::from(height) * u64::from(WIDEST) / u64::from(width);
    (WIDEST, u32::try_from(height).unwrap_or(WIDEST).max(1))
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
    runs.iter()
        .map(|run| link(run.href.as_ref(), marked(run)))
        .collect()
}

fn link(href: Option<&Href>, text: Html) -> Html {
    match href.and_then(Href::safe_url) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_no_wider_than_a_column() {
        for (size, expected) in [
            ((300, 900), (300, 900)),
            ((1200, 630), (600, 315)),
            ((4000, 1), (600, 1)),
        ] {
            assert_eq!(shown(size.0, size.1), expected);
        }
    }
}
