use digest_issue::Headline;
use yew::{Html, html};

use crate::heading::heading;
use crate::rich_text::block;
use crate::shown::Shown;

/// One headline with its detail.
///
/// The heading stands beside the `<summary>`, not inside, because some screen readers drop
/// headings inside. It is named first and the panel's id is that of the headline, so `#id` opens
/// the panel natively where the markup is not in a shadow root. The other ids hold a colon, which
/// an id of a headline cannot.
pub(crate) fn headline(shown: &Shown<'_>, headline: &Headline) -> Html {
    let options = &shown.view.options;
    let words = shown.view.words;
    let id = &headline.id;
    let heading_id = format!("{id}:h");
    let summary_id = format!("{id}:s");
    let labels = format!("{summary_id} {heading_id}");
    // Without an address a link is mere text to a keyboard, and still opens at a click.
    let href = options.deep_links.then(|| format!("#{id}"));
    let link = html! { <a part="headline-link" {href}>{ &headline.text }</a> };
    html! {
        <li part="item" key={id.as_str()}>
            { heading(options.heading_level + 1, "headline", Some(heading_id), link) }
            <details part="panel">
                <summary part="switch" id={summary_id} aria-labelledby={labels} lang={words.lang}>
                    { words.details }
                </summary>
                <div part="detail" id={id.clone()}>
                    { for headline.detail.iter().map(|part| block(options, part)) }
                </div>
            </details>
        </li>
    }
}
