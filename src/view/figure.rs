use digest_issue::{Credit, Href, Image};
use yew::{Html, html};

use crate::render_context::RenderContext;
use crate::rich_text::render_link;

/// Renders a picture with its caption and its credit.
pub(crate) fn render_figure(context: &RenderContext<'_>, image: &Image) -> Html {
    let strings = context.view.strings;
    // The style sheet hides an empty caption.
    html! {
        <figure part="figure">
            { render_picture(context, image) }
            <figcaption part="caption">
                { context.render_runs(&image.caption) }
                if let Some(credit) = &image.credit {
                    // The space is for readers without styles.
                    { " " }
                    <span part="credit">
                        <span lang={strings.lang} dir="auto">{ strings.image }</span>
                        { " " }{ render_credit(context, credit) }
                    </span>
                }
            </figcaption>
        </figure>
    }
}

fn render_picture(context: &RenderContext<'_>, image: &Image) -> Html {
    let src = image.src.as_ref().and_then(&context.localized.resolve_src);
    let Some(src) = src else {
        return html! {};
    };
    let picture = html! {
        <img part="image" {src}
            alt={image.alt.clone().unwrap_or_default()}
            width={image.width.map(|pixels| pixels.to_string())}
            height={image.height.map(|pixels| pixels.to_string())} />
    };
    link_to(context, image.href.as_ref(), picture)
}

fn render_credit(context: &RenderContext<'_>, Credit { text, href }: &Credit) -> Html {
    link_to(context, href.as_ref(), html! { text })
}

fn link_to(context: &RenderContext<'_>, href: Option<&Href>, content: Html) -> Html {
    match href.and_then(Href::safe_url) {
        Some(url) => render_link(&context.view.options, url, content),
        None => content,
    }
}
