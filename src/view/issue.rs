use digest_issue::{Credit, Href, Image};
use yew::{Html, html};

use crate::Reading;
use crate::heading::heading;
use crate::headline::headline;
use crate::rich_text::link;
use crate::shown::Shown;

/// The whole issue.
pub(crate) fn issue(shown: &Shown<'_>) -> Html {
    let Reading {
        issue,
        date,
        date_lang,
        ..
    } = shown.reading;
    let words = shown.view.words;
    // The styles hide what is empty: to leave the element out would cost 100 bytes.
    let [before, volume, after] = if issue.is_counted_by_days() {
        [""; 3]
    } else {
        [words.volume[0], issue.volume.as_str(), words.volume[1]]
    };
    html! {
        <article part="issue" key={issue.id.as_str()} lang={issue.lang.as_str().to_owned()} dir={issue.lang.dir()}>
            <header part="header">
                { heading(shown.view.options.heading_level, "title", None, html! { &issue.title }) }
                <p part="meta">
                    <span part="volume" lang={words.lang} dir="auto">{ before }{ volume }{ after }</span>
                    <time part="date" datetime={issue.date.to_string()} lang={date_lang.clone()} dir="auto">{ date }</time>
                </p>
            </header>
            { for issue.image.as_ref().map(|picture| image(shown, picture)) }
            { headlines(shown) }
        </article>
    }
}

fn image(shown: &Shown<'_>, image: &Image) -> Html {
    let src = shown.reading.image.clone();
    let words = shown.view.words;
    html! {
        <figure part="figure">
            if let Some(src) = src {
                <img part="image" {src}
                    alt={image.alt.clone().unwrap_or_default()}
                    width={image.width.map(|pixels| pixels.to_string())}
                    height={image.height.map(|pixels| pixels.to_string())} />
            }
            if let Some(credit) = &image.credit {
                <figcaption part="credit">
                    <span lang={words.lang} dir="auto">{ words.image }</span>{ " " }{ source(shown, credit) }
                </figcaption>
            }
        </figure>
    }
}

fn source(shown: &Shown<'_>, Credit { text, href }: &Credit) -> Html {
    match href.as_ref().and_then(Href::safe_url) {
        Some(url) => link(&shown.view.options, url, html! { text }),
        None => html! { text },
    }
}

fn headlines(shown: &Shown<'_>) -> Html {
    let words = shown.view.words;
    let headlines = &shown.reading.issue.headlines;
    if headlines.is_empty() {
        return html! { <p part="message" lang={words.lang}>{ words.empty }</p> };
    }
    let label = if shown.view.all_open {
        words.close_all
    } else {
        words.open_all
    };
    html! {
        <>
            <button type="button" part="open-all" lang={words.lang}>{ label }</button>
            <ul part="headlines">{ for headlines.iter().map(|item| headline(shown, item)) }</ul>
        </>
    }
}
