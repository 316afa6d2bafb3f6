use digest_issue::{Credit, Href, Image};
use yew::{Html, html};

use crate::Reading;
use crate::headline::headline;
use crate::panel::Event;
use crate::rich_text::link;
use crate::shown::Shown;

/// The whole issue.
pub(crate) fn issue(shown: &Shown<'_>) -> Html {
    let Reading { issue, date, date_lang, .. } = shown.reading;
    let words = shown.words;
    let [before, after] = words.volume;
    html! {
        <article key={issue.id.as_str()} lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <header>
                <h2 ref={shown.title} tabindex="-1">{ &issue.title }</h2>
                <p class="meta">
                    <span lang={words.lang} dir="auto">{ before }{ issue.volume.as_str() }{ after }</span>
                    <time datetime={issue.date.to_string()} lang={date_lang.clone()} dir="auto">{ date }</time>
                </p>
            </header>
            { for issue.image.as_ref().map(|picture| image(shown, picture)) }
            { headlines(shown) }
        </article>
    }
}

fn image(shown: &Shown<'_>, image: &Image) -> Html {
    let src = shown.reading.image.clone();
    html! {
        <figure>
            if let Some(src) = src {
                <img {src}
                    alt={image.alt.clone().unwrap_or_default()}
                    width={image.width.map(|pixels| pixels.to_string())}
                    height={image.height.map(|pixels| pixels.to_string())} />
            }
            if let Some(credit) = &image.credit {
                <figcaption>
                    <span lang={shown.words.lang} dir="auto">{ shown.words.image }</span>{ " " }{ source(credit) }
                </figcaption>
            }
        </figure>
    }
}

fn source(Credit { text, href }: &Credit) -> Html {
    match href.as_ref().and_then(Href::url) {
        Some(url) => link(url, html! { text }),
        None => html! { text },
    }
}

fn headlines(shown: &Shown<'_>) -> Html {
    let words = shown.words;
    let headlines = &shown.reading.issue.headlines;
    if headlines.is_empty() {
        return html! { <p class="message" lang={words.lang}>{ words.empty }</p> };
    }
    let label = if shown.all_open { words.close_all } else { words.open_all };
    html! {
        <>
            <button type="button" class="all" lang={words.lang}
                onclick={shown.on_event.reform(|_| Event::ToggledAll)}>{ label }</button>
            <ul>
                { for headlines.iter().zip(shown.panels).enumerate().map(
                    |(index, (item, panel))| headline(shown, index, item, panel)) }
            </ul>
        </>
    }
}
